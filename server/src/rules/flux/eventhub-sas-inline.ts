import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, partOf, report } from '../define.ts';
import { kinds } from '../views.ts';

export default defineRule({
  id: 'flux/eventhub-sas-inline',
  on: kinds('notification.toolkit.fluxcd.io/Provider'),
  severity: 'warning',
  partial: true,
  summary: 'A Provider holds the key of an event hub in plain text.',
  why: 'Who can read the repository, or the Provider in the cluster, can send to the event hub and to whatever else the key is for. The key `address` of the Secret that `secretRef` names goes before the field; better still is an identity, which needs no key at all.',
  references: ['fluxcd/notification-controller@v1.9.3 docs/spec/v1beta3/providers.md'],
  *check(object) {
    const type = textAt(object.root, 'spec', 'type');
    const address = asScalar(get(object.root, 'spec', 'address'));
    if (!address || typeof address.value !== 'string' || (type !== undefined && type !== 'azureeventhub')) return;
    const key = /SharedAccessKey=([^;\s]+)/.exec(address.text);
    const value = key?.[1];
    if (!key || !value || isTemplate(value) || isPlaceholder(value) || looksEncrypted(value) || /^\*+$/.test(value))
      return;
    const start = key.index + key[0].length - value.length;
    yield report(
      partOf(address, start, start + value.length),
      'The shared access key is a secret, and here everybody with the repository can read it. Renew it, and put the connection string into the key address of the Secret in secretRef, or send with workload identity.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In the manifest',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=<|bm90IGEga2V5|>;EntityPath=flux-events
`,
    },
    {
      title: 'In a patch of an overlay',
      files: {
        'kustomization.yaml': `resources: [provider.yaml]
patches:
  - target: { kind: Provider, name: events }
    patch: |
      - op: replace
        path: /spec/address
        value: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=<|bm90IGEga2V5|>;EntityPath=flux-events
`,
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
`,
      },
    },
  ],
  good: [
    {
      title: 'A variable, a placeholder, none',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY};EntityPath=flux-events
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: template
spec:
  type: azureeventhub
  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=<key>;EntityPath=flux-events
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: identity
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
`,
    },
  ],
};
