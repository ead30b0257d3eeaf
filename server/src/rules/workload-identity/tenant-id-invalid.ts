import { tenantKind } from '../../azure/tenants.ts';
import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { identityValues } from './_values.ts';

export default defineRule({
  id: 'workload-identity/tenant-id-invalid',
  on: identityValues,
  severity: 'error',
  partial: true,
  summary: 'The tenant is neither a GUID nor a domain.',
  why: 'A tenant is named by its GUID or by one of its verified domains, such as `contoso.onmicrosoft.com`. The Azure SDK refuses other characters with `invalid tenantID`, and Entra ID knows no tenant of any other form.',
  references: ['Azure/azure-sdk-for-go@05ed0cec sdk/azidentity azidentity.go validTenantID'],
  *check({ what, node, text }) {
    if (what !== 'tenant' || text === '' || isTemplate(text) || isPlaceholder(text) || looksEncrypted(text)) return;
    const kind = tenantKind(text);
    if (kind === 'guid' || kind === 'domain') return;
    yield report(node, `"${text}" is neither a tenant GUID nor a verified domain such as contoso.onmicrosoft.com.`, {
      severity: kind === 'word' ? 'warning' : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A URL instead of the tenant',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/tenant-id: <|https://login.microsoftonline.com/contoso|>
`,
      severity: 'error',
    },
    {
      title: 'The name of the organization, in sops.azure-kv',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
stringData:
  sops.azure-kv: |
    tenantId: <|contoso|>
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'A GUID, a domain and a variable',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: a
  annotations:
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: b
  annotations:
    azure.workload.identity/tenant-id: contoso.onmicrosoft.com
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: c
  annotations:
    azure.workload.identity/tenant-id: \${tenant}
`,
    },
  ],
};
