import { hostOf } from '../../azure/clouds.ts';
import { isEventHubName } from '../../azure/event-hubs.ts';
import { atLeast } from '../../model/context.ts';
import { addEntry, replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, asScalar, get } from '../../yaml/navigate.ts';
import type { MapNode, ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isHubUrl } from './_event-hubs.ts';
import { type NotificationProvider, providersOf } from './_notifications.ts';
import { isSet, literalAt } from './_sources.ts';

export default defineRule({
  id: 'flux/eventhub-address-not-hub-name',
  on: providersOf('azureeventhub'),
  severity: 'error',
  summary: 'The address of a Provider for Event Hubs is a URL or a host name.',
  why: 'What is no connection string is taken for the name of an event hub, letter by letter. The Event Hubs namespace, short or with its host name, belongs into `channel`; the controller makes the URL from the two.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub.go'],
  versions: 'Flux 2.6 and later',
  *check(provider, { flux, workspace }) {
    const { object, specs } = provider;
    const address = literalAt(specs[0], 'address');
    if (!address || !atLeast(flux, '2.6') || !specs.every(namesHost)) return;
    const url = withoutCredentials(address.text);
    yield report(
      address,
      `address has to be the bare name of the event hub, and "${url}" is taken for one. Put the Event Hubs namespace into channel and the event hub into address.`,
      { fix: workspace.patchesFor(object).length === 0 ? split(provider, address) : undefined },
    );
  },
});

/** The key `address` of a Secret goes before the field; whether there is one is not for this rule to find out. */
function namesHost(spec: MapNode): boolean {
  const address = literalAt(spec, 'address')?.text;
  if (address === undefined || isSet(spec, 'secretRef')) return false;
  return isHubUrl(address) && !/SharedAccess(Key|Signature)/.test(address);
}

const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/, '');

function split({ object }: NotificationProvider, address: ScalarNode) {
  const own = asMap(get(object.root, 'spec'));
  const url = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]+)(?:\/+([^/?#]+))?\/*$/i.exec(address.text);
  if (!own || !url || address.synthetic || asScalar(get(own, 'address')) !== address) return undefined;
  const namespace = hostOf(url[1] as string);
  const hub = url[2] ?? '';
  if (hub !== '' && !isEventHubName(hub)) return undefined;
  const edits: TreeEdit[] = [replaceText(address, hub)];
  const channel = asScalar(get(own, 'channel'));
  if (channel && !isSet(own, 'channel')) return undefined;
  if (!channel) edits.push(addEntry(own, 'channel', namespace));
  else if (channel.text !== namespace && !namespace.startsWith(`${channel.text}.`))
    edits.push(replaceText(channel, namespace));
  return unsafeFix(hub ? 'Split it into address and channel' : 'Move the namespace to channel', ...edits);
}

export const examples: Examples = {
  bad: [
    {
      title: 'A URL',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: <|https://contoso-events.servicebus.windows.net/flux-events|> # West Europe
  serviceAccountName: event-sender
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events # West Europe
  serviceAccountName: event-sender
  channel: contoso-events.servicebus.windows.net
`,
    },
    {
      title: 'The namespace in the place of the hub, and the other way round',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: <|"contoso-events.servicebus.chinacloudapi.cn/flux-events"|>
  channel: contoso-events
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: "flux-events"
  channel: contoso-events
`,
    },
  ],
  good: [
    {
      title: 'The name; a connection string; an address that a Secret may replace',
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
  address: https://contoso-events.servicebus.windows.net/flux-events
  secretRef: { name: event-hub }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: later
spec:
  type: azureeventhub
  address: https://\${NAMESPACE}.servicebus.windows.net/flux-events
  channel: contoso-events
`,
    },
  ],
};
