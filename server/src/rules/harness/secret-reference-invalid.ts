import { replaceText } from '../../yaml/edits.ts';
import { entries } from '../../yaml/navigate.ts';
import type { Node, ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, literal } from './_connectors.ts';

const REFERENCE = /^((account|org)\.)?[a-zA-Z_][0-9a-zA-Z_$]{0,127}$/;

export default defineRule({
  id: 'harness/secret-reference-invalid',
  on: connectors,
  severity: 'error',
  partial: true,
  summary: 'A reference to a secret of Harness is none.',
  why: 'A secret is named by its identifier, with `org.` or `account.` before it for those of the organization or account. Those of the project have no prefix.',
  references: ['harness-core@1dcec145c5 SecretRefHelper.java'],
  *check({ spec }) {
    for (const node of referencesIn(spec)) {
      if (node.text === '' || REFERENCE.test(node.text)) continue;
      const good = node.text.replace(/^project\./, '');
      // The value may be the secret itself, so that it is not repeated.
      yield report(
        node,
        'Invalid Secret Reference: write the identifier of a secret, org.identifier or account.identifier.',
        {
          fix:
            good !== node.text && REFERENCE.test(good)
              ? unsafeFix('Drop the prefix', replaceText(node, good))
              : undefined,
        },
      );
    }
  },
});

/** The literal values of keys that end in `Ref`. */
function referencesIn(root: Node | undefined): ScalarNode[] {
  const found: ScalarNode[] = [];
  const stack: (Node | undefined)[] = [root];
  for (let i = 0; i < stack.length && i < 1000; i++)
    for (const { key, value } of entries(stack[i])) {
      const node = key.text.endsWith('Ref') ? literal(value) : undefined;
      if (node) found.push(node);
      else if (value.kind === 'map') stack.push(value);
    }
  return found;
}

export const examples: Examples = {
  bad: [
    {
      title: 'A prefix for the project',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: ManualConfig
      spec:
        applicationId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
        tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
        auth:
          type: Secret
          spec:
            secretRef: <|project.azure|>
`,
      fixed: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: ManualConfig
      spec:
        applicationId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
        tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
        auth:
          type: Secret
          spec:
            secretRef: azure
`,
    },
  ],
  good: [
    {
      title: 'Of the account, and an expression',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: ManualConfig
      spec:
        applicationId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
        tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
        auth:
          type: Secret
          spec:
            secretRef: account.azure
---
connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: ManualConfig
      spec:
        applicationId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
        tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
        auth:
          type: Secret
          spec:
            secretRef: <+input>
`,
    },
  ],
};
