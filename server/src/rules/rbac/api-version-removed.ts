import { atLeast } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { RBAC } from './_bindings.ts';

export default defineRule({
  id: 'rbac/api-version-removed',
  on: kinds(`${RBAC}/Role`, `${RBAC}/ClusterRole`, `${RBAC}/RoleBinding`, `${RBAC}/ClusterRoleBinding`),
  severity: 'error',
  partial: true,
  summary: 'The apiVersion of a role or binding is no longer served.',
  why: 'Kubernetes 1.22 dropped the alpha and beta versions; `v1` has the same fields.',
  references: ['kubernetes/api rbac/v1beta1/zz_generated.prerelease-lifecycle.go'],
  versions: 'Kubernetes 1.22 and later',
  *check(object, { kubernetes }) {
    const node = asScalar(get(object.root, 'apiVersion'));
    if (!node || !/^v1(alpha|beta)1$/.test(object.version) || !atLeast(kubernetes, '1.22')) return;
    yield report(
      node,
      `${object.apiVersion} was removed in Kubernetes 1.22. Write ${RBAC}/v1, which has the same fields.`,
      {
        fix: safeFix(`Write ${RBAC}/v1`, replaceText(node, `${RBAC}/v1`)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A beta version',
      yaml: `apiVersion: <|rbac.authorization.k8s.io/v1beta1|>
kind: ClusterRole
metadata:
  name: reader
rules: []
`,
      fixed: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules: []
`,
    },
  ],
  good: [
    {
      title: 'v1',
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules: []
`,
    },
    {
      title: 'A cluster that still serves it',
      settings: { kubernetesVersion: '1.21' },
      yaml: `apiVersion: rbac.authorization.k8s.io/v1beta1
kind: Role
metadata:
  name: reader
`,
    },
  ],
};
