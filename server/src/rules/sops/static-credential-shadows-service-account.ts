import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { getEntry, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { secretWith } from './_azure-kv.ts';

export default defineRule({
  id: 'sops/static-credential-shadows-service-account',
  on: kinds('kustomize.toolkit.fluxcd.io/Kustomization'),
  severity: 'warning',
  summary: 'The credential in the decryption Secret wins over the ServiceAccount.',
  why: 'With `sops.azure-kv` in the Secret the controller has a credential for Key Vault and does not ask the ServiceAccount for one.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go SetAuthOptions'],
  versions: 'Flux 2.6 and later',
  *check(object, { workspace, flux }) {
    const account = getEntry(object.root, 'spec', 'decryption', 'serviceAccountName');
    const secretRef = getEntry(object.root, 'spec', 'decryption', 'secretRef');
    const name = textAt(object.root, 'spec', 'decryption', 'secretRef', 'name');
    if (!account || !secretRef || !name || isTemplate(name) || !atLeast(flux, '2.6')) return;
    const secrets = workspace.find('', 'Secret', name, object);
    if (secrets.state !== 'found') return;
    const items = secrets.values.map((s) => dataOf(s).get('sops.azure-kv'));
    const [item] = items;
    if (!item || items.some((i) => !i)) return;
    yield report(
      account,
      `The credential in sops.azure-kv of Secret "${name}" wins: decryption.serviceAccountName is not used for Key Vault.`,
      {
        related: [related(item.entry, 'The credential')],
        fix: [
          unsafeFix('Remove secretRef', removeEntry(secretRef)),
          unsafeFix('Remove serviceAccountName', removeEntry(account)),
        ],
      },
    );
  },
});

const kustomization = (account: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
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
${account}    secretRef:
      name: sops-azure
---
`;

export const examples: Examples = {
  bad: [
    {
      title: 'Both',
      yaml: `${kustomization('    <|serviceAccountName|>: decryptor\n')}${secretWith('clientId: ${CLIENT_ID}')}`,
    },
  ],
  good: [{ title: 'The Secret alone', yaml: `${kustomization('')}${secretWith('clientId: ${CLIENT_ID}')}` }],
};
