import { selectorsOf } from '../../model/views/sops-config.ts';
import { goRegexp } from '../../text/go-regexp.ts';
import { asScalar } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { view } from '../views.ts';
import { creationRules, mayBeSops, sopsBlocks } from './_views.ts';

const patterns = view<Entry>('regular expressions of selectors', function* (unit, context) {
  if (!mayBeSops(unit)) return;
  for (const { rule } of creationRules.select(unit, context)) yield* selectorsOf(rule.root);
  for (const file of sopsBlocks.select(unit, context)) yield* selectorsOf(file.sops);
});

export default defineRule({
  id: 'sops/config-regex-not-re2',
  on: patterns,
  severity: 'error',
  partial: true,
  summary: "Go's regular expressions have no look-around and no back-references.",
  why: 'SOPS drops the error of a pattern that does not compile and takes it as matching nothing. With `encrypted_regex` nothing is encrypted then, and the file is committed in plain text; with `unencrypted_regex` everything is.',
  references: ['getsops/sops@v3.13.2 sops.go:458-500', 'https://github.com/google/re2/wiki/Syntax'],
  *check(entry) {
    const value = asScalar(entry.value);
    if (!entry.key.text.endsWith('_regex') || !value || goRegexp(value.text)) return;
    const result = entry.key.text.startsWith('unencrypted') ? 'encrypts everything' : 'encrypts nothing';
    yield report(
      value,
      `Go's regexp cannot compile this pattern: SOPS drops the error and ${result}. Look-around and back-references do not exist there.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A look-ahead',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: <|^(?!metadata).*$|>
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
      message: 'encrypts nothing',
    },
  ],
  good: [
    {
      title: 'What Go understands and JavaScript does not',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: (?i)^(?P<name>[[:alpha:]]+Data|\\pLata)\\z
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
