import { isTemplate } from '../../azure/text-kinds.ts';
import { replaceSource } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix, unsafeFix } from '../define.ts';
import { metadata, USE } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/use-label-not-true',
  on: metadata,
  severity: 'warning',
  partial: true,
  summary: 'Only the exact value `"true"` selects a pod for the webhook.',
  why: 'The selector of the webhook is an exact match, upper and lower case included. A pod with any other value starts without a token, and nothing says so.',
  references: ['Azure/azure-workload-identity@v1.6.0 deploy/azure-wi-webhook.yaml objectSelector'],
  versions: 'webhook v1.0.0 and later',
  *check({ entry, in: field, of }) {
    if (entry.key.text !== USE || field !== 'labels' || of !== 'pod') return;
    const value = asScalar(entry.value);
    if (!value || typeof value.value !== 'string' || value.text === 'true' || isTemplate(value.text)) return;
    const off = value.text === 'false';
    const edit = replaceSource(value, '"true"');
    yield report(value, `Only the exact value "true" selects the pod for the webhook: "${value.text}" does nothing.`, {
      severity: off ? 'hint' : undefined,
      fix: off ? unsafeFix('Write "true"', edit) : safeFix('Write "true"', edit),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A capital letter',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: <|"True"|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
`,
      severity: 'warning',
    },
    {
      title: 'Off on purpose',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: <|"false"|>
`,
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'The exact value, and a variable',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
---
apiVersion: v1
kind: Pod
metadata:
  name: other
  labels:
    azure.workload.identity/use: "\${USE_IDENTITY}"
`,
    },
  ],
};
