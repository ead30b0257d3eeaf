import { defineFacts } from '../define.ts';
import { AZURE_INTEGRATION, certificateSecret, fluxDocs, proxySecret, SUSPEND, serviceAccount } from './_fields.ts';

// Source: fluxcd/notification-controller v1.9.3 internal/notifier/azure_{devops,eventhub}.go, internal/server/event_handlers.go.
export default defineFacts({
  group: 'notification.toolkit.fluxcd.io',
  kinds: ['Provider'],
  version: 'v1beta3',
  doc: 'Where events are sent: a commit status in Azure DevOps, an event hub, a channel of Teams. It has no status: mistakes show when the first event is sent, as event `NotificationDispatchFailed` on the Alert.',
  link: fluxDocs('notification/providers/'),
  fields: {
    'spec.type': {
      doc: 'The receiving service.',
      values: {
        azuredevops: {
          doc: 'A commit status in Azure DevOps. With a `token` (personal access token) in the Secret, that; from Flux 2.7 without one, workload identity. Only events of Kustomizations carry the commit it needs.',
        },
        azureeventhub: {
          doc: 'An event hub. With a connection string as address, a shared access signature; from Flux 2.6 with the name of the event hub as address and the namespace as channel, workload identity. The identity needs Azure Event Hubs Data Sender.',
        },
        msteams: {
          doc: 'A channel of Microsoft Teams, by the URL of an incoming webhook or of a workflow. No Entra ID is involved.',
        },
        generic: { doc: 'Any web hook.' },
        'generic-hmac': { doc: 'Any web hook, with a signature in a header made from `token`.' },
      },
    },
    'spec.address': {
      doc: 'Where to send. `azuredevops`: `https://dev.azure.com/{organization}/{project}/_git/{repository}`, with all four parts. `azureeventhub`: the event hub’s name; a connection string belongs into the Secret’s `address`, which wins over this field.',
      link: fluxDocs('notification/providers/#azure-devops'),
      suggestions: [
        {
          value: 'https://dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
          label: 'https://dev.azure.com/…/_git/…',
          doc: 'For `type: azuredevops`. The short form without project is not accepted here.',
        },
        {
          value: '${1:event-hub}',
          label: 'event hub',
          doc: 'For `type: azureeventhub` with workload identity: the event hub’s name.',
        },
      ],
    },
    'spec.channel': {
      doc: '`azureeventhub`: the Event Hubs namespace, short or with its host name. Not read with a connection string.',
    },
    'spec.username': { doc: 'Not read by `azuredevops` and `azureeventhub`.' },
    'spec.serviceAccountName': serviceAccount(
      'The identity that sends, for `azureeventhub` and `azuredevops`. Not legal beside a connection string or token for `azureeventhub`; a token wins without a word for `azuredevops`.',
      'Flux 2.6 (azuredevops: 2.7)',
      { link: AZURE_INTEGRATION },
    ),
    'spec.secretRef': {
      doc: 'A Secret whose keys `address`, `token`, `username`, `password` and `headers` win over the fields of the same name.',
    },
    'spec.secretRef.name': {
      doc: 'A Secret in the namespace of this object.',
      refersTo: {
        kind: 'Secret',
        group: '',
        roleBy: {
          field: 'spec.type',
          roles: {
            azuredevops: 'provider-azuredevops',
            azureeventhub: 'provider-azureeventhub',
            msteams: 'provider-msteams',
            '*': 'provider',
          },
        },
      },
    },
    ...certificateSecret('spec'),
    ...proxySecret('spec', 'Flux 2.7'),
    'spec.proxy': { doc: 'The URL of a proxy. Deprecated: `proxySecretRef` keeps its credentials out of Git.' },
    'spec.commitStatusExpr': {
      doc: 'A CEL expression for the id of the commit status, for `azuredevops` and other Git services. Clusters that report on the same commit need different ids.',
      since: 'Flux 2.6',
    },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'Provider for Azure Event Hubs',
      doc: 'Sends events with workload identity.',
      body: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: \${1:event-hub}
  namespace: \${2:flux-system}
spec:
  type: azureeventhub
  address: \${3:event-hub}
  channel: \${4:namespace}
  serviceAccountName: \${5:event-sender}
`,
    },
    {
      label: 'Provider for Azure DevOps commit status',
      doc: 'Reports on commits with workload identity.',
      body: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: \${1:commit-status}
  namespace: \${2:flux-system}
spec:
  type: azuredevops
  address: https://dev.azure.com/\${3:organization}/\${4:project}/_git/\${5:repository}
  serviceAccountName: \${6:devops-reporter}
`,
    },
  ],
});
