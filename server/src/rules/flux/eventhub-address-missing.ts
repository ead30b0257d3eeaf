import { defineRule, type Examples, report } from '../define.ts';
import { providersOf } from './_notifications.ts';
import { isEmpty, isSet, nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/eventhub-address-missing',
  on: providersOf('azureeventhub'),
  severity: 'error',
  summary: 'A Provider for Event Hubs has no address.',
  why: 'The address is the name of the event hub, or a connection string; it stands in `address` or in the key `address` of the Secret. Without one the controller can send nothing, and as a Provider has no status that shows only as an event of the Alert.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub.go'],
  *check({ object, specs, whole }) {
    if (!whole || specs.some((spec) => isSet(spec, 'secretRef') || !isEmpty(spec, 'address'))) return;
    yield report(
      nameOf(object),
      'invalid authentication options: endpoint URL cannot be empty. Set address to the name of the event hub and channel to its Event Hubs namespace, or name a Secret with a connection string in the key address.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A namespace alone',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: <|events|>
spec:
  type: azureeventhub
  channel: contoso-events
`,
      message: 'endpoint URL cannot be empty',
    },
    {
      title: 'An empty one',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: <|events|>
spec:
  type: azureeventhub
  address: ""
  channel: contoso-events
`,
    },
  ],
  good: [
    {
      title: 'In the field, in a Secret, from an overlay',
      files: {
        'base/providers.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: secret
spec:
  type: azureeventhub
  secretRef: { name: event-hub }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: later
spec:
  type: azureeventhub
`,
        'base/kustomization.yaml': 'resources: [providers.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: notification.toolkit.fluxcd.io/v1beta3
      kind: Provider
      metadata:
        name: later
      spec:
        address: flux-events
        channel: contoso-west
`,
      },
    },
    {
      title: 'Another type',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: teams
spec:
  type: msteams
`,
    },
  ],
};
