import type { RuleContext } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { type ArgoChartValues, argoChartValuesOf } from '../../model/views/argo-helm.ts';
import {
  componentOf,
  hasLabel,
  isClusterComponent,
  namespacesOfChart,
  podLabelsOfChart,
} from '../../model/views/argocd-install.ts';
import { addAt } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, type Report, related, report, unsafeFix } from '../define.ts';
import { amongObjects, view } from '../views.ts';
import type { AzureLogin } from './_cluster-config.ts';
import { identityLogins, podsOf, USE } from './_identity-use.ts';

interface Subject {
  readonly object: KubernetesObject;
  readonly chart: ArgoChartValues | undefined;
}

const installs = view<Subject>(
  'the Argo CD workloads that connect to clusters, and values of the argo-cd chart',
  function* (unit) {
    const { object } = unit;
    if (!object) return;
    if (isClusterComponent(componentOf(object))) yield { object, chart: undefined };
    for (const chart of argoChartValuesOf(unit)) if (chart.complete) yield { object, chart };
  },
  amongObjects('apps/Deployment', 'apps/StatefulSet', 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'),
);

export default defineRule({
  id: 'argocd/cluster-identity-label-missing',
  on: installs,
  severity: 'warning',
  summary: 'Argo CD logs in to clusters with workload identity, but its pods lack the label for it.',
  why: 'argocd-application-controller and argocd-server connect to clusters, both of them. The webhook gives a token to pods with the label `azure.workload.identity/use: "true"` alone; without it the login fails with `federated token file cannot be empty`. The label on argocd-repo-server is for repositories and does nothing for clusters.',
  references: ['argoproj/argo-cd@v3.5.1 docs/operator-manual/declarative-setup.md AKS', 'argoproj/argo-cd#18357'],
  versions: 'Argo CD 2.8 and later',
  *check({ object, chart }, context) {
    if (chart) yield* ofChart(chart, context);
    else yield* ofWorkload(object, context);
  },
});

/** The login that needs the label: one that brings no token file of its own. */
const needy = (logins: readonly AzureLogin[]): AzureLogin | undefined =>
  logins.find(({ variables }) => !variables.has('AZURE_FEDERATED_TOKEN_FILE'));

function* ofWorkload(object: KubernetesObject, { workspace }: RuleContext): Iterable<Report> {
  const name = get(object.root, 'metadata', 'name');
  if (!name || !get(object.root, 'spec', 'template', 'spec', 'containers')) return;
  const login = needy(identityLogins(workspace, workspace.namespacesOf(object)));
  const pods = login && podsOf(object, workspace);
  if (!login || !pods || pods.labelled || pods.variables.has('AZURE_FEDERATED_TOKEN_FILE')) return;
  const add = addAt(object.root, ['spec', 'template', 'metadata', 'labels', USE], 'true');
  yield report(
    name,
    `Clusters are logged in to with workload identity from the pods of ${object.name}, which lack the label ${USE}: "true": the webhook gives them no token.`,
    {
      fix: add && unsafeFix('Add the label to the pods', add),
      related: [related(login.place, 'This login needs it')],
    },
  );
}

function* ofChart(chart: ArgoChartValues, { workspace }: RuleContext): Iterable<Report> {
  const login = needy(identityLogins(workspace, namespacesOfChart(chart, workspace)));
  if (!login) return;
  for (const part of ['controller', 'server'] as const) {
    if (podLabelsOfChart(chart, part).some((labels) => hasLabel(labels, USE))) continue;
    const holder = chart.values.entries.find((e) => e.key.text === part);
    const value = asMap(holder?.value);
    if (holder && !value) continue;
    const place = holder ?? chart.values.entries[0];
    const add = addAt(chart.values, [part, 'podLabels', USE], 'true');
    if (place)
      yield report(
        place,
        `Clusters are logged in to with workload identity from the pods of ${part === 'controller' ? 'argocd-application-controller' : 'argocd-server'}: ${part}.podLabels lacks ${USE}: "true".`,
        {
          fix: add && unsafeFix(`Add the label to ${part}.podLabels`, add),
          related: [related(login.place, 'This login needs it')],
        },
      );
  }
}

export const examples: Examples = {
  bad: [
    {
      title: 'The label is on the repo-server alone',
      files: {
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: <|argocd-server|>
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-server
    spec:
      containers:
        - name: argocd-server
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
    spec:
      containers:
        - name: argocd-repo-server
`,
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
`,
      },
      fixed: {
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-server
        azure.workload.identity/use: "true"
    spec:
      containers:
        - name: argocd-server
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
    spec:
      containers:
        - name: argocd-repo-server
`,
      },
    },
    {
      title: 'Values of the argo-cd chart',
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
    controller:
      podLabels:
        azure.workload.identity/use: "true"
    <|server|>:
      replicas: 2
    configs:
      clusterCredentials:
        aks-prod:
          server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
          config:
            execProviderConfig:
              command: argocd-k8s-auth
              args: [azure]
`,
      fixed: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
  namespace: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    controller:
      podLabels:
        azure.workload.identity/use: "true"
    server:
      replicas: 2
      podLabels:
        azure.workload.identity/use: "true"
    configs:
      clusterCredentials:
        aks-prod:
          server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
          config:
            execProviderConfig:
              command: argocd-k8s-auth
              args: [azure]
`,
    },
  ],
  good: [
    {
      title: 'A kustomization adds it to the pods',
      files: {
        'argocd/server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
spec:
  template:
    spec:
      containers:
        - name: argocd-server
`,
        'argocd/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: argocd
resources:
  - server.yaml
labels:
  - pairs:
      azure.workload.identity/use: "true"
    includeTemplates: true
`,
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "workloadidentity"}}}
`,
      },
    },
    {
      title: 'Another login, another namespace, a token file of its own',
      files: {
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
`,
        'clusters.yaml': `apiVersion: v1
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  namespace: argocd-test
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}}'
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_FEDERATED_TOKEN_FILE": "/tokens/azure"}}}'
`,
      },
    },
  ],
};
