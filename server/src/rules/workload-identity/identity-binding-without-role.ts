import { isGuid, isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { get, items, text, textAt } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { podTemplates } from '../views.ts';
import { CLIENT_ID, IDENTITY_BINDING } from './_keys.ts';

const RBAC = 'rbac.authorization.k8s.io';
const GROUP = 'cid.wi.aks.azure.com';
const VERB = 'use-managed-identity';

export default defineRule({
  id: 'workload-identity/identity-binding-without-role',
  on: podTemplates,
  severity: 'hint',
  summary: 'Pods use an identity binding that no role of the workspace allows their ServiceAccount.',
  why: 'AKS asks Kubernetes whether the ServiceAccount may use the identity: a ClusterRole with the verb `use-managed-identity` on the client id, in the group `cid.wi.aks.azure.com`, bound to the account. The role may be made elsewhere.',
  references: ['MicrosoftDocs/azure-aks-docs@fb060abe articles/aks/identity-bindings.md'],
  versions: 'AKS preview, webhook v1.6.0 and later',
  *check(template, { workspace }) {
    const entry = template.annotation(IDENTITY_BINDING);
    const name = text(template.serviceAccount);
    if (!entry || text(entry.value)?.toLowerCase() !== 'true' || !name || isTemplate(name)) return;
    if (template.object.partial || !workspace.namespacesOf(template.object).known) return;
    const found = workspace.find('', 'ServiceAccount', name, template.object);
    const [account, ...others] = found.state === 'found' ? found.values : [];
    if (!account || others.length > 0) return;
    const client = text(annotation(workspace.patched(account), CLIENT_ID)?.value);
    if (!client || !isGuid(client)) return;
    const roles = workspace.objects(RBAC, 'ClusterRole');
    if (roles.length === 0) return;
    const allowing = new Set(roles.filter((r) => allows(workspace.patched(r), client)).map((r) => r.name));
    if (
      workspace
        .objects(RBAC, 'ClusterRoleBinding')
        .some((b) => binds(workspace.patched(b), allowing, account, workspace))
    )
      return;
    const namespaces = workspace.namespacesOf(account);
    const namespace = namespaces.known ? [...namespaces.names][0] : undefined;
    yield report(
      entry,
      `No ClusterRole in this workspace lets ServiceAccount "${name}" ${VERB} ${client}: AKS gives it no token without. It may be made elsewhere.`,
      {
        fix:
          namespace === undefined
            ? undefined
            : {
                title: 'Create ClusterRole and ClusterRoleBinding',
                safe: false,
                edits: [],
                create: { path: `identity-binding-${name}.yaml`, content: newRole(name, namespace, client) },
              },
      },
    );
  },
});

const texts = (node: Node | undefined): string[] => items(node).flatMap((item) => text(item)?.toLowerCase() ?? []);

/** Whether a role has the rule; one that is aggregated, or has templates, may have it. */
const allows = (role: KubernetesObject, client: string): boolean =>
  get(role.root, 'aggregationRule') !== undefined ||
  items(get(role.root, 'rules')).some((rule) => {
    const has = (field: string, value: string) =>
      texts(get(rule, field)).some((t) => t === '*' || t === value || isTemplate(t));
    return has('apiGroups', GROUP) && has('verbs', VERB) && has('resources', client.toLowerCase());
  });

function binds(
  binding: KubernetesObject,
  roles: ReadonlySet<string | undefined>,
  account: KubernetesObject,
  workspace: Workspace,
): boolean {
  const role = textAt(binding.root, 'roleRef', 'name');
  if (role === undefined || !(roles.has(role) || isTemplate(role))) return false;
  const own = workspace.namespacesOf(account);
  return items(get(binding.root, 'subjects')).some((subject) => {
    const kind = textAt(subject, 'kind');
    const name = textAt(subject, 'name') ?? '';
    const namespace = textAt(subject, 'namespace');
    if (kind === 'Group') return name.startsWith('system:serviceaccounts');
    if (kind !== 'ServiceAccount' || !(name === account.name || isTemplate(name))) return false;
    return namespace === undefined || isTemplate(namespace) || !own.known || own.names.has(namespace);
  });
}

const newRole = (name: string, namespace: string, client: string): string => `apiVersion: ${RBAC}/v1
kind: ClusterRole
metadata:
  name: ${name}-identity
rules:
  - apiGroups: [${GROUP}]
    resources: [${JSON.stringify(client)}]
    verbs: [${VERB}]
---
apiVersion: ${RBAC}/v1
kind: ClusterRoleBinding
metadata:
  name: ${name}-identity
roleRef:
  apiGroup: ${RBAC}
  kind: ClusterRole
  name: ${name}-identity
subjects:
  - kind: ServiceAccount
    name: ${name}
    namespace: ${namespace}
`;

export const examples: Examples = {
  bad: [
    {
      title: 'A role of another identity',
      files: {
        'pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
  annotations:
    <|azure.workload.identity/use-identity-binding|>: "true"
spec:
  serviceAccountName: worker
  containers: [{ name: worker, image: worker:1 }]
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
        'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: identities
rules:
  - apiGroups: [cid.wi.aks.azure.com]
    resources: [84ce98d1-e359-4f3b-85af-985b458de3c6]
    verbs: [use-managed-identity]
`,
      },
    },
  ],
  good: [
    {
      title: 'Allowed',
      files: {
        'pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
  annotations:
    azure.workload.identity/use-identity-binding: "true"
spec:
  serviceAccountName: worker
  containers: [{ name: worker, image: worker:1 }]
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
        'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: identities
rules:
  - apiGroups: [cid.wi.aks.azure.com]
    resources: [7c9e6679-7425-40de-944b-e07fc1f90ae7]
    verbs: [use-managed-identity]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: identities
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: identities
subjects:
  - kind: ServiceAccount
    name: worker
    namespace: apps
`,
      },
    },
  ],
};
