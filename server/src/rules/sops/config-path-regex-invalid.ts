import { goRegexp } from '../../text/go-regexp.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get, items } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { onlyLanguages, view } from '../views.ts';
import { sopsConfigs } from './_views.ts';

const patterns = view<ScalarNode>(
  'path_regex of creation and destination rules',
  function* (unit, context) {
    for (const { root } of sopsConfigs.select(unit, context))
      for (const list of ['creation_rules', 'destination_rules'])
        for (const rule of items(get(root, list))) {
          const value = asScalar(get(rule, 'path_regex'));
          if (value && typeof value.value === 'string') yield value;
        }
  },
  onlyLanguages('sops-config'),
);

export default defineRule({
  id: 'sops/config-path-regex-invalid',
  on: patterns,
  severity: 'error',
  partial: true,
  summary: 'The `path_regex` does not compile.',
  why: 'SOPS stops at it with `can not compile regexp`, also for files that another rule is for. A shell glob such as `*.yaml` is no regular expression.',
  references: ['getsops/sops@v3.13.2 config/config.go'],
  *check(value) {
    if (goRegexp(value.text)) return;
    const glob = /^[\w*./-]*$/.test(value.text)
      ? `${value.text.replace(/[.]/g, '\\.').replace(/\*+/g, '.*')}$`
      : undefined;
    yield report(
      value,
      `SOPS stops here: can not compile regexp "${value.text}".${glob ? ' This looks like a glob; path_regex is a regular expression of Go.' : ''}`,
      {
        fix: glob && goRegexp(glob) ? unsafeFix(`Write ${glob}`, replaceText(value, glob)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A glob',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: <|'*.yaml'|>
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
      fixed: `creation_rules:
  - path_regex: '.*\\.yaml$'
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'A regular expression',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: clusters/[^/]+/secrets/.*\\.ya?ml$
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
