import { defineRole, object, string } from '../define.ts';

// Source: fluxcd/notification-controller v1.9.3 internal/server/event_handlers.go extractAuthFromSecret.
const token = (doc: string) => string(doc, { secret: true });
const COMMON = {
  proxy: string('The URL of a proxy. Deprecated in favour of `proxySecretRef`.', { secret: true }),
  headers: string('Additional HTTP headers, as a YAML map.', { secret: true }),
};

export default [
  defineRole({
    role: 'provider-azuredevops',
    kind: 'Secret',
    title: 'Credentials of a Provider of type azuredevops',
    doc: 'A personal access token. Without one, and from Flux 2.7 on, workload identity is used.',
    link: 'https://fluxcd.io/flux/components/notification/providers/#azure-devops',
    shape: object(
      {
        token: token(
          'A personal access token that may write the commit status: Code (Status). It wins over `serviceAccountName` without a word.',
        ),
        address: string('Wins over `spec.address`.'),
        ...COMMON,
      },
      { open: true },
    ),
  }),
  defineRole({
    role: 'provider-azureeventhub',
    kind: 'Secret',
    title: 'Credentials of a Provider of type azureeventhub',
    doc: 'A connection string as `address`, or a JWT as `token`. With workload identity no Secret is needed.',
    link: 'https://fluxcd.io/flux/components/notification/providers/#azure-event-hub',
    shape: object(
      {
        address: string(
          'A connection string of the event hub: `Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…;EntityPath=…`. From Flux 2.7 on `EntityPath` has to be in it. Without a shared access key: the event hub’s name.',
          {
            secret: true,
            snippet:
              'Endpoint=sb://${1:namespace}.servicebus.windows.net/;SharedAccessKeyName=${2:send};SharedAccessKey=${3:key};EntityPath=${4:event-hub}',
          },
        ),
        token: token(
          'A JWT of Entra ID. Deprecated since Flux 2.7; it lives an hour. Not legal beside a connection string or `serviceAccountName`.',
        ),
        ...COMMON,
      },
      { open: true },
    ),
  }),
  defineRole({
    role: 'provider-msteams',
    kind: 'Secret',
    title: 'Address of a Provider of type msteams',
    doc: 'The URL of an incoming webhook (`….webhook.office.com`), or of a workflow, which gets Adaptive Cards.',
    link: 'https://fluxcd.io/flux/components/notification/providers/#microsoft-teams',
    shape: object(
      { address: string('The URL. Whoever knows it can post.', { secret: true }), ...COMMON },
      { open: true, required: ['address'] },
    ),
  }),
  defineRole({
    role: 'provider',
    kind: 'Secret',
    title: 'Credentials of a Flux Provider',
    doc: 'Each key wins over the field of the same name.',
    link: 'https://fluxcd.io/flux/components/notification/providers/#secret-reference',
    shape: object(
      {
        address: string('Where to send.', { secret: true }),
        token: token('A token.'),
        username: string('The user name.'),
        password: token('The password.'),
        ...COMMON,
      },
      { open: true },
    ),
  }),
];
