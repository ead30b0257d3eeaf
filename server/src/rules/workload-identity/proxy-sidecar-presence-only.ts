import { isTemplate } from '../../azure/text-kinds.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { INJECT_PROXY, metadata } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/proxy-sidecar-presence-only',
  on: metadata,
  severity: 'warning',
  partial: true,
  summary: '`inject-proxy-sidecar` counts by being there; its value is never read.',
  why: 'The webhook looks only whether the annotation exists. `"false"` injects the sidecar as well.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go',
    'https://github.com/Azure/azure-workload-identity/issues/1210',
  ],
  *check({ entry, in: field, of }) {
    if (field !== 'annotations' || of !== 'pod' || entry.key.text !== INJECT_PROXY) return;
    const value = asScalar(entry.value);
    if (!value || typeof value.value !== 'string' || /^true$/i.test(value.text) || isTemplate(value.text)) return;
    yield report(
      value,
      `The webhook only looks whether the annotation is there: "${value.text}" still injects the sidecar.`,
      {
        fix: entry.key.synthetic ? undefined : unsafeFix('Remove the annotation', removeEntry(entry)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Meant to be off',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    a: b
    azure.workload.identity/inject-proxy-sidecar: <|"false"|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    a: b
`,
    },
  ],
  good: [
    {
      title: 'On',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/inject-proxy-sidecar: "true"
`,
    },
  ],
};
