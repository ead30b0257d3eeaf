import { defineFacts, object, oneOf, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: external-secrets/external-secrets@v2.9.0 apis/externalsecrets/v1/secretstore_azurekv_types.go.
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

const environmentType = oneOf('The cloud, by the name that External Secrets gives it.', {
  PublicCloud: { doc: 'The public cloud. The default.' },
  USGovernmentCloud: { doc: 'Azure US Government.' },
  ChinaCloud: { doc: 'Azure China.' },
  GermanCloud: { doc: 'Azure Germany, closed in 2021.', deprecated: true },
  AzureStackCloud: { doc: 'A cloud of its own, with `customCloudConfig` and `useAzureSDK: true`.' },
});

const azurekv: Shape = object(
  {
    authType: oneOf('How to log in.', {
      ServicePrincipal: { doc: 'With the secret or certificate of `authSecretRef`. The default.' },
      ManagedIdentity: { doc: 'With an identity of the node, by `identityId`.' },
      WorkloadIdentity: {
        doc: 'With a federated credential: of the account of `serviceAccountRef`, else of the pod of External Secrets.',
      },
    }),
    vaultUrl: string('The URL of the vault.', { snippet: 'https://${1:vault}.vault.azure.net' }),
    tenantId: string(
      'The tenant. Not together with the annotation `tenant-id` of the ServiceAccount: the default SDK refuses both ("multiple tenantID found").',
      { snippet: GUID },
    ),
    environmentType,
    identityId: string('The client id of the identity of the node, for ManagedIdentity.', { snippet: GUID }),
    serviceAccountRef: object(
      {
        name: string('The ServiceAccount, whose annotation `azure.workload.identity/client-id` says which identity.', {
          refersTo: { kind: 'ServiceAccount', group: '', namespaceField: 'namespace' },
        }),
        namespace: string('Its namespace, for a ClusterSecretStore.'),
      },
      { doc: 'The ServiceAccount to log in as, for WorkloadIdentity.', open: true },
    ),
    authSecretRef: object(
      {},
      {
        doc: 'Keys of Secrets with the credential of an application. Its `clientId` excludes the annotation of the ServiceAccount.',
        open: true,
      },
    ),
    useAzureSDK: { type: 'boolean', fact: { doc: 'Uses the newer SDK of Azure.' } },
  },
  { doc: 'Azure Key Vault.', open: true },
);

const storeShape = object(
  {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'any' },
    spec: object({ provider: object({ azurekv }, { open: true }) }, { open: true }),
  },
  { open: true },
);

export default [
  defineFacts({
    group: 'external-secrets.io',
    kinds: ['SecretStore', 'ClusterSecretStore'],
    version: 'v1',
    doc: 'Where External Secrets reads values from, with `provider.azurekv` from Azure Key Vault.',
    link: 'https://external-secrets.io/latest/provider/azure-key-vault/',
    fields: {},
    shape: storeShape,
  }),
  defineFacts({
    group: 'generators.external-secrets.io',
    kinds: ['ACRAccessToken'],
    version: 'v1alpha1',
    doc: 'A short-lived token for Azure Container Registry, which an ExternalSecret can make a pull secret of.',
    link: 'https://external-secrets.io/latest/api/generator/acr/',
    fields: {},
    shape: object(
      {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'any' },
        spec: object(
          {
            tenantId: string('The tenant. Not for a managed identity.', { snippet: GUID }),
            registry: string('The host of the registry.', { snippet: '${1:registry}.azurecr.io' }),
            scope: string('A repository and what may be done there; all that the identity may do without it.', {
              snippet: 'repository:${1:app}:pull',
            }),
            environmentType,
          },
          { open: true },
        ),
      },
      { open: true },
    ),
  }),
];
