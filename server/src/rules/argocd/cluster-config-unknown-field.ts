import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { clusterConfigs, field } from './_cluster-config.ts';
import { configFields, LEVELS, pathOf } from './_config-fields.ts';

/** What a kubeconfig and other tools call the fields. */
const MEANT: Readonly<Record<string, string>> = {
  'certificate-authority-data': 'caData',
  certificateauthoritydata: 'caData',
  cacert: 'caData',
  ca: 'caData',
  'client-certificate-data': 'certData',
  clientcertificatedata: 'certData',
  'client-key-data': 'keyData',
  clientkeydata: 'keyData',
  'insecure-skip-tls-verify': 'insecure',
  insecureskiptlsverify: 'insecure',
  'tls-server-name': 'serverName',
  tlsservername: 'serverName',
  'proxy-url': 'proxyUrl',
  token: 'bearerToken',
  exec: 'execProviderConfig',
};
/** Fields of the level below that stand at the root: argocd/tls-options-at-root speaks of them. */
const TLS = Object.keys(LEVELS[1]?.fields ?? {}).map((name) => name.toLowerCase());

export default defineRule({
  id: 'argocd/cluster-config-unknown-field',
  on: clusterConfigs,
  severity: 'warning',
  partial: true,
  summary: 'Argo CD knows no such field in the config of a cluster.',
  why: 'Fields that Argo CD does not know are passed over when the JSON is decoded, without an error or a line in the log. The connection is made without what they say: without the certificate authority, for instance.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ClusterConfig'],
  *check(config) {
    for (const { level, entry, name } of configFields(config)) {
      const key = entry.key.text;
      const lower = key.toLowerCase();
      if (name !== undefined || isTemplate(key) || key === '<<') continue;
      if (level.path === '' && TLS.includes(lower)) continue;
      // argocd/exec-interactive-mode-ignored
      if (level.path === 'execProviderConfig' && lower === 'interactivemode') continue;
      const known = Object.keys(level.fields);
      const word = MEANT[lower];
      const meant = word && known.includes(word) ? word : nearest(key, known, 2);
      const fix =
        meant && !field(entry.map, meant) ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined;
      yield report(
        entry,
        `Argo CD knows no field "${pathOf(level, key)}" and ignores it${meant ? `; did you mean "${meant}"?` : `. It knows ${known.join(', ')}.`}`,
        { fix },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Named as in a kubeconfig',
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
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "insecure": false,
        <|"certificate-authority-data"|>: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
      }
    }
`,
      fixed: `apiVersion: v1
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
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "insecure": false,
        "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
      }
    }
`,
    },
    {
      title: 'In values of the argo-cd chart',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
  namespace: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    configs:
      clusterCredentials:
        aks-prod:
          server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
          config:
            execProviderConfig:
              command: argocd-k8s-auth
              args: [azure]
              <|enviroment|>: {}
            <|token|>: \${TOKEN}
`,
    },
  ],
  good: [
    {
      title: 'All fields, any case, and what is free below env and config',
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
    {
      "username": "\${NAME}", "password": "\${PASSWORD}", "BearerToken": "\${TOKEN}", "disableCompression": false, "proxyUrl": "http://proxy:3128",
      "tlsClientConfig": {"insecure": false, "serverName": "a", "certData": "", "keyData": "", "caData": ""},
      "awsAuthConfig": {"clusterName": "a", "roleARN": "b", "profile": "c"},
      "execProviderConfig": {"command": "a", "args": [], "env": {"ANY": "b"}, "apiVersion": "c", "installHint": "d", "provideClusterInfo": true, "config": {"any": {}}}
    }
`,
    },
  ],
};
