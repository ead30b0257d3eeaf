import { label } from '../../model/object.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { USE } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/label-on-service-account',
  on: kinds('/ServiceAccount'),
  severity: 'hint',
  partial: true,
  summary: 'The label `azure.workload.identity/use` on a ServiceAccount is no longer read.',
  why: 'Webhooks before v1.0.0 looked for the label on the ServiceAccount. Since then only the label of the pod counts; this one is a harmless rest.',
  references: ['https://github.com/Azure/azure-workload-identity/pull/720'],
  versions: 'webhook v1.0.0 and later',
  *check(account) {
    const entry = label(account, USE);
    if (!entry) return;
    yield report(entry, 'Since webhook v1.0.0 the label on a ServiceAccount is not read: pods need it.', {
      fix: entry.key.synthetic ? undefined : safeFix('Remove the label', removeEntry(entry)),
      tags: ['unnecessary'],
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On the ServiceAccount',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  labels:
    app: worker
    <|azure.workload.identity/use|>: "true"
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  labels:
    app: worker
`,
    },
  ],
  good: [
    {
      title: 'Other labels',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  labels:
    app: worker
`,
    },
  ],
};
