import { vaultObjectThatIsNoKey } from '../../azure/key-vault.ts';
import { keyUrlsOf } from '../../model/views/sops-config.ts';
import { replacePart } from '../../yaml/edits.ts';
import { defineRule, type Examples, partOf, report, unsafeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/key-url-not-a-key',
  on: creationRules,
  severity: 'error',
  partial: true,
  summary: 'The URL names a secret or certificate instead of a key.',
  why: 'SOPS encrypts its data key with a key of Key Vault. Secrets and certificates have URLs of their own; a certificate has a key of the same name, with a version of its own.',
  references: ['getsops/sops@v3.13.2 azkv/keysource.go'],
  *check({ rule }) {
    for (const url of keyUrlsOf(rule.root)) {
      const kind = vaultObjectThatIsNoKey(url.text);
      if (!kind) continue;
      const at = url.text.search(/\/(secrets|certificates)\//) + 1;
      yield report(
        partOf(url.node, url.start, url.end),
        `SOPS needs a key (…/keys/…), and this URL names a ${kind}: "${url.text}".`,
        {
          fix: unsafeFix(
            'Name the key',
            replacePart(url.node, url.start + at, url.start + at + kind.length + 1, 'keys'),
          ),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A secret',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: <|https://fleet.vault.azure.net/secrets/sops/0123456789abcdef0123456789abcdef|>
`,
      },
      fixed: `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'A key',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
