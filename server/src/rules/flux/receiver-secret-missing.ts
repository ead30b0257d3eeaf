import { atLeast } from '../../model/context.ts';
import { addEntry, removeEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isWhole, specsOf } from './_fields.ts';
import { RECEIVER } from './_notifications.ts';
import { editable, isSet, placeAt, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/receiver-secret-missing',
  on: kinds(RECEIVER),
  severity: 'error',
  summary: 'A Receiver has no Secret, or one that its type must not have.',
  why: 'The token in the Secret makes the path of the webhook and proves who calls. Every type needs it but `generic-oidc`, which checks the tokens of the issuers in `oidcProviders` instead and must not have a Secret. The API server refuses the object otherwise.',
  references: ['fluxcd/notification-controller@v1.9.3 config/crd/bases'],
  versions: 'all; generic-oidc: Flux 2.9 and later',
  *check(object, { workspace, flux }) {
    const specs = specsOf(object, workspace);
    const kind = get(object.root, 'kind') ?? object.root;
    if (!isWhole(object, specs, workspace)) return;
    if (specs.every((spec) => isOther(spec) && !isSet(spec, 'secretRef'))) {
      const own = asMap(get(object.root, 'spec'));
      yield report(
        kind,
        `secretRef is required when type is not generic-oidc. Name a Secret with the key token${textOr(specs[0], ['type'], '') === 'acr' ? ', and let the webhook of the registry send that token' : ''}.`,
        {
          fix:
            own &&
            unsafeFix(
              'Add secretRef',
              addEntry(own, 'secretRef', { name: 'webhook-token' }, editable(object, 'spec', 'type')),
            ),
        },
      );
    }
    if (!atLeast(flux, '2.9')) return;
    if (specs.every((spec) => isOidc(spec) && isSet(spec, 'secretRef'))) {
      const secret = editable(object, 'spec', 'secretRef');
      yield report(
        placeAt(object, 'spec', 'secretRef'),
        'secretRef cannot be set when type is generic-oidc: callers prove who they are with a token of an issuer in oidcProviders.',
        { fix: secret && unsafeFix('Remove secretRef', removeEntry(secret)) },
      );
    }
    if (specs.every((spec) => isOidc(spec) && hasNoIssuer(spec)))
      yield report(
        kind,
        'generic-oidc receivers must define at least one oidcProvider. Name the issuer whose tokens are accepted, and what has to be in them.',
      );
  },
});

const isOidc = (spec: MapNode): boolean => textOr(spec, ['type'], '') === 'generic-oidc';

const isOther = (spec: MapNode): boolean => !isOidc(spec) && !!textOr(spec, ['type'], '');

function hasNoIssuer(spec: MapNode): boolean {
  const issuers = get(spec, 'oidcProviders');
  return !isSet(spec, 'oidcProviders') || (issuers?.kind === 'seq' && issuers.items.length === 0);
}

export const examples: Examples = {
  bad: [
    {
      title: 'A webhook of a registry that anybody could call',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: <|Receiver|>
metadata:
  name: registry
spec:
  type: acr # contosofleet
  resources:
    - kind: ImageRepository
      name: shop
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: registry
spec:
  type: acr # contosofleet
  secretRef:
    name: webhook-token
  resources:
    - kind: ImageRepository
      name: shop
`,
      message: 'secretRef is required when type is not generic-oidc',
    },
    {
      title: 'Tokens of an issuer, and a Secret beside them',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: pipeline
spec:
  type: generic-oidc
  <|secretRef|>: { name: webhook-token }
  oidcProviders:
    - issuerURL: https://vstoken.dev.azure.com/0f7a1b5d-2f0e-4c3c-9a61-5d6a4f0e8b11
      validations: [{ expression: "claims.sub == 'sc://contoso/fleet/flux'", message: another pipeline }]
  resources: [{ kind: GitRepository, name: fleet }]
`,
    },
    {
      title: 'No issuer',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: <|Receiver|>
metadata:
  name: pipeline
spec:
  type: generic-oidc
  resources: [{ kind: GitRepository, name: fleet }]
`,
    },
  ],
  good: [
    {
      title: 'A Secret, or one that an overlay names',
      files: {
        'base/receivers.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: registry
spec:
  type: acr
  secretRef:
    name: registry-webhook
  resources: [{ kind: ImageRepository, name: shop }]
---
apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: code
spec:
  type: generic
  resources: [{ kind: GitRepository, name: fleet }]
`,
        'base/kustomization.yaml': 'resources: [receivers.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Receiver, name: code }
    patch: |
      - op: add
        path: /spec/secretRef
        value: { name: code-webhook }
`,
      },
    },
    {
      title: 'A type that is not known yet',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: any
spec:
  type: \${TYPE}
  resources: [{ kind: GitRepository, name: fleet }]
`,
    },
  ],
};
