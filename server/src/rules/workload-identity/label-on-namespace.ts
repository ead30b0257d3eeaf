import { label } from '../../model/object.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { USE } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/label-on-namespace',
  on: kinds('/Namespace'),
  severity: 'hint',
  partial: true,
  summary: 'The label `azure.workload.identity/use` has no effect on a Namespace.',
  why: "The webhook selects pods by the pod's own labels; it has no selector for namespaces, and labels are not inherited.",
  references: ['Azure/azure-workload-identity@v1.6.0 deploy/azure-wi-webhook.yaml'],
  *check(namespace) {
    const entry = label(namespace, USE);
    if (!entry) return;
    yield report(entry, 'The label has no effect on a Namespace: the webhook selects pods by their own labels.', {
      fix: entry.key.synthetic ? undefined : safeFix('Remove the label', removeEntry(entry)),
      tags: ['unnecessary'],
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On the Namespace',
      yaml: `apiVersion: v1
kind: Namespace
metadata:
  name: apps
  labels:
    <|azure.workload.identity/use|>: "true"
`,
      fixed: `apiVersion: v1
kind: Namespace
metadata:
  name: apps
  labels: {}
`,
    },
  ],
  good: [{ title: 'Without it', yaml: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: apps\n' }],
};
