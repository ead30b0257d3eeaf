import { atLeast } from '../../model/context.ts';
import { addEntry } from '../../yaml/edits.ts';
import { asMap, asScalar, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isHubUrl } from './_event-hubs.ts';
import { providersOf } from './_notifications.ts';
import { editable, isEmpty, isSet, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/eventhub-channel-missing',
  on: providersOf('azureeventhub'),
  severity: 'error',
  summary: 'A Provider names an event hub, but not its Event Hubs namespace.',
  why: 'Signing in with an identity (or a token) takes two names: `address` is the event hub, `channel` the Event Hubs namespace it is in, short or with its host name. Only a connection string holds both.',
  references: [
    'fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub.go',
    'fluxcd/notification-controller@v1.9.3 docs/spec/v1beta3/providers.md',
  ],
  versions: 'Flux 2.6 and later',
  *check({ object, specs, whole }, { flux }) {
    const address = asScalar(get(specs[0], 'address'));
    if (!whole || !address || !atLeast(flux, '2.6') || !specs.every(lacksNamespace)) return;
    const own = asMap(get(object.root, 'spec'));
    yield report(
      address,
      `"${address.text}" is the name of an event hub, and channel has to hold the Event Hubs namespace that it is in. Without it nothing is sent.`,
      {
        fix:
          own && !isSet(own, 'channel')
            ? unsafeFix('Add channel', addEntry(own, 'channel', '', editable(object, 'spec', 'address')))
            : undefined,
      },
    );
  },
});

/** A Secret may hold a connection string, which goes before the field: then nobody can tell. */
function lacksNamespace(spec: MapNode): boolean {
  if (isSet(spec, 'secretRef') || !isEmpty(spec, 'channel')) return false;
  const address = textOr(spec, ['address'], '');
  return !!address && !/SharedAccess(Key|Signature)/.test(address) && !isHubUrl(address);
}

export const examples: Examples = {
  bad: [
    {
      title: 'The hub without its namespace',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: <|flux-events|>
  serviceAccountName: event-sender
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: ""
  serviceAccountName: event-sender
`,
    },
  ],
  good: [
    {
      title: 'Both; and what may be a connection string',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events.servicebus.windows.net
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: connection
spec:
  type: azureeventhub
  address: "Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY};EntityPath=flux-events"
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: secret
spec:
  type: azureeventhub
  address: flux-events
  secretRef: { name: event-hub }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: later
spec:
  type: azureeventhub
  address: \${EVENT_HUB}
`,
    },
  ],
};
