import { addEntry } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, isEmpty } from './_connectors.ts';

export default defineRule({
  id: 'harness/delegate-selectors-missing',
  on: connectors,
  severity: 'error',
  summary: 'A connector takes the credential of a delegate and does not say which.',
  why: 'With `InheritFromDelegate` the delegate logs in with what it has: its managed identity or ServiceAccount. Harness has to know which delegates.',
  references: ['harness-core@1dcec145c5 954-connector-beans AzureConnectorDTO.java:73'],
  *check({ type, spec, credential, credentialType }) {
    if ((type !== 'Azure' && type !== 'K8sCluster') || credentialType !== 'InheritFromDelegate') return;
    const kind = get(credential, 'type');
    if (!spec || !kind || spec.damaged || !isEmpty(get(spec, 'delegateSelectors'))) return;
    yield report(
      kind,
      'Delegate Selector cannot be null for inherit from delegate credential type: list the delegates in delegateSelectors of spec.',
      {
        fix: get(spec, 'delegateSelectors')
          ? undefined
          : unsafeFix('Add delegateSelectors', addEntry(spec, 'delegateSelectors', [''])),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No delegate',
      yaml: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: <|InheritFromDelegate|>
`,
      fixed: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: InheritFromDelegate
    delegateSelectors:
      - ""
`,
    },
  ],
  good: [
    {
      title: 'A delegate, and a credential of its own',
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
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: ManualConfig
`,
    },
  ],
};
