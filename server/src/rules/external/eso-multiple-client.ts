import { annotation } from '../../model/object.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { accountOf, accountStoreOf, stores } from './_objects.ts';

export default defineRule({
  id: 'external/eso-multiple-client',
  on: stores,
  severity: 'error',
  summary: 'A store for Key Vault has a client id, and so has its ServiceAccount.',
  why: 'External Secrets takes the client id from one of the two places and refuses both.',
  references: ['external-secrets/external-secrets@v2.9.0 providers/v1/azure/keyvault/keyvault.go'],
  *check(store, { workspace }) {
    const found = accountStoreOf(store);
    const client = getEntry(found?.azurekv, 'authSecretRef', 'clientId');
    if (!found || !client) return;
    const patched = accountStoreOf(workspace.patched(store));
    if (!patched || !get(patched.azurekv, 'authSecretRef', 'clientId')) return;
    const account = accountOf(found, workspace);
    const own = account && annotation(account, 'azure.workload.identity/client-id');
    if (!own) return;
    yield report(
      client,
      `ServiceAccount "${found.account.text}" has the annotation client-id as well: "multiple clientID found. Check secretRef and serviceAccountRef". Keep one of the two.`,
      {
        fix: unsafeFix('Remove authSecretRef.clientId', removeEntry(client)),
        related: [related(own, 'The client id of the ServiceAccount')],
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
      serviceAccountRef:
        name: orders
      authSecretRef:
        <|clientId|>:
          name: orders
          key: clientId
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
    },
  ],
  good: [
    {
      title: 'The account has it alone; a service principal',
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
      authType: ServicePrincipal
      vaultUrl: https://fleet.vault.azure.net
      serviceAccountRef:
        name: orders
      authSecretRef:
        clientId:
          name: orders
          key: clientId
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
    },
  ],
};
