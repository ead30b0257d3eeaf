import { get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { podTemplates } from '../views.ts';
import { isLabelled } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/pod-in-kube-system',
  on: podTemplates,
  severity: 'warning',
  summary: 'On AKS the webhook does not see pods in kube-system.',
  why: "AKS's Admissions Enforcer keeps webhooks away from kube-system, so that no token is injected into pods there.",
  references: [
    'Azure/azure-workload-identity@v1.6.0 docs/book/src/known-issues.md',
    'https://github.com/Azure/azure-workload-identity/issues/525',
  ],
  versions: 'AKS',
  *check(template, { workspace }) {
    if (!isLabelled(template) || !get(template.spec, 'containers')) return;
    const namespaces = workspace.namespacesOf(template.object);
    if (!namespaces.known || namespaces.names.size !== 1 || !namespaces.names.has('kube-system')) return;
    const place =
      getEntry(template.object.root, 'metadata', 'namespace')?.value ?? template.label('azure.workload.identity/use');
    if (place)
      yield report(
        place,
        'On AKS pods in kube-system are not mutated by the webhook: no token is injected. Use a namespace of its own.',
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In kube-system',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: <|kube-system|>
  labels:
    azure.workload.identity/use: "true"
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
  good: [
    {
      title: 'In a namespace of its own',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
};
