import { isBefore } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { clusterConfigs } from './_cluster-config.ts';
import { configFields, pathOf } from './_config-fields.ts';

/** The minor of Argo CD that brought a field. */
const SINCE: Readonly<Record<string, string>> = {
  'execProviderConfig.provideClusterInfo': '3.5',
  'execProviderConfig.config': '3.5',
  disableCompression: '2.14',
  proxyUrl: '2.14',
  'awsAuthConfig.profile': '2.11',
};

export default defineRule({
  id: 'argocd/cluster-field-needs-newer-argocd',
  on: clusterConfigs,
  severity: 'warning',
  partial: true,
  summary: 'The field came with a newer Argo CD than the one in use.',
  why: 'An Argo CD that does not know a field passes over it, without an error or a line in the log.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ClusterConfig'],
  versions: 'proxyUrl and disableCompression: Argo CD 2.14; provideClusterInfo and config: 3.5',
  *check(config, { argocd }) {
    if (!argocd.known) return;
    for (const { level, entry, name } of configFields(config)) {
      const path = name && pathOf(level, name);
      const since = path && SINCE[path];
      if (since && isBefore(argocd, since))
        yield report(
          entry,
          `"${path}" exists since Argo CD ${since}; ${argocd.full ?? argocd.minor} (${argocd.why}) ignores it.`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A proxy for Argo CD 2.13',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"bearerToken": "\${TOKEN}", <|"proxyUrl"|>: "http://proxy:3128"}
`,
      settings: { argocdVersion: '2.13' },
    },
    {
      title: 'The version of the install manifest',
      files: {
        'cluster.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], <|"provideClusterInfo"|>: true}}
`,
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-server
          image: quay.io/argoproj/argocd:v3.4.2
`,
      },
      message: '3.4.2',
    },
  ],
  good: [
    {
      title: 'Of the version, and of a version that nobody knows',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"bearerToken": "\${TOKEN}", "proxyUrl": "http://proxy:3128", "execProviderConfig": {"config": {}}}
`,
    },
    {
      title: 'New enough',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"bearerToken": "\${TOKEN}", "proxyUrl": "http://proxy:3128"}
`,
      settings: { argocdVersion: '2.14.2' },
    },
  ],
};
