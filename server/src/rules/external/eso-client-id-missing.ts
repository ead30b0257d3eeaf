import { annotation, type KubernetesObject } from '../../model/object.ts';
import { addAt } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { accountOf, accountStoreOf, ESO } from './_objects.ts';

const CLIENT_ID = 'azure.workload.identity/client-id';

export default defineRule({
  id: 'external/eso-client-id-missing',
  on: kinds('/ServiceAccount'),
  severity: 'error',
  summary: 'A store for Key Vault uses a ServiceAccount without a client id.',
  why: 'External Secrets takes the client id from the annotation of the ServiceAccount, or from `authSecretRef.clientId` of the store. It has no other place to look.',
  references: ['external-secrets/external-secrets@v2.9.0 providers/v1/azure/keyvault/keyvault.go'],
  *check(account, { workspace }) {
    if (annotation(account, CLIENT_ID)) return;
    const name = get(account.root, 'metadata', 'name');
    const isOwn = (found: KubernetesObject | undefined) =>
      found !== undefined && found.document === account.document && found.name === account.name;
    for (const kind of ['SecretStore', 'ClusterSecretStore'])
      for (const store of workspace.objects(ESO, kind)) {
        // The cheap question first: most accounts are no store's.
        if (accountStoreOf(store)?.account.text !== account.name) continue;
        const found = accountStoreOf(workspace.patched(store));
        if (!name || !found || get(found.azurekv, 'authSecretRef', 'clientId') || !workspace.isComplete(store))
          continue;
        const used = accountOf(found, workspace);
        if (!used || !isOwn(used) || annotation(used, CLIENT_ID)) continue;
        const edit = addAt(account.root, ['metadata', 'annotations', CLIENT_ID], '');
        yield report(
          name,
          `${store.kind} "${store.name}" logs in as this ServiceAccount: "missing clientID". Add the annotation ${CLIENT_ID}, or set authSecretRef.clientId in the store.`,
          {
            fix: edit && unsafeFix('Add the annotation', edit),
            related: [related(found.account, 'The store that uses it')],
          },
        );
        return;
      }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No client id anywhere',
      files: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: <|orders|>
  namespace: shop
`,
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
`,
      },
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: ""
`,
    },
  ],
  good: [
    {
      title: 'The store has it; an account of another namespace',
      files: {
        'accounts.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: other
`,
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
        clientId:
          name: orders
          key: clientId
`,
      },
    },
  ],
};
