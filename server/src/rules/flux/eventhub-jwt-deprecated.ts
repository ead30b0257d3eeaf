import { atLeast, type Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { addEntry, removeEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { addressesOf, hubSecrets, isSas } from './_event-hubs.ts';
import { providerFrom } from './_notifications.ts';
import { hasValue, userNames } from './_secrets.ts';
import { editable, isEmpty } from './_sources.ts';

export default defineRule({
  id: 'flux/eventhub-jwt-deprecated',
  on: hubSecrets,
  severity: 'info',
  summary: 'A Provider for Event Hubs signs in with a token that somebody has to renew.',
  why: 'The key `token` holds a JWT of Entra ID, which lives an hour or so. It is deprecated since Flux 2.7 and will be gone in Provider v1: an identity, of the controller or of a ServiceAccount, makes tokens when they are needed. Beside a ServiceAccount or a connection string the controller refuses it.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_eventhub.go'],
  versions: 'Flux 2.7 and later; what is refused together: Flux 2.6 and later',
  *check({ secret, data, users }, { workspace, flux }) {
    const token = data.get('token');
    if (!token || !hasValue(token) || !atLeast(flux, '2.6')) return;
    const refused = users.map((user) => whyRefused(user, workspace));
    const [reason] = refused;
    if (reason !== undefined && refused.every((r) => r !== undefined)) {
      yield report(
        token.entry,
        `invalid authentication options: ${reason} cannot be set at the same time. Remove the token from the Secret of ${userNames(users)}, or the other one.`,
        { severity: 'error' },
      );
      return;
    }
    if (!atLeast(flux, '2.7')) return;
    yield report(
      token.entry,
      `A static token is deprecated since Flux 2.7, expires soon and will be removed in Provider v1. Let ${userNames(users)} send with workload identity instead.`,
      { tags: ['deprecated'], fix: users.length === 1 && data.size === 1 ? signIn(users[0], secret) : undefined },
    );
  },
});

/** The two ways to sign in that are there together. */
function whyRefused(user: KubernetesObject, workspace: Workspace): string | undefined {
  // What a Provider is like in each of its builds is not known from its patched form.
  const own = workspace
    .objects(user.group, user.kind)
    .find((object) => object.document === user.document && object.name === user.name);
  const provider = own && providerFrom(own, workspace);
  if (!provider) return undefined;
  if (addressesOf(provider, workspace)?.every(isSas)) return 'jwt token and SAS authentication';
  const accounts = provider.specs.every((spec) => !isEmpty(spec, 'serviceAccountName'));
  return accounts ? 'serviceAccountName and jwt token authentication' : undefined;
}

function signIn(user: KubernetesObject | undefined, secret: KubernetesObject) {
  const spec = asMap(get(user?.root, 'spec'));
  const reference = user && editable(user, 'spec', 'secretRef');
  if (!spec || !reference || spec.synthetic || user.document === undefined || secret.name === undefined)
    return undefined;
  return unsafeFix(
    'Sign in with a ServiceAccount instead of the Secret',
    addEntry(spec, 'serviceAccountName', 'event-sender', editable(user, 'spec', 'type')),
    removeEntry(reference),
  );
}

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  <|token|>: \${EVENT_HUB_JWT}
`;
const provider = (spec: string): string => `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
spec:
  type: azureeventhub
  address: flux-events
${spec}`;

export const examples: Examples = {
  bad: [
    {
      title: 'A token',
      files: {
        'secret.yaml': SECRET,
        'provider.yaml': provider('  channel: contoso-events\n  secretRef:\n    name: event-hub\n'),
      },
      severity: 'info',
      fixed: {
        'provider.yaml': provider('  channel: contoso-events\n').replace(
          'azureeventhub\n',
          'azureeventhub\n  serviceAccountName: event-sender\n',
        ),
      },
    },
    {
      title: 'A token and a ServiceAccount',
      files: {
        'secret.yaml': SECRET,
        'provider.yaml': provider(
          '  channel: contoso-events\n  secretRef: { name: event-hub }\n  serviceAccountName: event-sender\n',
        ),
      },
      severity: 'error',
      message: 'serviceAccountName and jwt token authentication cannot be set at the same time',
    },
    {
      title: 'A token and a connection string',
      files: {
        'secret.yaml': `${SECRET}  address: Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=\${KEY};EntityPath=flux-events
`,
        'provider.yaml': provider('  secretRef: { name: event-hub }\n'),
      },
      severity: 'error',
      message: 'jwt token and SAS authentication cannot be set at the same time',
    },
  ],
  good: [
    {
      title: 'A Secret without one, and one for a Provider of another type',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: event-hub
  namespace: flux-system
stringData:
  address: flux-events
---
${SECRET.replace('<|token|>', 'token').replace('event-hub', 'devops')}`,
        'provider.yaml': `${provider('  channel: contoso-events\n  secretRef: { name: event-hub }\n')}---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
  namespace: flux-system
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  secretRef: { name: devops }
`,
      },
    },
    {
      title: 'A Flux that takes it without a word',
      files: {
        'secret.yaml': SECRET.replace('<|token|>', 'token'),
        'provider.yaml': provider('  channel: contoso-events\n  secretRef: { name: event-hub }\n'),
      },
      settings: { fluxVersion: '2.6' },
    },
  ],
};
