import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { bindings, subjectsOf } from './_bindings.ts';

const SUBJECTS = ['User', 'Group', 'ServiceAccount'];
/** What Azure calls those that are users for Kubernetes. */
const OF_AZURE: Readonly<Record<string, string>> = {
  serviceprincipal: 'User',
  managedidentity: 'User',
  userassignedidentity: 'User',
  application: 'User',
  securitygroup: 'Group',
  entragroup: 'Group',
  aadgroup: 'Group',
};

export default defineRule({
  id: 'rbac/subject-kind-unknown',
  on: bindings,
  severity: 'error',
  partial: true,
  summary: 'A binding is for, or to, a kind that Kubernetes does not know there.',
  why: 'Subjects are users, groups and ServiceAccounts. A service principal or managed identity is a user whose name is its object id. A ClusterRoleBinding binds ClusterRoles only.',
  references: ['kubernetes/api rbac/v1/types.go'],
  *check(binding) {
    for (const subject of subjectsOf(binding)) {
      const node = asScalar(get(subject, 'kind'));
      if (typeof node?.value !== 'string' || isTemplate(node.text) || SUBJECTS.includes(node.text)) continue;
      const meant = OF_AZURE[node.text.toLowerCase()] ?? nearest(node.text, SUBJECTS, 3);
      yield report(
        node,
        `"${node.text}" is no kind of subject: User, Group or ServiceAccount.${meant === 'User' && node.text.length > 6 ? ' A service principal or managed identity is a User with its object id as the name.' : ''}`,
        { fix: meant ? unsafeFix(`Write ${meant}`, replaceText(node, meant)) : undefined },
      );
    }
    const role = asScalar(get(binding.root, 'roleRef', 'kind'));
    if (typeof role?.value !== 'string' || isTemplate(role.text)) return;
    const allowed = binding.kind === 'ClusterRoleBinding' ? ['ClusterRole'] : ['Role', 'ClusterRole'];
    if (allowed.includes(role.text)) return;
    const meant = role.text === 'Role' ? 'ClusterRole' : nearest(role.text, allowed, 3);
    yield report(
      role,
      role.text === 'Role'
        ? 'A ClusterRoleBinding cannot bind a Role, which is of one namespace: use a ClusterRole or a RoleBinding.'
        : `"${role.text}" is no kind of role: ${allowed.join(' or ')}.`,
      { fix: meant ? unsafeFix(`Write ${meant}`, replaceText(role, meant)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A service principal',
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
  - kind: <|ServicePrincipal|>
    apiGroup: rbac.authorization.k8s.io
    name: 84ce98d1-e359-4f3b-85af-985b458de3c6
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
  - kind: User
    apiGroup: rbac.authorization.k8s.io
    name: 84ce98d1-e359-4f3b-85af-985b458de3c6
`,
    },
    {
      title: 'A Role for the whole cluster',
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: <|Role|>
  name: edit
subjects: []
`,
    },
  ],
  good: [
    {
      title: 'Known kinds, and a template',
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
  - kind: User
    apiGroup: rbac.authorization.k8s.io
    name: 84ce98d1-e359-4f3b-85af-985b458de3c6
  - kind: \${KIND}
    apiGroup: rbac.authorization.k8s.io
    name: deployer
`,
    },
  ],
};
