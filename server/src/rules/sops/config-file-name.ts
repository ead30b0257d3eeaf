import { asMap, asSeq, getEntry } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { view } from '../views.ts';

export default defineRule({
  id: 'sops/config-file-name',
  on: view<Entry>('files named like the configuration of SOPS', function* (unit) {
    const name = unit.document.uri.slice(unit.document.uri.lastIndexOf('/') + 1);
    if (unit.owner || !['.sops.yml', 'sops.yaml', 'sops.yml'].includes(name)) return;
    const rules = getEntry(asMap(unit.root), 'creation_rules');
    if (rules && asSeq(rules.value)) yield rules;
  }),
  severity: 'warning',
  partial: true,
  summary: 'SOPS reads its configuration from `.sops.yaml` alone.',
  why: 'It looks for a file of exactly this name in the folder of the file and above. Another name is read only where `--config` says so; since 3.10 SOPS warns of `.sops.yml`.',
  references: ['getsops/sops@v3.13.2 config/config.go FindConfigFile'],
  *check(entry) {
    yield report(
      entry,
      'SOPS only reads .sops.yaml: this file is not found unless --config names it. Rename it to .sops.yaml.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The other ending',
      files: {
        '.sops.yml': `<|creation_rules|>:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
  good: [
    {
      title: 'The right name',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
