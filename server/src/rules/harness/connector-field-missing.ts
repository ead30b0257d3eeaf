import { addEntries } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, isEmpty } from './_connectors.ts';

export default defineRule({
  id: 'harness/connector-field-missing',
  on: connectors,
  severity: 'error',
  summary: 'A connector lacks its name, identifier, type or spec.',
  why: 'Harness refuses a connector without one of the four.',
  references: ['harness-core@1dcec145c5 954-connector-beans ConnectorInfoDTO'],
  *check({ entry, root }) {
    if (root.damaged) return;
    const missing = ['name', 'identifier', 'type', 'spec'].filter((key) => {
      const node = get(root, key);
      return key === 'spec' ? node === undefined || (node.kind === 'scalar' && node.value === null) : isEmpty(node);
    });
    if (missing.length === 0) return;
    const absent = missing.filter((key) => get(root, key) === undefined && key !== 'spec');
    yield report(entry, `The connector lacks ${missing.join(', ')}: Harness refuses it.`, {
      fix:
        absent.length > 0
          ? unsafeFix(`Add ${absent.join(', ')}`, addEntries(root, Object.fromEntries(absent.map((k) => [k, '']))))
          : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No identifier',
      yaml: `<|connector|>:
  name: Fleet
  type: K8sCluster
  spec: {}
`,
      fixed: `connector:
  name: Fleet
  type: K8sCluster
  spec: {}
  identifier: ""
`,
    },
  ],
  good: [
    {
      title: 'All four',
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
`,
    },
  ],
};
