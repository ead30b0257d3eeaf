import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { metadata, SKIP_CONTAINERS } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/skip-containers-separator',
  on: metadata,
  severity: 'warning',
  partial: true,
  summary: 'The names in `skip-containers` are separated by semicolons.',
  why: 'The webhook splits the value at `;`. With commas it is one name that no container can have, and nothing is skipped.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go'],
  *check({ entry, in: field, of }) {
    if (field !== 'annotations' || of !== 'pod' || entry.key.text !== SKIP_CONTAINERS) return;
    const value = asScalar(entry.value);
    if (!value || typeof value.value !== 'string' || !value.text.includes(',')) return;
    yield report(value, 'The names are separated by ";": with "," this is one name, and nothing is skipped.', {
      fix: safeFix('Separate by semicolons', replaceText(value, value.text.replaceAll(',', ';'))),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Commas',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: <|proxy,logger|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: proxy;logger
`,
    },
  ],
  good: [
    {
      title: 'Semicolons',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: proxy;logger
`,
    },
  ],
};
