import { defineFacts } from '../define.ts';
import { fluxDocs, SUSPEND, secretName, sourceName } from './_fields.ts';

export default defineFacts({
  group: 'notification.toolkit.fluxcd.io',
  kinds: ['Receiver'],
  version: 'v1',
  doc: 'A web hook that makes objects reconcile at once. Its path stands in its status.',
  link: fluxDocs('notification/receivers/'),
  fields: {
    'spec.type': {
      doc: 'Who calls. Azure DevOps has no type of its own: use `generic`.',
      values: {
        acr: {
          doc: 'A web hook of Azure Container Registry, with the `token` of the Secret in a header. `events` is not read.',
        },
        generic: { doc: 'Any caller that knows the path, such as a service hook of Azure DevOps.' },
        'generic-hmac': { doc: 'Any caller that signs its request.' },
        'generic-oidc': {
          doc: 'Any caller with a token of an OIDC issuer listed in `oidcProviders`.',
          since: 'Flux 2.9',
        },
      },
    },
    'spec.events': { doc: 'The kinds of event to react to. Not read by `acr` and `generic`.' },
    'spec.secretRef': { doc: 'A Secret with the key `token`.' },
    'spec.secretRef.name': secretName('receiver', 'A Secret with the key `token` in the namespace of this object.'),
    'spec.resources': {
      doc: 'The objects to reconcile.',
      snippet: '\n  - kind: ${1|OCIRepository,GitRepository,ImageRepository,Bucket|}\n    name: ${2}',
    },
    'spec.resources[].kind': { doc: 'The kind of the object.' },
    'spec.resources[].name': sourceName('The object’s name, or `*`.'),
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'Receiver for Azure Container Registry',
      doc: 'Reconciles an OCIRepository when an image is pushed.',
      body: `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: \${1:acr}
  namespace: \${2:flux-system}
spec:
  type: acr
  secretRef:
    name: \${3:receiver-token}
  resources:
    - kind: \${4|OCIRepository,ImageRepository|}
      name: \${5:app}
`,
    },
  ],
});
