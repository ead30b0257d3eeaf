import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { asScalar, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID, TENANT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/client-id-equals-tenant-id',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  partial: true,
  summary: 'Client id and tenant id are the same.',
  why: 'They are ids of different things, an application and a directory, and never equal. One of them was copied to the wrong place.',
  references: ['Azure/azure-workload-identity@v1.6.0 docs'],
  *check(account) {
    const client = asScalar(annotation(account, CLIENT_ID)?.value);
    const tenant = annotation(account, TENANT_ID);
    const value = text(tenant?.value);
    if (!client || !tenant || !value || typeof client.value !== 'string' || isTemplate(value) || isPlaceholder(value))
      return;
    if (client.text.toLowerCase() !== value.toLowerCase()) return;
    yield report(
      client,
      'client-id and tenant-id are equal, but they are ids of different things: one of them is wrong.',
      { related: [related(tenant.value, 'The tenant id')] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The tenant twice',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: <|1b4e28ba-2fa1-41d2-883f-0016d3cca427|>
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
    },
  ],
  good: [
    {
      title: 'Two ids',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
    },
  ],
};
