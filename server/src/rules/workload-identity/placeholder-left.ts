import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { identityValues } from './_values.ts';

export default defineRule({
  id: 'workload-identity/placeholder-left',
  on: identityValues,
  severity: 'info',
  partial: true,
  summary: 'A placeholder stands where a client id or tenant id should be.',
  why: 'Examples write a word for the id that the reader is to fill in. The controller takes it as it stands, and Entra ID knows no such application or tenant.',
  references: ['https://github.com/fluxcd/source-controller/issues/1822'],
  *check({ what, node, text, name }) {
    if ((what !== 'client' && what !== 'tenant') || isTemplate(text) || looksEncrypted(text) || !isPlaceholder(text))
      return;
    yield report(node, `A placeholder is left in ${name}: "${text}". Fill in the id.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'To be filled in',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: <|your-client-id|>
`,
    },
  ],
  good: [
    {
      title: 'A client id',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
