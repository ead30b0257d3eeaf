import { REGISTRY_TOKEN_RESOURCE } from '../../azure/applications.ts';
import { isAcrHost } from '../../azure/registries.ts';
import { type Container, podTemplateOf } from '../../model/views/pod-template.ts';
import { addEntry, addItems, type TreeEdit } from '../../yaml/edits.ts';
import { asSeq, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { repoServers, withWorkloadIdentity } from './_repo-server.ts';

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
  *check(object, { workspace }) {
    const template = podTemplateOf(workspace.patched(object));
    if (!template || template.containers.length === 0 || !workspace.isComplete(object)) return;
    if (template.containers.some((c) => get(c.node, 'envFrom') || c.env.some((e) => e.nameText === VARIABLE))) return;
    const registry = withWorkloadIdentity(object, workspace).find((s) => isAcrHost(s.data.get('url')?.text ?? ''));
    const place = get(object.root, 'metadata', 'name') ?? get(object.root, 'kind');
    const url = registry?.data.get('url');
    if (!registry || !url || !place) return;
    const own = podTemplateOf(object)?.containers.filter((c) => !c.init) ?? [];
    const container = own.find((c) => /repo-server/.test(c.name ?? '')) ?? own[0];
    yield report(
      place,
      `Repository "${registry.object.name}" is in Azure Container Registry: set ${VARIABLE} to ${REGISTRY_TOKEN_RESOURCE}, or registries that refuse tokens of Azure Resource Manager answer 401.`,
      {
        fix: container && unsafeFix(`Set ${VARIABLE}`, addVariable(container)),
        related: [related(url.node ?? url.place, 'The registry')],
      },
    );
  },
});

function addVariable({ node }: Container): TreeEdit {
  const variable = { name: VARIABLE, value: REGISTRY_TOKEN_RESOURCE };
  const env = asSeq(get(node, 'env'));
  return env ? addItems(env, [variable]) : addEntry(node, 'env', [variable]);
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
