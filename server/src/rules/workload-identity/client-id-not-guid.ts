import { isGuid, isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/client-id-not-guid',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  partial: true,
  summary: 'The annotation `azure.workload.identity/client-id` is no GUID.',
  why: 'The webhook and Flux hand the value to Microsoft Entra ID as it stands. Anything but the client (application) id of a managed identity or app registration is refused when a token is asked for.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go',
    'fluxcd/pkg@e2cfd1a2 auth/azure/options.go',
  ],
  *check(account) {
    const value = asScalar(annotation(account, CLIENT_ID)?.value);
    if (!value || typeof value.value !== 'string' || value.text === '') return;
    const { text } = value;
    if (isTemplate(text) || isPlaceholder(text) || text.startsWith('/subscriptions/') || isGuid(text)) return;
    if (isGuid(text.trim()))
      yield report(
        value,
        `The client id has blanks around it, and it is not trimmed: Entra ID will not find "${text}".`,
        { fix: safeFix('Remove the blanks', replaceText(value, text.trim())) },
      );
    else
      yield report(
        value,
        `"${text}" is no GUID: write the client (application) id of the managed identity or app registration.`,
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: "The identity's name instead of its client id",
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: <|id-worker-prod|>
`,
    },
    {
      title: 'Blanks around it',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: <|"7c9e6679-7425-40de-944b-e07fc1f90ae7 "|>
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: "7c9e6679-7425-40de-944b-e07fc1f90ae7"
`,
    },
  ],
  good: [
    {
      title: 'A GUID, and a variable',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: other
  annotations:
    azure.workload.identity/client-id: \${WORKER_CLIENT_ID}
`,
    },
  ],
};
