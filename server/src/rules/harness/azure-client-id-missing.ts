import { addEntry, removeEntry } from '../../yaml/edits.ts';
import { asMap, asScalar, entry, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, isEmpty } from './_connectors.ts';

export default defineRule({
  id: 'harness/azure-client-id-missing',
  on: connectors,
  severity: 'error',
  summary:
    'A connector with a user-assigned identity does not say which, or one with the system-assigned identity does.',
  why: 'A delegate may have several user-assigned identities, and `clientId` says which. There is one system-assigned identity at most.',
  references: ['harness-core@1dcec145c5 954-connector-beans azureconnector/AzureUserAssignedMSIAuthDTO'],
  *check({ type, credentialType, auth }) {
    const kind = get(auth, 'type');
    if (type !== 'Azure' || credentialType !== 'InheritFromDelegate' || !auth || !kind || auth.damaged) return;
    const spec = entry(auth, 'spec');
    const map = asMap(spec?.value);
    const name = textAt(auth, 'type');
    if (name === 'UserAssignedManagedIdentity' && isEmpty(get(map, 'clientId')))
      yield report(
        kind,
        'UserAssignedManagedIdentity needs spec.clientId: the client id of the identity of the delegate.',
        {
          fix: spec
            ? map && !get(map, 'clientId') && map.entries.length > 0
              ? unsafeFix('Add clientId', addEntry(map, 'clientId', ''))
              : undefined
            : unsafeFix('Add spec.clientId', addEntry(auth, 'spec', { clientId: '' })),
        },
      );
    if (name === 'SystemAssignedManagedIdentity' && spec && asScalar(spec.value)?.value !== null)
      yield report(spec, 'SystemAssignedManagedIdentity takes no spec: there is but one such identity.', {
        fix: unsafeFix('Remove spec', removeEntry(spec)),
      });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No client id',
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
          type: <|UserAssignedManagedIdentity|>
    delegateSelectors: [fleet]
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
          type: UserAssignedManagedIdentity
          spec:
            clientId: ""
    delegateSelectors: [fleet]
`,
    },
  ],
  good: [
    {
      title: 'With a client id, and the system-assigned identity',
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
          type: UserAssignedManagedIdentity
          spec:
            clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    delegateSelectors: [fleet]
---
connector:
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
    delegateSelectors: [fleet]
`,
    },
  ],
};
