import { atLeast } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { type HubAddress, hubAddresses } from './_event-hubs.ts';

export default defineRule({
  id: 'flux/eventhub-entity-path-missing',
  on: hubAddresses,
  severity: 'error',
  summary: 'The connection string of an event hub does not say which event hub.',
  why: 'The connection string of a whole namespace has no `EntityPath`; that of one event hub has it at its end. Since Flux 2.7 the controller needs it: nothing else in the Provider names the event hub.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub_test.go'],
  versions: 'Flux 2.7 and later',
  *check(address, { flux }) {
    if (!atLeast(flux, '2.7') || !address.texts.every(lacksEntityPath)) return;
    yield report(
      address.node,
      'failed to create a eventhub using SAS: connection string does not contain an EntityPath. eventHub cannot be an empty string. Append ;EntityPath= with the name of the event hub, or copy the connection string of the event hub rather than that of the namespace.',
      { fix: append(address) },
    );
  },
});

function lacksEntityPath(text: string): boolean {
  const parts = text.split(';').map((part) => part.trim());
  // A part that is a variable as a whole may be the one.
  if (!text.includes('SharedAccessKey=') || parts.some((part) => part === 'templated')) return false;
  return !parts.some((part) => /^EntityPath=./i.test(part));
}

function append({ node, item }: HubAddress) {
  const encoded = item?.field === 'data';
  if (encoded || node.synthetic || node.style === 'literal' || node.style === 'folded') return undefined;
  const text = node.text.replace(/;?(EntityPath=)?\s*$/i, '');
  return unsafeFix('Append EntityPath', replaceText(node, `${text};EntityPath=<event-hub>`));
}

const PROVIDER = `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  secretRef:
    name: event-hub
`;

export const examples: Examples = {
  bad: [
    {
      title: 'The connection string of the namespace',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: <|Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY}|> # send only
`,
        'provider.yaml': PROVIDER,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY};EntityPath=<event-hub> # send only
`,
      message: 'connection string does not contain an EntityPath',
    },
    {
      title: 'Encoded',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
data:
  address: <|RW5kcG9pbnQ9c2I6Ly9jb250b3NvLWV2ZW50cy5zZXJ2aWNlYnVzLndpbmRvd3MubmV0LztTaGFyZWRBY2Nlc3NLZXlOYW1lPXNlbmQ7U2hhcmVkQWNjZXNzS2V5PSR7S0VZfTtFbnRpdHlQYXRoPQ==|>
`,
        'provider.yaml': PROVIDER,
      },
    },
    {
      title: 'In the field',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: <|"Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY}"|>
`,
    },
  ],
  good: [
    {
      title: 'With one, or what may be one; in a field that the Secret replaces',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY};EntityPath=flux-events
`,
        'provider.yaml': `${PROVIDER}  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY}
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: variable
spec:
  type: azureeventhub
  address: Endpoint=sb://\${NAMESPACE};SharedAccessKeyName=send;SharedAccessKey=\${KEY};\${ENTITY_PATH}
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: elsewhere
spec:
  type: azureeventhub
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY}
  secretRef: { name: not-here }
`,
      },
    },
    {
      title: 'A Flux that does without',
      files: {
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY}
`,
      },
      settings: { fluxVersion: '2.6' },
    },
  ],
};
