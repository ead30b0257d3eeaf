import { removeEntry } from '../../yaml/edits.ts';
import { asScalar, entry, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { bindings, subjectsOf } from './_bindings.ts';

export default defineRule({
  id: 'rbac/subject-namespace-ignored',
  on: bindings,
  severity: 'warning',
  partial: true,
  summary: 'A user or group in a binding has a namespace.',
  why: 'Users and groups are of the whole cluster; only ServiceAccounts have namespaces. The field has no effect.',
  references: ['kubernetes/api rbac/v1/types.go Subject.Namespace'],
  *check(binding) {
    for (const subject of subjectsOf(binding)) {
      const kind = textAt(subject, 'kind');
      const namespace = entry(subject, 'namespace');
      if ((kind !== 'User' && kind !== 'Group') || !namespace || !asScalar(namespace.value)?.text) continue;
      yield report(
        namespace,
        `A ${kind} has no namespace: the binding is for this ${kind.toLowerCase()} wherever it comes from.`,
        {
          fix: safeFix('Remove namespace', removeEntry(namespace)),
          tags: ['unnecessary'],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A group',
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
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: 84ce98d1-e359-4f3b-85af-985b458de3c6
    <|namespace|>: shop
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
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: 84ce98d1-e359-4f3b-85af-985b458de3c6
`,
    },
  ],
  good: [
    {
      title: 'A ServiceAccount',
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
    name: deployer
    namespace: shop
`,
    },
  ],
};
