import { VAULT_SUFFIXES } from '../../azure/key-vault.ts';
import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { replacePart } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { keyReferences, vaultOf } from './_views.ts';

export default defineRule({
  id: 'sops/vault-host-unknown',
  on: keyReferences,
  severity: 'warning',
  partial: true,
  summary: 'The host is no host of a Key Vault in any cloud.',
  why: 'SOPS does not check the host; it asks whatever answers there for the key, or fails to find it. Private clouds have suffixes of their own: name them in the setting `keyVaultSuffixes`.',
  references: [
    'getsops/sops@v3.13.2 azkv/keysource.go',
    'https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates',
  ],
  *check({ vault }, { settings }) {
    if (!vault || isTemplate(vault.text) || vaultOf(vault.text, settings.keyVaultSuffixes)) return;
    const host = vault.text.replace(/:\d+$/, '');
    const dot = host.indexOf('.');
    const meant = dot < 0 ? undefined : nearest(host.slice(dot + 1).toLowerCase(), VAULT_SUFFIXES, 3);
    yield report(
      vault.place,
      `"${host}" is no known Key Vault host; vaults of the public cloud are below vault.azure.net.`,
      {
        fix: meant
          ? unsafeFix(
              `Write ${host.slice(0, dot)}.${meant}`,
              replacePart(vault.node, vault.start, vault.start + host.length, `${host.slice(0, dot)}.${meant}`),
            )
          : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A slip in the suffix',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://<|fleet.vaults.azure.net|>/keys/sops/0123456789abcdef0123456789abcdef
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
      title: 'Other clouds, and a private one by a setting',
      settings: { keyVaultSuffixes: ['vault.contoso.example'] },
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault:
      - https://fleet.vault.azure.cn/keys/sops/0123456789abcdef0123456789abcdef
      - https://fleet.vault.usgovcloudapi.net/keys/sops/0123456789abcdef0123456789abcdef
      - https://fleet.vault.contoso.example/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
