import { atLeast } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { addressesOf, isSas } from './_event-hubs.ts';
import { providersOf } from './_notifications.ts';
import { editable, isEmpty, placeAt } from './_sources.ts';

export default defineRule({
  id: 'flux/eventhub-sas-with-service-account',
  on: providersOf('azureeventhub'),
  severity: 'error',
  summary: 'A Provider for Event Hubs has both a connection string and a ServiceAccount.',
  why: 'A connection string with a shared access key and an identity are two ways to sign in, and the controller refuses to choose. With the ServiceAccount the address is the name of the event hub and `channel` its namespace.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub.go validateSASAuth'],
  versions: 'Flux 2.6 and later',
  *check(provider, { workspace, flux }) {
    const { object, specs } = provider;
    if (!atLeast(flux, '2.6') || specs.some((spec) => isEmpty(spec, 'serviceAccountName'))) return;
    if (!addressesOf(provider, workspace)?.every(isSas)) return;
    const account = editable(object, 'spec', 'serviceAccountName');
    yield report(
      placeAt(object, 'spec', 'serviceAccountName'),
      'invalid authentication options: serviceAccountName and SAS authentication cannot be set at the same time. Remove serviceAccountName, or replace the connection string by the name of the event hub and set channel.',
      { fix: account && unsafeFix('Remove serviceAccountName, to use the connection string', removeEntry(account)) },
    );
  },
});

const secret = (address: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: ${address}
`;
const CONNECTION =
  'Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${KEY};EntityPath=flux-events';

export const examples: Examples = {
  bad: [
    {
      title: 'The connection string in the Secret',
      files: {
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  <|serviceAccountName|>: event-sender
  secretRef: { name: event-hub }
`,
        'secret.yaml': secret(CONNECTION),
      },
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  secretRef: { name: event-hub }
`,
    },
    {
      title: 'In the field',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  <|serviceAccountName|>: event-sender
  address: ${CONNECTION}
`,
    },
  ],
  good: [
    {
      title: 'One of the two; the name of the event hub in the Secret',
      files: {
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  serviceAccountName: event-sender
  channel: contoso-events
  secretRef: { name: event-hub }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: key
  namespace: flux-system
spec:
  type: azureeventhub
  address: ${CONNECTION}
`,
        'secret.yaml': secret('flux-events'),
      },
    },
    {
      title: 'Two overlays, each with one of them',
      files: {
        'base/provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
`,
        'base/kustomization.yaml': 'resources: [provider.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Provider }
    patch: |
      - { op: add, path: /spec/serviceAccountName, value: event-sender }
`,
        'lab/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Provider }
    patch: |
      - { op: replace, path: /spec/address, value: "${CONNECTION}" }
`,
      },
    },
  ],
};
