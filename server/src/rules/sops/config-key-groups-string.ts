import { parseKeyUrl } from '../../azure/key-vault.ts';
import { groupKeysOf } from '../../model/views/sops-config.ts';
import { blockSource, columnOf, lineBreak, replaceSource } from '../../yaml/edits.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-key-groups-string',
  on: creationRules,
  severity: 'error',
  partial: true,
  summary: 'Inside `key_groups` a Key Vault key is an object, not a URL.',
  why: 'The list holds objects of `vaultUrl`, `key` and `version`. With a string the whole file does not load. An example in the official reference shows the string; it does not load either.',
  references: ['getsops/sops@v3.13.2 config/config.go:154'],
  *check({ rule }) {
    for (const item of groupKeysOf(rule.root)) {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
      yield report(
        item,
        'Inside key_groups azure_keyvault takes objects of vaultUrl, key and version, not URLs: SOPS cannot load this file.',
        {
          fix: safeFix('Split the URL', split(item)),
        },
      );
    }
  },
});

function split(node: ScalarNode) {
  const url = parseKeyUrl(node.text);
  if (!url) return undefined;
  const parts = { vaultUrl: url.vaultUrl, key: url.key, ...(url.version ? { version: url.version } : {}) };
  if (node.parent?.kind === 'seq' && node.parent.flow)
    return replaceSource(
      node,
      `{ ${Object.entries(parts)
        .map(([k, v]) => `${k}: ${v}`)
        .join(', ')} }`,
    );
  const source = node.tree.text;
  return replaceSource(node, blockSource(parts, ' '.repeat(columnOf(source, node.span.start)), lineBreak(source)));
}

export const examples: Examples = {
  bad: [
    {
      title: 'A URL in a group',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - <|https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef|>
`,
      },
      fixed: `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - vaultUrl: https://fleet.vault.azure.net
            key: sops
            version: 0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'An object',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - vaultUrl: https://fleet.vault.azure.net
            key: sops
            version: 0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
