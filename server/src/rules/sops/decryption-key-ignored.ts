import { dataOf } from '../../model/views/secret-data.ts';
import { renameKey } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { decryptionUsers } from './_decryption.ts';

const isRead = (key: string): boolean =>
  /\.(asc|agekey)$/.test(key) || ['sops.vault-token', 'sops.aws-kms', 'sops.azure-kv', 'sops.gcp-kms'].includes(key);
const AZURE = /^(sops[._-]?)?azure[._-]?(kv|key[._-]?vault)(\.(ya?ml|json))?$/i;

export default defineRule({
  id: 'sops/decryption-key-ignored',
  on: kinds('/Secret'),
  severity: 'warning',
  summary: 'Flux does not read this key of the decryption Secret.',
  why: 'Flux takes the keys of a decryption Secret by their exact names: `sops.azure-kv`, `sops.aws-kms`, `sops.gcp-kms`, `sops.vault-token`, `*.agekey`, `*.asc`. It skips all others without a word.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go ImportKeys'],
  *check(secret, { workspace }) {
    const data = [...dataOf(secret).values()];
    const unread = data.filter((d) => !isRead(d.key));
    if (unread.length === 0) return;
    const [user] = decryptionUsers(secret, workspace);
    const reference = user && get(user.root, 'spec', 'decryption', 'secretRef', 'name');
    if (!user || !reference) return;
    const none = unread.length === data.length;
    for (const [i, item] of unread.entries()) {
      const azure = AZURE.test(item.key);
      const loud = azure || (none && i === 0 && !unread.some((u) => AZURE.test(u.key)));
      if (none && !loud) continue;
      const free = !data.some((d) => d.key === 'sops.azure-kv');
      yield report(
        item.entry,
        `Flux ignores the key "${item.key}" of the decryption Secret${azure || none ? '; for Key Vault the name is sops.azure-kv' : ''}.`,
        {
          severity: loud ? undefined : 'hint',
          fix: azure && free ? unsafeFix('Rename to sops.azure-kv', renameKey(item.entry, 'sops.azure-kv')) : undefined,
          related: [related(reference, `Kustomization ${user.name} decrypts with this Secret`)],
        },
      );
    }
  },
});

const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: GitRepository, name: fleet }
  decryption:
    provider: sops
    secretRef: { name: sops-azure }
`;

export const examples: Examples = {
  bad: [
    {
      title: 'An underscore',
      yaml: `${kustomization}---
apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  <|sops.azure_kv|>: |
    clientId: \${CLIENT_ID}
`,
      fixed: `${kustomization}---
apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  sops.azure-kv: |
    clientId: \${CLIENT_ID}
`,
      severity: 'warning',
    },
    {
      title: 'Something beside a key that is read',
      yaml: `${kustomization}---
apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  key.agekey: \${AGE_KEY}
  <|README|>: how to renew it
`,
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'The exact name, and a Secret that nobody decrypts with',
      yaml: `${kustomization}---
apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  sops.azure-kv: |
    clientId: \${CLIENT_ID}
    tenantId: \${TENANT_ID}
    clientSecret: \${CLIENT_SECRET}
---
apiVersion: v1
kind: Secret
metadata:
  name: other
  namespace: flux-system
stringData:
  azure-kv: \${X}
`,
    },
  ],
};
