import { isTemplate } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { componentOf } from '../../model/views/argocd-install.ts';
import { addAt } from '../../yaml/edits.ts';
import { get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { clusterWorkloads, identityLogins, podsOf } from './_identity-use.ts';

const KEYS = [
  ['azure.workload.identity/client-id', 'AZURE_CLIENT_ID'],
  ['azure.workload.identity/tenant-id', 'AZURE_TENANT_ID'],
] as const;

export default defineRule({
  id: 'argocd/cluster-identity-annotation-missing',
  on: kinds('/ServiceAccount'),
  severity: 'info',
  summary: 'A ServiceAccount of Argo CD lacks an id that a login to a cluster leaves to it.',
  why: 'What a cluster Secret does not set in `env`, the webhook of workload identity sets from the annotations of the ServiceAccount: of argocd-application-controller and of argocd-server. Without the annotation for the client id the login has none; without the one for the tenant it takes the tenant that the webhook was installed with.',
  references: ['argoproj/argo-cd@v3.5.1 docs/operator-manual/declarative-setup.md AKS', 'argoproj/argo-cd#18357'],
  versions: 'Argo CD 2.8 and later',
  *check(account, { workspace }) {
    const name = get(account.root, 'metadata', 'name');
    if (!name || account.name === undefined || isTemplate(account.name) || !workspace.isComplete(account)) return;
    const namespaces = workspace.namespacesOf(account);
    const workload = clusterWorkloads(workspace, namespaces).find((object) => {
      const pods = podsOf(object, workspace);
      const used = text(pods?.template.serviceAccount) ?? `argocd-${componentOf(object)}`;
      return used === account.name;
    });
    if (!workload) return;
    const patched = workspace.patched(account);
    const added = workspace.addedTo(account);
    const logins = identityLogins(workspace, namespaces);
    const pods = podsOf(workload, workspace);
    for (const [key, variable] of KEYS) {
      if (annotation(patched, key) || added.some((a) => a.kind === 'annotation' && a.entry.key.text === key)) continue;
      const login = logins.find(({ variables }) => !variables.has(variable));
      if (!login || pods?.variables.has(variable)) continue;
      const add = addAt(account.root, ['metadata', 'annotations', key], '');
      yield report(
        name,
        `ServiceAccount "${account.name}" of ${workload.name} lacks ${key}, and a cluster Secret that logs in with workload identity does not set ${variable} either.`,
        {
          fix: add && unsafeFix(`Add ${key}, to be filled in`, add),
          related: [related(login.place, `This login does not set ${variable}`)],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No client id anywhere',
      files: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: <|argocd-server|>
  namespace: argocd
`,
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
    spec:
      serviceAccountName: argocd-server
      containers:
        - name: argocd-server
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
`,
      },
      fixed: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: argocd-server
  namespace: argocd
  annotations:
    azure.workload.identity/client-id: ""
`,
      },
      message: 'AZURE_CLIENT_ID',
    },
  ],
  good: [
    {
      title: 'The Secret sets both, and an account of another workload',
      files: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: argocd-server
  namespace: argocd
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: argocd-repo-server
  namespace: argocd
`,
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
spec:
  template:
    spec:
      serviceAccountName: argocd-server
      containers:
        - name: argocd-server
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
    },
  ],
};
