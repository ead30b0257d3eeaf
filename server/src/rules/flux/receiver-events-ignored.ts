import { removeEntry } from '../../yaml/edits.ts';
import { get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { specsOf } from './_fields.ts';
import { RECEIVER } from './_notifications.ts';
import { editable, placeAt, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/receiver-events-ignored',
  on: kinds(RECEIVER),
  severity: 'info',
  summary: 'A Receiver for Azure Container Registry lists `events`.',
  why: 'A Receiver of type `acr` takes every call that carries the right token, whatever the event: `events` does not filter. Which actions call it is set on the webhook in the registry.',
  references: ['fluxcd/notification-controller@v1.9.3 docs/spec/v1/receivers.md'],
  *check(object, { workspace }) {
    const specs = specsOf(object, workspace);
    if (!specs.every((spec) => textOr(spec, ['type'], '') === 'acr' && items(get(spec, 'events')).length > 0)) return;
    if (specs.length === 0) return;
    const entry = editable(object, 'spec', 'events');
    yield report(
      placeAt(object, 'spec', 'events'),
      'A Receiver of type acr does not filter by events: it reconciles for every call. Choose the actions on the webhook in the registry.',
      { fix: entry && safeFix('Remove events', removeEntry(entry)), tags: ['unnecessary'] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Pushes alone, somebody thought',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: registry
spec:
  type: acr
  <|events|>:
    - push
  secretRef:
    name: registry-webhook
  resources:
    - kind: ImageRepository
      name: shop
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: registry
spec:
  type: acr
  secretRef:
    name: registry-webhook
  resources:
    - kind: ImageRepository
      name: shop
`,
    },
  ],
  good: [
    {
      title: 'No events, and a type that filters',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: registry
spec:
  type: acr
  events: []
  secretRef: { name: registry-webhook }
  resources: [{ kind: ImageRepository, name: shop }]
---
apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: code
spec:
  type: github
  events: [push]
  secretRef: { name: code-webhook }
  resources: [{ kind: GitRepository, name: fleet }]
`,
    },
  ],
};
