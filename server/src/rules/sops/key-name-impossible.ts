import { isKeyName, KEY_NAME_RULE } from '../../azure/key-vault.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { keyReferences } from './_views.ts';

export default defineRule({
  id: 'sops/key-name-impossible',
  on: keyReferences,
  severity: 'error',
  partial: true,
  summary: 'No key in Key Vault can have this name.',
  why: `Azure refuses it: ${KEY_NAME_RULE}.`,
  references: ['https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules'],
  *check({ key }) {
    if (!key || key.text === '' || isTemplate(key.text) || isPlaceholder(key.text) || isKeyName(key.text)) return;
    yield report(key.place, `"${key.text}" cannot be a key: ${KEY_NAME_RULE}.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An underscore',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/<|sops_key|>/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
  good: [
    {
      title: 'Letters, digits, hyphens',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops-key-1/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
