import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, isSet } from './_sources.ts';

export default defineRule({
  id: 'flux/provider-proxy-deprecated',
  on: kinds('notification.toolkit.fluxcd.io/Provider'),
  severity: 'hint',
  partial: true,
  summary: '`proxy` of a Provider is deprecated.',
  why: 'A URL with the password of a proxy in it does not belong into a manifest: since Flux 2.7 `proxySecretRef` names a Secret with the keys `address`, `username` and `password`, as the sources have it. The controller logs a warning for `proxy`, and Provider v1 will not have the field.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/server/event_handlers.go'],
  versions: 'Flux 2.7 and later',
  *check(object, { flux }) {
    const entry = editable(object, 'spec', 'proxy');
    if (!entry || !isSet(object.root, 'spec', 'proxy') || !atLeast(flux, '2.7')) return;
    yield report(
      entry.value,
      'spec.proxy is deprecated since Flux 2.7. Put the URL into the key address of a Secret, and name the Secret in proxySecretRef.',
      { tags: ['deprecated'] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The URL in the manifest',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
  proxy: <|http://proxy.contoso.com:3128|>
`,
    },
  ],
  good: [
    {
      title: 'A Secret',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
  proxySecretRef:
    name: proxy
`,
    },
    {
      title: 'A Flux that has nothing else yet',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
  proxy: http://proxy.contoso.com:3128
`,
      settings: { fluxVersion: '2.6' },
    },
  ],
};
