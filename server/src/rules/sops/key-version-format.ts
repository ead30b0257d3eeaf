import { isKeyVersion } from '../../azure/key-vault.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { keyReferences } from './_views.ts';

export default defineRule({
  id: 'sops/key-version-format',
  on: keyReferences,
  severity: 'hint',
  partial: true,
  summary: 'The version of the key is no version of Key Vault.',
  why: 'Versions in Key Vault have 32 hexadecimal digits. With another text Key Vault finds no key.',
  references: ['https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates'],
  *check({ version }) {
    if (
      !version ||
      version.text === '' ||
      isTemplate(version.text) ||
      isPlaceholder(version.text) ||
      isKeyVersion(version.text)
    )
      return;
    yield report(version.place, `Versions in Key Vault have 32 hexadecimal digits; "${version.text}" has not.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'One digit too few',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/<|0123456789abcdef0123456789abcde|>
`,
      },
    },
  ],
  good: [
    {
      title: '32 digits',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789ABCDEF0123456789abcdef
`,
      },
    },
  ],
};
