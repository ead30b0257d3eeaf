import { annotation } from '../../model/object.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { asScalar, entry, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { accountOf, accountStoreOf, stores } from './_objects.ts';

export default defineRule({
  id: 'external/eso-multiple-tenant',
  on: stores,
  severity: 'error',
  summary: 'A store for Key Vault has a tenant, and so has its ServiceAccount.',
  why: 'External Secrets with its default SDK takes the tenant from one of the two places and refuses both.',
  references: ['external-secrets/external-secrets@v2.9.0 providers/v1/azure/keyvault/keyvault.go'],
  versions: 'External Secrets up to 2.9, without useAzureSDK',
  *check(store, { workspace }) {
    const found = accountStoreOf(store);
    const tenant = entry(found?.azurekv, 'tenantId');
    if (!found || !tenant || asScalar(tenant.value)?.value === null) return;
    const patched = accountStoreOf(workspace.patched(store));
    if (!patched || !get(patched.azurekv, 'tenantId')) return;
    if (asScalar(get(patched.azurekv, 'useAzureSDK'))?.value === true) return;
    const account = accountOf(found, workspace);
    const own = account && annotation(account, 'azure.workload.identity/tenant-id');
    if (!own) return;
    yield report(
      tenant,
      `ServiceAccount "${found.account.text}" has the annotation tenant-id as well: "multiple tenantID found". Keep one of the two.`,
      {
        fix: unsafeFix('Remove tenantId', removeEntry(tenant)),
        related: [related(own, 'The tenant of the ServiceAccount')],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both',
      files: {
        'store.yaml': `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://fleet.vault.azure.net
      <|tenantId|>: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
      serviceAccountRef:
        name: orders
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
      },
      fixed: `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://fleet.vault.azure.net
      serviceAccountRef:
        name: orders
`,
    },
  ],
  good: [
    {
      title: 'The account has no tenant; the newer SDK',
      files: {
        'stores.yaml': `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://fleet.vault.azure.net
      tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
      serviceAccountRef:
        name: orders
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      useAzureSDK: true
      vaultUrl: https://fleet.vault.azure.net
      tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
      serviceAccountRef:
        name: billing
`,
        'accounts.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: billing
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
      },
    },
  ],
};
