import { clusterNamespaces, mayMeet } from '../../model/views/argocd-cluster.ts';
import { argoCharts, namespacesOfChart } from '../../model/views/argocd-install.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { hasLike, wholeAzureLogins } from './_cluster-config.ts';
import { clusterWorkloads, podsOf } from './_identity-use.ts';

export default defineRule({
  id: 'argocd/tenant-id-not-set',
  on: wholeAzureLogins,
  severity: 'warning',
  summary: 'Nothing sets the tenant for the login to a cluster.',
  why: 'The login takes the tenant from `AZURE_TENANT_ID`: from here, or from the pods of argocd-application-controller and argocd-server, where the webhook of workload identity injects it if they have its label. With neither it fails with `tenant ID cannot be empty`.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/workloadidentitycredential.go:28-34'],
  versions: 'Argo CD 2.8 and later',
  *check(login, { workspace }) {
    const { method, place, config } = login;
    if (method !== 'workloadidentity' || hasLike(login, 'AZURE_TENANT_ID')) return;
    const namespaces = clusterNamespaces(config.cluster, workspace);
    const workloads = clusterWorkloads(workspace, namespaces);
    if (workloads.length === 0) {
      if (argoCharts(workspace).some((chart) => mayMeet(namespacesOfChart(chart, workspace), namespaces))) return;
      yield report(
        place,
        'Without AZURE_TENANT_ID here, the tenant comes from the webhook of workload identity, which needs its label on the pods of argocd-application-controller and argocd-server.',
        { severity: 'hint' },
      );
      return;
    }
    for (const object of workloads) {
      const pods = podsOf(object, workspace);
      if (!pods || pods.labelled || pods.variables.has('AZURE_TENANT_ID')) continue;
      const name = get(object.root, 'metadata', 'name');
      yield report(
        place,
        `AZURE_TENANT_ID is set neither here nor in the pods of ${object.name}, which lack the label azure.workload.identity/use: "tenant ID cannot be empty".`,
        { related: name ? [related(name, 'Its pods have no label')] : [] },
      );
      return;
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Pods without the label',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"workloadidentity"|>, "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
        'controller.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: argocd-application-controller
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-application-controller
    spec:
      containers:
        - name: argocd-application-controller
`,
      },
      severity: 'warning',
    },
    {
      title: 'Pods that nobody sees',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"workloadidentity"|>, "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'The label comes from an overlay',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
        'base/controller.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: argocd-application-controller
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-application-controller
`,
        'base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - controller.yaml
patches:
  - patch: |
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: argocd-application-controller
      spec:
        template:
          metadata:
            labels:
              azure.workload.identity/use: "true"
`,
      },
    },
    {
      title: 'A tenant, and a login of another kind',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "msi"}}}'
`,
    },
  ],
};
