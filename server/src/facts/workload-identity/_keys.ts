import { object, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: Azure/azure-workload-identity v1.6.0 pkg/webhook/{consts,webhook}.go.
const LABELS =
  'https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html';
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

const EXPIRATION = string(
  'How long the token of the pod is valid, in seconds from 3600 to 86400. The pod’s annotation wins over that of the ServiceAccount; another value, or one with a unit, makes the webhook refuse the pod.',
  { link: LABELS, snippet: '"${1:3600}"' },
);

/** Labels of pods. */
export const POD_LABELS: Readonly<Record<string, Shape>> = {
  'azure.workload.identity/use': string(
    'Asks the webhook to give the pod an identity: the variables `AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE`, `AZURE_AUTHORITY_HOST` and a token of its ServiceAccount. It counts on the pod alone, so on the template of a workload, and has to be the string `"true"`.',
    {
      link: LABELS,
      enum: ['true'],
      values: { true: { doc: 'The only value that counts, in quotes: labels are strings.' } },
      snippet: '"true"',
    },
  ),
};

/** Annotations of pods. */
export const POD_ANNOTATIONS: Readonly<Record<string, Shape>> = {
  'azure.workload.identity/service-account-token-expiration': EXPIRATION,
  'azure.workload.identity/skip-containers': string(
    'Containers that get no identity, by name, separated by semicolons. Commas make one name that nothing has.',
    {
      link: LABELS,
      snippet: '${1:container};${2:container}',
    },
  ),
  'azure.workload.identity/inject-proxy-sidecar': string(
    'Adds a container that answers for the instance metadata service, for applications that only know managed identities. Its presence is what counts: `"false"` adds it too. Not legal with hostNetwork.',
    { link: LABELS, snippet: '"true"' },
  ),
  'azure.workload.identity/proxy-sidecar-port': string('The port of the proxy container. 8000 without it.', {
    link: LABELS,
    snippet: '"${1:8000}"',
  }),
  'azure.workload.identity/use-identity-binding': string(
    'Uses an identity binding of AKS instead of a federated credential of its own. Only with the add-on of AKS; ignored elsewhere.',
    {
      since: 'webhook 1.6',
      link: 'https://learn.microsoft.com/azure/aks/identity-bindings-concepts',
      snippet: '"true"',
    },
  ),
};

/** Annotations of ServiceAccounts. */
export const ACCOUNT_ANNOTATIONS: Readonly<Record<string, Shape>> = {
  'azure.workload.identity/client-id': string(
    'The client id of the managed identity or application that pods with this account, and Flux objects that name it, log in as. The identity needs a federated credential with the subject `system:serviceaccount:{namespace}:{name}`. It is the client id, not the object or resource id.',
    { link: LABELS, snippet: GUID, known: 'client-ids' },
  ),
  'azure.workload.identity/tenant-id': string(
    'The tenant of the identity. Pods without it get the tenant of the webhook; an empty one gets them none. Flux objects that name this account need it.',
    { link: LABELS, snippet: GUID, known: 'tenant-ids' },
  ),
  'azure.workload.identity/service-account-token-expiration': EXPIRATION,
};

const TEXTS: Shape = { type: 'string' };

export const metadataShape = (
  labels: Readonly<Record<string, Shape>>,
  annotations: Readonly<Record<string, Shape>>,
): Shape =>
  object(
    {
      name: TEXTS,
      namespace: TEXTS,
      labels: object(labels, { additional: TEXTS }),
      annotations: object(annotations, { additional: TEXTS }),
    },
    { open: true },
  );
