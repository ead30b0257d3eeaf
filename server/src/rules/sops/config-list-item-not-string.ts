import { replaceSource } from '../../yaml/edits.ts';
import { asMap, asSeq, get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-list-item-not-string',
  on: creationRules,
  severity: 'error',
  partial: true,
  summary: 'In a creation rule `azure_keyvault` holds URLs, not objects.',
  why: 'Beside `key_groups` the field is a string with commas or a list of strings. SOPS refuses anything else: `invalid azure_keyvault key configuration: expected string in list, got …`.',
  references: ['getsops/sops@v3.13.2 config/config.go', 'https://github.com/getsops/sops/issues/2112'],
  versions: 'lists: SOPS 3.11 and later',
  *check({ rule }) {
    for (const item of asSeq(get(rule.root, 'azure_keyvault'))?.items ?? []) {
      if (item.kind === 'scalar' && typeof item.value === 'string') continue;
      if (item.kind === 'alias') continue;
      const map = asMap(item);
      const [vault, key, version] = ['vaultUrl', 'key', 'version'].map((name) => text(get(map, name)));
      const url = vault && key ? `${vault.replace(/\/$/, '')}/keys/${key}${version ? `/${version}` : ''}` : undefined;
      yield report(
        item,
        'In a creation rule azure_keyvault is a string with commas or a list of URLs: invalid azure_keyvault key configuration: expected string in list.',
        {
          fix: url ? safeFix('Write the URL', replaceSource(item, url)) : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The form of key groups',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault:
      - <|{ vaultUrl: https://fleet.vault.azure.net/, key: sops, version: 0123456789abcdef0123456789abcdef }|>
`,
      },
      fixed: `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault:
      - https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'URLs',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault:
      - https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
