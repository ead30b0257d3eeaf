import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { keyReferences } from './_views.ts';

export default defineRule({
  id: 'sops/key-version-empty',
  on: keyReferences,
  severity: 'info',
  partial: true,
  summary: 'The key is named without a version.',
  why: 'SOPS 3.11 and later look up the newest version, for which the identity also needs the right `get`, and write it into the file. Older versions, Flux before 2.8 among them, fail.',
  references: [
    'getsops/sops@v3.13.2 azkv/keysource.go',
    'https://github.com/getsops/sops/pull/1919',
    'https://github.com/getsops/sops/issues/2112',
  ],
  versions: 'SOPS 3.11 and later; older ones fail',
  *check(key, { sops }) {
    if (key.form === 'file' || (key.version?.text ?? '') !== '' || !key.vault) return;
    const old = sops.known && !atLeast(sops, '3.11');
    // An older SOPS refuses such a URL: sops/key-url-invalid says so.
    if (old && key.form === 'url') return;
    yield report(
      key.place,
      'Without a version SOPS 3.11 and later look up the newest key, which needs the right get; older versions fail. Pin the version to be sure.',
      { severity: old ? 'warning' : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A URL and an object',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: a/.*
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: <|https://fleet.vault.azure.net/keys/sops|>
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - <|vaultUrl|>: https://fleet.vault.azure.net
            key: sops
`,
      },
    },
  ],
  good: [
    {
      title: 'Pinned',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
