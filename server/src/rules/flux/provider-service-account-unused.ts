import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { providersOf } from './_notifications.ts';
import { editable, isSet, placeAt } from './_sources.ts';

const READ_BY = new Set(['azureeventhub', 'azuredevops', 'googlepubsub']);

export default defineRule({
  id: 'flux/provider-service-account-unused',
  on: providersOf(),
  severity: 'warning',
  summary: 'A Provider has a `serviceAccountName` that its type does not read.',
  why: 'An identity of its own is something that only `azureeventhub`, `azuredevops` and `googlepubsub` can use. All other types send with what stands in their Secret, or with nothing, and ignore the field.',
  references: ['fluxcd/notification-controller@v1.9.3 api/v1beta3/provider_types.go ServiceAccountName'],
  versions: 'Flux 2.6 and later',
  *check({ object, type, specs }) {
    if (READ_BY.has(type) || !specs.every((spec) => isSet(spec, 'serviceAccountName'))) return;
    const entry = editable(object, 'spec', 'serviceAccountName');
    yield report(
      placeAt(object, 'spec', 'serviceAccountName'),
      `serviceAccountName has no effect for type ${type}: only azureeventhub, azuredevops and googlepubsub sign in with a ServiceAccount. Remove it, and name the credentials in secretRef.`,
      { fix: entry && unsafeFix('Remove serviceAccountName', removeEntry(entry)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On Teams',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: teams
spec:
  type: msteams
  <|serviceAccountName|>: event-sender
  secretRef:
    name: teams-webhook
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: teams
spec:
  type: msteams
  secretRef:
    name: teams-webhook
`,
    },
  ],
  good: [
    {
      title: 'On the types that read it, and a type that is not known',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
  serviceAccountName: event-sender
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  serviceAccountName: status-writer
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: any
spec:
  type: "{{ .Values.type }}"
  serviceAccountName: event-sender
`,
    },
    {
      title: 'An overlay chooses the type',
      files: {
        'base/provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: generic
  serviceAccountName: status-writer
`,
        'base/kustomization.yaml': 'resources: [provider.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Provider }
    patch: |
      - op: replace
        path: /spec/type
        value: azuredevops
      - op: add
        path: /spec/address
        value: https://dev.azure.com/contoso/fleet/_git/clusters
`,
      },
    },
  ],
};
