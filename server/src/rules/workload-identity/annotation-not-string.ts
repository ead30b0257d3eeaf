import { quote } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { metadata, PREFIX } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/annotation-not-string',
  on: metadata,
  severity: 'error',
  partial: true,
  summary: 'An annotation of Azure Workload Identity is a number or boolean instead of a string.',
  why: 'Annotation values are strings. The API server refuses an object with any other type, so the whole apply fails.',
  references: [
    'Kubernetes ObjectMeta.annotations is map[string]string',
    'https://github.com/kubernetes/kubernetes/issues/23251',
  ],
  *check({ entry, in: field }) {
    if (field !== 'annotations' || !entry.key.text.startsWith(PREFIX)) return;
    const value = asScalar(entry.value);
    if (!value || typeof value.value === 'string') return;
    const shown = value.text === '' ? 'empty' : `${value.text} without quotes`;
    yield report(
      value.span.end > value.span.start ? value : entry,
      `This annotation is ${shown}, but annotation values are strings: the API server refuses it.`,
      {
        fix: value.value === null ? undefined : safeFix('Quote the value', quote(value)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A number',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: <|7200|>
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: "7200"
`,
    },
  ],
  good: [
    {
      title: 'A string, and a GUID, which is no number',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: "7200"
    azure.workload.identity/client-id: 70906679-7425-4000-9440-007001090007
`,
    },
  ],
};
