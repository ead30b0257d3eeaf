import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { addEntry, removeEntry } from '../../yaml/edits.ts';
import { asScalar, entry, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { bindings, subjectsOf } from './_bindings.ts';

export default defineRule({
  id: 'rbac/service-account-subject-invalid',
  on: bindings,
  severity: 'error',
  partial: true,
  summary: 'A ServiceAccount in a binding lacks its namespace or has an API group.',
  why: 'ServiceAccounts are of the core group, so that `apiGroup` stays empty for them, and a ClusterRoleBinding has no namespace of its own to look them up in. The API server refuses both.',
  references: ['kubernetes/api rbac/v1/types.go Subject'],
  *check(binding, { workspace }) {
    for (const subject of subjectsOf(binding)) {
      const kind = get(subject, 'kind');
      if (!kind || textAt(subject, 'kind') !== 'ServiceAccount') continue;
      const group = entry(subject, 'apiGroup');
      if (group && (asScalar(group.value)?.text ?? '') !== '')
        yield report(
          group.value,
          'ServiceAccounts are of the core group: the API server refuses another apiGroup for them. Leave it out.',
          { fix: unsafeFix('Remove apiGroup', removeEntry(group)) },
        );
      const namespace = entry(subject, 'namespace');
      if (binding.kind !== 'ClusterRoleBinding' || binding.partial || subject.damaged) continue;
      if (namespace && (asScalar(namespace.value)?.text ?? '?') !== '') continue;
      if (!workspace.isComplete(binding) || setsNamespace(binding, workspace)) continue;
      if (workspace.patchesFor(binding).length > 0) continue;
      const only = namespaceOf(textAt(subject, 'name') ?? '', workspace);
      yield report(
        kind,
        `A ServiceAccount in a ClusterRoleBinding needs its namespace: the API server refuses the subject without.${only ? ` "${textAt(subject, 'name')}" is in "${only}".` : ''}`,
        {
          fix:
            only && !namespace ? unsafeFix(`Add namespace: ${only}`, addEntry(subject, 'namespace', only)) : undefined,
        },
      );
    }
  },
});

/** True where a kustomization or Flux fills namespaces in: it does for accounts that it builds too. */
const setsNamespace = ({ document }: KubernetesObject, workspace: Workspace): boolean =>
  workspace.overlaysOf(document.uri).some((o) => textAt(o.tree.root, 'namespace') !== undefined) ||
  workspace.fluxKustomizationsOf(document.uri).some((k) => textAt(k.root, 'spec', 'targetNamespace') !== undefined);

/** The namespace of the one ServiceAccount with a name. */
function namespaceOf(name: string, workspace: Workspace): string | undefined {
  const accounts = workspace.objects('', 'ServiceAccount').filter((a) => a.name === name);
  const [account] = accounts;
  const own = account && accounts.length === 1 ? workspace.namespacesOf(account) : undefined;
  return own?.known && own.names.size === 1 ? [...own.names][0] : undefined;
}

export const examples: Examples = {
  bad: [
    {
      title: 'No namespace',
      files: {
        'binding.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: <|ServiceAccount|>
    name: deployer
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: shop
`,
      },
      fixed: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: shop
`,
    },
    {
      title: 'An API group',
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deployers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: ServiceAccount
    apiGroup: <|rbac.authorization.k8s.io|>
    name: deployer
    namespace: shop
`,
      fixed: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deployers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: shop
`,
    },
  ],
  good: [
    {
      title: 'kustomize fills the namespace in; a RoleBinding has its own',
      files: {
        'bindings.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: ServiceAccount
    name: deployer
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deployers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: ServiceAccount
    apiGroup: ""
    name: deployer
`,
        'kustomization.yaml': `namespace: shop
resources: [bindings.yaml]
`,
      },
    },
  ],
};
