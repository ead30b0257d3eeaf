import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { hubAddresses, isSas } from './_event-hubs.ts';

export default defineRule({
  id: 'flux/eventhub-sas-signature',
  on: hubAddresses,
  severity: 'error',
  summary: 'The address of a Provider for Event Hubs holds a shared access signature.',
  why: 'The controller recognizes a connection string by the text `SharedAccessKey`. One with a `SharedAccessSignature` is taken for the name of an event hub, and the controller signs in with an identity instead.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub.go isSASAuth'],
  versions: 'Flux 2.6 and later',
  *check({ node, texts }, { flux }) {
    if (!atLeast(flux, '2.6') || !texts.every((text) => text.includes('SharedAccessSignature') && !isSas(text))) return;
    yield report(
      node,
      'A connection string with a SharedAccessSignature is taken for the name of an event hub. Use one with a SharedAccessKey, or send with workload identity.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A signature',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: <|Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessSignature=\${SIGNATURE};EntityPath=flux-events|>
`,
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  secretRef:
    name: event-hub
`,
      },
    },
  ],
  good: [
    {
      title: 'A key; a name; a Secret of something else',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY};EntityPath=flux-events
---
apiVersion: v1
kind: Secret
metadata:
  name: app
  namespace: flux-system
stringData:
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessSignature=\${SIGNATURE}
`,
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  secretRef:
    name: event-hub
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: identity
  namespace: flux-system
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
`,
      },
    },
  ],
};
