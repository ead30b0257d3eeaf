import { FLAT_KEYS, isSet } from '../../model/views/sops-config.ts';
import { addEntry } from '../../yaml/edits.ts';
import { get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-rule-without-key',
  on: creationRules,
  severity: 'hint',
  summary: 'The rule names no key.',
  why: 'SOPS then needs a key on the command line or in the environment, and whoever encrypts without one gets another result than his colleague.',
  references: ['getsops/sops@v3.13.2 config/config.go'],
  *check({ rule }) {
    if (FLAT_KEYS.some((k) => isSet(get(rule.root, k))) || items(get(rule.root, 'key_groups')).length > 0) return;
    const place = rule.pathRegex ?? rule.root.entries[0];
    if (place)
      yield report(place, 'This rule names no key: sops must get one from the command line or the environment.', {
        fix: unsafeFix('Add azure_keyvault, to be filled in', addEntry(rule.root, 'azure_keyvault', '')),
      });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Only a path',
      files: {
        '.sops.yaml': `creation_rules:\n  - <|path_regex|>: .*\\.yaml\n    encrypted_regex: ^(data|stringData)$\n`,
      },
    },
  ],
  good: [
    {
      title: 'A key',
      files: {
        '.sops.yaml': `creation_rules:\n  - path_regex: .*\\.yaml\n    encrypted_regex: ^(data|stringData)$\n    age: age1exampleexampleexampleexampleexampleexampleexampleexample\n`,
      },
    },
  ],
};
