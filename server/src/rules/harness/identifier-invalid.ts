import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, literal } from './_connectors.ts';

const IDENTIFIER = /^[a-zA-Z_][0-9a-zA-Z_$]{0,127}$/;
const RESERVED = new Set(
  'or and eq ne lt gt le ge div mod not null true false new var return step parallel stepGroup org account class shellScriptProvisioner'.split(
    ' ',
  ),
);

export default defineRule({
  id: 'harness/identifier-invalid',
  on: connectors,
  severity: 'error',
  partial: true,
  summary: 'The identifier of a connector has characters that Harness refuses, or is a reserved word.',
  why: 'Identifiers are parts of expressions, so that they are words of letters, digits, `_` and `$`. Names may have blanks and hyphens.',
  references: ['harness-core@1dcec145c5 980-commons EntityIdentifierValidator.java:31'],
  *check({ root }) {
    const node = literal(get(root, 'identifier'));
    if (!node || node.text === '') return;
    const reserved = RESERVED.has(node.text);
    if (!reserved && IDENTIFIER.test(node.text)) return;
    const good = node.text.replace(/[^0-9a-zA-Z_$]/g, '_').replace(/^(?=[0-9$])/, '_');
    yield report(
      node,
      reserved
        ? `"${node.text}" is a reserved word: choose another identifier.`
        : `"${node.text}" is no identifier: letters, digits, _ and $ are legal, at most 128, and no digit comes first.`,
      { fix: !reserved && IDENTIFIER.test(good) ? unsafeFix(`Write ${good}`, replaceText(node, good)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A hyphen',
      yaml: `connector:
  name: Azure fleet
  identifier: <|azure-fleet|>
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: InheritFromDelegate
      spec:
        auth:
          type: SystemAssignedManagedIdentity
    delegateSelectors:
      - fleet
`,
      fixed: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: InheritFromDelegate
      spec:
        auth:
          type: SystemAssignedManagedIdentity
    delegateSelectors:
      - fleet
`,
    },
  ],
  good: [
    {
      title: 'A word, and an expression',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: InheritFromDelegate
      spec:
        auth:
          type: SystemAssignedManagedIdentity
    delegateSelectors:
      - fleet
---
connector:
  name: Azure fleet
  identifier: <+input>
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: InheritFromDelegate
      spec:
        auth:
          type: SystemAssignedManagedIdentity
    delegateSelectors:
      - fleet
`,
    },
  ],
};
