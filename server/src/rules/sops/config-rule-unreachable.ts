import { defineRule, type Examples, related, report } from '../define.ts';
import { sopsConfigs } from './_views.ts';

export default defineRule({
  id: 'sops/config-rule-unreachable',
  on: sopsConfigs,
  severity: 'warning',
  partial: true,
  summary: 'A rule before this one matches every file.',
  why: 'SOPS takes the first creation rule whose `path_regex` matches. A rule without one, or with `.*`, ends the list.',
  references: ['getsops/sops@v3.13.2 config/config.go'],
  *check({ rules }) {
    const at = rules.findIndex((r) => r.catchAll);
    const all = rules[at];
    if (!all) return;
    for (const rule of rules.slice(at + 1)) {
      const place = rule.pathRegex ?? rule.root.entries[0];
      const first = all.pathRegex ?? all.root.entries[0];
      if (place)
        yield report(
          place,
          `This rule is never used: rule ${at + 1} before it matches every file. Move that one to the end.`,
          { related: first ? [related(first, 'It matches every file')] : [], tags: ['unnecessary'] },
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Behind a rule without path_regex',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
  - <|path_regex|>: clusters/prod/.*
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://prod-vault.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
  good: [
    {
      title: 'The catch-all last',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: clusters/prod/.*
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://prod-vault.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
