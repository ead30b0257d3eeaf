import { SELECTORS, selectorsOf } from '../../model/views/sops-config.ts';
import { removeEntry } from '../../yaml/edits.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { view } from '../views.ts';
import { creationRules, mayBeSops, sopsBlocks } from './_views.ts';

const holders = view<{ readonly root: MapNode; readonly file: boolean }>(
  'creation rules and sops blocks',
  function* (unit, context) {
    if (!mayBeSops(unit)) return;
    for (const { rule } of creationRules.select(unit, context)) yield { root: rule.root, file: false };
    for (const file of sopsBlocks.select(unit, context)) yield { root: file.sops, file: true };
  },
);

export default defineRule({
  id: 'sops/config-multiple-selectors',
  on: holders,
  severity: 'error',
  partial: true,
  summary: 'Only one selector says what is encrypted.',
  why: `SOPS refuses a rule, or a file, with more than one of ${SELECTORS.join(', ')}: \`cannot use more than one of …\`.`,
  references: ['getsops/sops@v3.13.2 config/config.go:489', 'getsops/sops@v3.13.2 stores/stores.go:293'],
  *check({ root, file }) {
    const selectors = selectorsOf(root).sort((a, b) => a.key.span.start - b.key.span.start);
    const [first, ...others] = selectors;
    if (!first || others.length === 0) return;
    for (const other of others)
      yield report(
        other,
        `${file ? 'Cannot use more than one of' : 'error loading config: cannot use more than one of'} encrypted_suffix, unencrypted_suffix, encrypted_regex, unencrypted_regex and their comment forms: ${first.key.text} is there as well.`,
        {
          fix: file ? undefined : selectors.map((s) => unsafeFix(`Remove ${s.key.text}`, removeEntry(s))),
        },
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Two of them',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    <|unencrypted_suffix|>: _plain
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
      fixed: `creation_rules:
  - unencrypted_suffix: _plain
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'One, and an empty one',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    unencrypted_suffix: ""
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
