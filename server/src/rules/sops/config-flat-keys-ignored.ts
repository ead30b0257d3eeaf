import { FLAT_KEYS, isSet } from '../../model/views/sops-config.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { entry, get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-flat-keys-ignored',
  on: creationRules,
  severity: 'warning',
  partial: true,
  summary: 'Keys beside `key_groups` are ignored.',
  why: 'Where a creation rule has key groups, SOPS takes its keys from them alone. A vault named beside them gets no part of the data key, and its identities cannot decrypt.',
  references: ['getsops/sops@v3.13.2 config/config.go getKeyGroupsFromCreationRule'],
  *check({ rule }) {
    if (items(get(rule.root, 'key_groups')).length === 0) return;
    for (const name of FLAT_KEYS) {
      const flat = entry(rule.root, name);
      if (flat && isSet(flat.value))
        yield report(flat, `With key_groups SOPS ignores ${name} of this rule: move its keys into a group.`, {
          fix: unsafeFix(`Remove ${name}`, removeEntry(flat)),
        });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A vault beside the groups',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    <|azure_keyvault|>: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
    key_groups:
      - age: [age1exampleexampleexampleexampleexampleexampleexampleexample]
`,
      },
      fixed: `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - age: [age1exampleexampleexampleexampleexampleexampleexampleexample]
`,
    },
  ],
  good: [
    {
      title: 'No groups',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
    key_groups: []
`,
      },
    },
  ],
};
