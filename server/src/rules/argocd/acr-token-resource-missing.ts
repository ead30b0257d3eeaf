import { REGISTRY_TOKEN_RESOURCE } from '../../azure/applications.ts';
import { isAcrHost } from '../../azure/registries.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import type { ArgoChartValues } from '../../model/views/argo-helm.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addAt, addEntry, addItems, type TreeEdit } from '../../yaml/edits.ts';
import { asSeq, get, items, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { podsOf } from './_identity-use.ts';
import { namespacesOf, placeOf, repoServers, withWorkloadIdentity } from './_repo-server.ts';

const VARIABLE = 'AZURE_ARM_TOKEN_RESOURCE';

export default defineRule({
  id: 'argocd/acr-token-resource-missing',
  on: repoServers,
  severity: 'info',
  summary:
    'For Azure Container Registry with workload identity the repo-server asks for a token of Azure Resource Manager.',
  why: 'Argo CD exchanges a token of Azure Resource Manager for one of the registry, unless `AZURE_ARM_TOKEN_RESOURCE` names `https://containerregistry.azure.net`. Registries can refuse tokens of Azure Resource Manager, and newer ones do; the documentation asks for the variable.',
  references: [
    'argoproj/argo-cd@v3.5.1 docs/user-guide/private-repositories.md',
    'argoproj/argo-cd@v3.5.1 util/helm/creds.go',
    'https://github.com/argoproj/argo-cd/issues/25048',
  ],
  versions: 'Argo CD 3.0 and later',
  *check(server, { workspace }) {
    const { object, chart } = server;
    const place = placeOf(server);
    if (!place || (chart ? isSetInChart(chart) : isSetInPods(object, workspace))) return;
    const registry = withWorkloadIdentity(namespacesOf(server, workspace), workspace).find((s) =>
      isAcrHost(s.data.get('url')?.text ?? ''),
    );
    const url = registry?.data.get('url');
    if (!registry || !url) return;
    yield report(
      place,
      `Repository "${registry.name}" is in Azure Container Registry: set ${VARIABLE} to ${REGISTRY_TOKEN_RESOURCE}, or registries that refuse tokens of Azure Resource Manager answer 401.`,
      {
        fix: unsafeFix(`Set ${VARIABLE}`, chart ? addToChart(chart) : addToPods(object)),
        related: [related(url.node ?? url.place, 'The registry')],
      },
    );
  },
});

/** True where the variable is set, or nobody can tell. */
function isSetInPods(object: KubernetesObject, workspace: Workspace): boolean {
  const pods = podsOf(object, workspace);
  return !pods || pods.template.containers.length === 0 || pods.variables.has(VARIABLE);
}

function isSetInChart({ values }: ArgoChartValues): boolean {
  const server = get(values, 'repoServer');
  if (server && server.kind !== 'map') return true;
  if (items(get(server, 'envFrom')).length > 0) return true;
  return [get(values, 'global', 'env'), get(server, 'env')].some(
    (env) =>
      (env !== undefined && env.kind !== 'seq') || items(env).some((item) => text(get(item, 'name')) === VARIABLE),
  );
}

const SETTING = { name: VARIABLE, value: REGISTRY_TOKEN_RESOURCE };

function addToPods(object: KubernetesObject): TreeEdit | undefined {
  const own = podTemplateOf(object)?.containers.filter((c) => !c.init) ?? [];
  const container = own.find((c) => /repo-server/.test(c.name ?? '')) ?? own[0];
  if (!container) return undefined;
  const env = asSeq(get(container.node, 'env'));
  return env ? addItems(env, [SETTING]) : addEntry(container.node, 'env', [SETTING]);
}

function addToChart({ values }: ArgoChartValues): TreeEdit | undefined {
  const env = asSeq(get(values, 'repoServer', 'env'));
  return env ? addItems(env, [SETTING]) : addAt(values, ['repoServer', 'env'], [SETTING]);
}

export const examples: Examples = {
  bad: [
    {
      title: 'Charts in a registry',
      files: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: <|argocd-repo-server|>
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
    spec:
      containers:
        - name: argocd-repo-server
          image: quay.io/argoproj/argocd:v3.5.1
          env:
            - name: ARGOCD_LOG_LEVEL
              value: info
`,
        'charts.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: charts
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: helm
  url: contoso.azurecr.us
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
      },
      fixed: {
        'repo-server.yaml': `apiVersion: apps/v1
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
          image: quay.io/argoproj/argocd:v3.5.1
          env:
            - name: ARGOCD_LOG_LEVEL
              value: info
            - name: AZURE_ARM_TOKEN_RESOURCE
              value: https://containerregistry.azure.net
`,
      },
    },
    {
      title: 'Values of the chart',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: argocd
spec:
  destination:
    namespace: argocd
  source:
    repoURL: https://argoproj.github.io/argo-helm
    chart: argo-cd
    targetRevision: 10.1.1
    helm:
      valuesObject:
        configs:
          credentialTemplates:
            registry:
              type: helm
              url: contoso.azurecr.io
              enableOCI: "true"
              useAzureWorkloadIdentity: "true"
        <|repoServer|>:
          podLabels:
            azure.workload.identity/use: "true"
`,
      fixed: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: argocd
spec:
  destination:
    namespace: argocd
  source:
    repoURL: https://argoproj.github.io/argo-helm
    chart: argo-cd
    targetRevision: 10.1.1
    helm:
      valuesObject:
        configs:
          credentialTemplates:
            registry:
              type: helm
              url: contoso.azurecr.io
              enableOCI: "true"
              useAzureWorkloadIdentity: "true"
        repoServer:
          podLabels:
            azure.workload.identity/use: "true"
          env:
            - name: AZURE_ARM_TOKEN_RESOURCE
              value: https://containerregistry.azure.net
`,
    },
  ],
  good: [
    {
      title: 'With the variable',
      files: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-repo-server
          env: [{ name: AZURE_ARM_TOKEN_RESOURCE, value: "https://containerregistry.azure.net" }]
`,
        'charts.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: charts
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
      },
    },
    {
      title: 'Git alone, and a registry with a password',
      files: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-repo-server
          image: quay.io/argoproj/argocd:v3.5.1
`,
        'repositories.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: charts
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: "true"
  password: \${TOKEN}
`,
      },
    },
  ],
};
