import { goRegexp } from '../../text/go-regexp.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-selector-too-wide',
  on: creationRules,
  severity: 'warning',
  partial: true,
  summary: 'The pattern also matches `apiVersion`, `kind` or `metadata`.',
  why: 'SOPS searches the pattern in each key on the way to a value, without anchors: `data` matches `metadata` as well. With its identity encrypted no controller can tell what the object is.',
  references: [
    'getsops/sops@v3.13.2 sops.go:458-500',
    'https://github.com/getsops/sops/pull/509',
    'https://github.com/getsops/sops/issues/368',
  ],
  *check({ rule }) {
    const value = asScalar(get(rule.root, 'encrypted_regex'));
    const pattern = value && text(value);
    if (!value || !pattern) return;
    // Values files, environment files and state have no such keys.
    const path = text(rule.pathRegex?.value) ?? '';
    if (/values|\.env|\.json|tfvars|\.ini/.test(path)) return;
    const expression = goRegexp(pattern);
    const word = expression && ['apiVersion', 'kind', 'metadata'].find((w) => expression.search(w));
    if (!word) return;
    const words = /^\(?([A-Za-z]+(\|[A-Za-z]+)*)\)?$/.exec(pattern)?.[1];
    yield report(
      value,
      `This pattern also matches "${word}", which must stay readable: SOPS searches it anywhere in a key. Anchor it, as in ^(data|stringData)$.`,
      {
        fix:
          words && !/\b(apiVersion|kind|metadata)\b/.test(words)
            ? unsafeFix(`Write ^(${words})$`, replaceText(value, `^(${words})$`))
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'data matches metadata',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: .*\\.yaml
    encrypted_regex: <|'data|stringData'|>
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
      fixed: `creation_rules:
  - path_regex: .*\\.yaml
    encrypted_regex: '^(data|stringData)$'
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'Anchored',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
