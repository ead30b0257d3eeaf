import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { addAt, replaceText } from '../../yaml/edits.ts';
import { asScalar, get, text, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';

const NAME = 'kubernetes.io/service-account.name';

export default defineRule({
  id: 'rbac/token-secret-incomplete',
  on: kinds('/Secret'),
  severity: 'error',
  summary: 'A Secret for a token does not name a ServiceAccount of its namespace.',
  why: 'Kubernetes fills such a Secret with a token for the ServiceAccount that the annotation names, in the same namespace, and deletes it where there is none. Since 1.24 no other Secret has such a token.',
  references: ['kubernetes/api core/v1/types.go SecretTypeServiceAccountToken'],
  *check(secret, { workspace }) {
    if (textAt(secret.root, 'type') !== 'kubernetes.io/service-account-token') return;
    const own = asScalar(annotation(secret, NAME)?.value);
    const patched = text(annotation(workspace.patched(secret), NAME)?.value);
    if (!patched) {
      const place = own ?? get(secret.root, 'metadata', 'name');
      if (!place || !workspace.isComplete(secret)) return;
      yield report(
        place,
        `The Secret needs the annotation ${NAME} with the name of a ServiceAccount of its namespace: the API server refuses it without.`,
        {
          fix: own
            ? undefined
            : unsafeFix('Add the annotation', addAt(secret.root, ['metadata', 'annotations', NAME], '')),
        },
      );
      return;
    }
    if (
      !own ||
      own.text !== patched ||
      isTemplate(own.text) ||
      isPlaceholder(own.text) ||
      isTemplate(secret.namespace ?? '')
    )
      return;
    const beside = workspace
      .objects('', 'ServiceAccount')
      .filter((a) => a.document.uri === secret.document.uri && a.name === own.text && !isTemplate(a.namespace ?? ''));
    const [account] = beside;
    if (!account || beside.some((a) => !isApart(a, secret, workspace))) return;
    const namespace = asScalar(get(secret.root, 'metadata', 'namespace'));
    const edit =
      account.namespace === undefined
        ? undefined
        : namespace
          ? replaceText(namespace, account.namespace)
          : addAt(secret.root, ['metadata', 'namespace'], account.namespace);
    yield report(
      own,
      `ServiceAccount "${own.text}" of this file is in ${account.namespace ? `namespace "${account.namespace}"` : 'no namespace'}, the Secret in ${secret.namespace ? `"${secret.namespace}"` : 'none'}: Kubernetes fills it only where both are in one.`,
      {
        fix: edit && unsafeFix(`Set namespace: ${account.namespace}`, edit),
        related: [related(get(account.root, 'metadata', 'name') ?? account.root, 'The ServiceAccount')],
      },
    );
  },
});

function isApart(a: KubernetesObject, b: KubernetesObject, workspace: Workspace): boolean {
  const left = workspace.namespacesOf(a);
  const right = workspace.namespacesOf(b);
  if (left.known && right.known) return ![...left.names].some((n) => right.names.has(n));
  // An overlay may set the namespace of both.
  return a.namespace !== b.namespace && workspace.overlaysOf(a.document.uri).length === 0;
}

export const examples: Examples = {
  bad: [
    {
      title: 'No annotation',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: <|deployer-token|>
  namespace: shop
type: kubernetes.io/service-account-token
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: ""
type: kubernetes.io/service-account-token
`,
    },
    {
      title: 'Another namespace',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: default
  annotations:
    kubernetes.io/service-account.name: <|deployer|>
type: kubernetes.io/service-account-token
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: shop
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: deployer
type: kubernetes.io/service-account-token
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: shop
`,
    },
  ],
  good: [
    {
      title: 'The account is made elsewhere; a Secret of another type',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: deployer
type: kubernetes.io/service-account-token
---
apiVersion: v1
kind: Secret
metadata:
  name: other
type: Opaque
`,
    },
  ],
};
