import { asScalar, get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/config-shamir-threshold',
  on: creationRules,
  severity: 'error',
  partial: true,
  summary: 'The threshold does not fit the number of key groups.',
  why: "The data key is split with Shamir's scheme, which needs a threshold of at least 2 and no more parts than there are: `threshold must be at least 2`, `parts cannot be less than threshold`.",
  references: ['getsops/sops@v3.13.2 shamir/shamir.go'],
  *check({ rule }) {
    const value = asScalar(get(rule.root, 'shamir_threshold'));
    const groups = items(get(rule.root, 'key_groups')).length;
    if (!value || typeof value.value !== 'number' || value.value === 0 || groups === 0) return;
    const threshold = value.value;
    if (!(threshold === 1 && groups >= 2) && threshold <= groups) return;
    const error = threshold > groups ? 'parts cannot be less than threshold' : 'threshold must be at least 2';
    yield report(
      value,
      `shamir_threshold ${threshold} does not fit ${groups} key group${groups === 1 ? '' : 's'}: ${error}.${groups >= 2 ? ` Write a number from 2 to ${groups}.` : ' Remove it.'}`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'More than there are groups',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    shamir_threshold: <|3|>
    key_groups:
      - age: [age1exampleexampleexampleexampleexampleexampleexampleexample]
      - pgp: [0123456789ABCDEF0123456789ABCDEF01234567]
`,
      },
    },
  ],
  good: [
    {
      title: 'Two of two, and none',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: a/.*
    encrypted_regex: ^(data|stringData)$
    shamir_threshold: 2
    key_groups:
      - age: [age1exampleexampleexampleexampleexampleexampleexampleexample]
      - pgp: [0123456789ABCDEF0123456789ABCDEF01234567]
  - encrypted_regex: ^(data|stringData)$
    shamir_threshold: 0
    key_groups:
      - age: [age1exampleexampleexampleexampleexampleexampleexampleexample]
`,
      },
    },
  ],
};
