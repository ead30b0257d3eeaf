import { addEntry, replaceText } from '../../yaml/edits.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, literal } from './_connectors.ts';

export default defineRule({
  id: 'harness/azure-environment-unknown',
  on: connectors,
  severity: 'error',
  summary: 'A connector for Azure does not say which cloud, or one that Harness does not know.',
  why: 'Harness knows the public cloud (`AZURE`) and US Government (`AZURE_US_GOVERNMENT`), and needs one of them.',
  references: ['harness-core@1dcec145c5 970-api-services-beans AzureEnvironmentType.java'],
  *check({ root, type, spec }) {
    if (type !== 'Azure' || !spec || spec.damaged) return;
    const entry = getEntry(spec, 'azureEnvironmentType');
    const place = getEntry(root, 'spec');
    if (!entry) {
      if (place)
        yield report(place, 'azureEnvironmentType is missing: write AZURE or AZURE_US_GOVERNMENT.', {
          fix: unsafeFix('Add azureEnvironmentType: AZURE', addEntry(spec, 'azureEnvironmentType', 'AZURE')),
        });
      return;
    }
    const node = literal(entry.value);
    if (!node || node.text === 'AZURE' || node.text === 'AZURE_US_GOVERNMENT') return;
    const meant = /gov/i.test(node.text) ? 'AZURE_US_GOVERNMENT' : 'AZURE';
    yield report(node, `azureEnvironmentType is AZURE or AZURE_US_GOVERNMENT, not "${node.text}".`, {
      fix: unsafeFix(`Write ${meant}`, replaceText(node, meant)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The name of go-autorest',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: <|AzurePublicCloud|>
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
      title: 'A cloud; another type of connector',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE_US_GOVERNMENT
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
      type: InheritFromDelegate
    delegateSelectors: [fleet]
`,
    },
  ],
};
