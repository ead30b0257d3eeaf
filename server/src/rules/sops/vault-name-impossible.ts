import { isVaultName, VAULT_NAME_RULE } from '../../azure/key-vault.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { asScalar, entries, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, type Place, partOf, report } from '../define.ts';
import { view } from '../views.ts';
import { keyReferences, vaultOf } from './_views.ts';

interface VaultName {
  readonly name: string;
  readonly place: Place;
}

const names = view<VaultName>(
  'names of vaults in SOPS, External Secrets and SecretProviderClass',
  function* (unit, context) {
    for (const { vault } of keyReferences.select(unit, context)) {
      const host = vault && vaultOf(vault.text, context.settings.keyVaultSuffixes);
      if (vault && host?.cloud)
        yield {
          name: vault.text.slice(0, host.name.length),
          place: partOf(vault.node, vault.start, vault.start + host.name.length),
        };
    }
    const { object } = unit;
    if (object?.group === 'external-secrets.io') {
      const url = asScalar(get(object.root, 'spec', 'provider', 'azurekv', 'vaultUrl'));
      const host = url && /^https:\/\/([^/]+)/.exec(url.text)?.[1];
      const known = host ? vaultOf(host, context.settings.keyVaultSuffixes) : undefined;
      if (url && host && known?.cloud)
        yield { name: host.slice(0, known.name.length), place: partOf(url, 8, 8 + known.name.length) };
    }
    if (object?.kind === 'SecretProviderClass' && textAt(object.root, 'spec', 'provider') === 'azure')
      for (const entry of entries(get(object.root, 'spec', 'parameters'))) {
        const value = asScalar(entry.value);
        if (
          entry.key.text.toLowerCase() === 'keyvaultname' &&
          value &&
          typeof value.value === 'string' &&
          value.text !== ''
        )
          yield { name: value.text, place: value };
      }
  },
);

export default defineRule({
  id: 'sops/vault-name-impossible',
  on: names,
  severity: 'error',
  partial: true,
  summary: 'No vault can have this name.',
  why: `Azure refuses it: ${VAULT_NAME_RULE}. So the host does not exist.`,
  references: ['https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules'],
  *check({ name, place }) {
    if (isTemplate(name) || isPlaceholder(name) || isVaultName(name)) return;
    yield report(place, `"${name}" cannot be a vault: ${VAULT_NAME_RULE}.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An underscore',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://<|fleet_prod|>.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
    {
      title: 'Too long, in a SecretProviderClass',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: vault
spec:
  provider: azure
  parameters:
    keyvaultName: <|a-vault-with-a-name-far-too-long|>
`,
    },
  ],
  good: [
    {
      title: 'A name Azure takes, and a placeholder',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://Fleet-Prod01.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef,https://<your-vault>.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
