import { parseKeyUrl } from '../../azure/key-vault.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { groupKeysOf, isSet } from '../../model/views/sops-config.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asMap, asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-vault-url-path',
  on: creationRules,
  severity: 'warning',
  partial: true,
  summary: '`vaultUrl` is the address of the vault, without a path.',
  why: 'SOPS appends `/keys/…` itself. With a path the URL it asks for does not exist.',
  references: ['getsops/sops@v3.13.2 config/config.go', 'getsops/sops@v3.13.2 azkv/keysource.go'],
  *check({ rule }) {
    for (const item of groupKeysOf(rule.root)) {
      const map = asMap(item);
      const url = asScalar(get(map, 'vaultUrl'));
      if (
        !map ||
        !url ||
        typeof url.value !== 'string' ||
        isTemplate(url.text) ||
        /^https:\/\/[^/]+\/?$/.test(url.text)
      )
        continue;
      const parsed = parseKeyUrl(url.text);
      const host = /^https:\/\/[^/]+/.exec(url.text)?.[0];
      const edits = [
        host ? replaceText(url, host) : undefined,
        ...(parsed && !isSet(get(map, 'key')) ? [addEntry(map, 'key', parsed.key)] : []),
        ...(parsed?.version && !isSet(get(map, 'version')) && isSet(get(map, 'key'))
          ? [addEntry(map, 'version', parsed.version)]
          : []),
      ];
      yield report(
        url,
        `vaultUrl is the address of the vault only, as https://<vault>.vault.azure.net: SOPS appends /keys/… to "${url.text}".`,
        { fix: host ? unsafeFix('Cut the path', ...edits) : undefined },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The URL of the key',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - vaultUrl: <|https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef|>
            key: sops
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
      title: 'The address alone',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - vaultUrl: https://fleet.vault.azure.net/
            key: sops
            version: 0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
