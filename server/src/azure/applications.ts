/** Application ids, token scopes and audiences that appear in manifests and in errors. */

/** The audience of a Kubernetes token that Entra exchanges; the same in every cloud. */
export const TOKEN_EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

/** Audiences that are right elsewhere than on a ServiceAccount federated by the webhook or Flux. */
export const OTHER_EXCHANGE_AUDIENCES: readonly string[] = [
  'api://AzureADTokenExchangeUSGov', // a managed identity as credential of an app, US Government
  'api://AzureADTokenExchangeChina', // the same in China
  'api://AzureCRTokenExchange', // Azure/msi-acrpull
  'api://AKSIdentityBinding', // identity bindings of AKS
];

export interface WellKnownApplication {
  readonly id: string;
  readonly name: string;
}

/** Azure/kubelogin docs; fluxcd/pkg auth/azure; argo-cd util/git. */
export const APPLICATIONS = {
  aksServer: { id: '6dae42f8-4368-4678-94ff-3960e28e3630', name: 'Azure Kubernetes Service Entra server' },
  aksClient: { id: '80faf920-1908-4b52-b5ef-a8e7bedfc67a', name: 'Azure Kubernetes Service Entra client' },
  arcServer: { id: '6256c85f-0aad-4d50-b960-e6e9b21efe35', name: 'Azure Arc Kubernetes server' },
  arcClient: { id: '3f4439ff-e698-4d6d-84fe-09c9d574f06b', name: 'Azure Arc Kubernetes client' },
  devops: { id: '499b84ac-1321-427f-aa17-267ca6975798', name: 'Azure DevOps' },
} as const satisfies Readonly<Record<string, WellKnownApplication>>;

/** The well-known application of an id, whatever its case. */
export const applicationById = (id: string): WellKnownApplication | undefined =>
  Object.values(APPLICATIONS).find((application) => application.id === id.toLowerCase());

/** Scopes the tools ask tokens for. */
export const SCOPES = {
  aks: `${APPLICATIONS.aksServer.id}/.default`,
  devops: `${APPLICATIONS.devops.id}/.default`,
  blobStorage: 'https://storage.azure.com/.default',
  eventHubs: 'https://eventhubs.azure.net//.default',
  registry: 'https://containerregistry.azure.net/.default',
} as const;

/** What Argo CD's repo-server needs in AZURE_ARM_TOKEN_RESOURCE for a registry: argo-cd docs, private repositories. */
export const REGISTRY_TOKEN_RESOURCE = 'https://containerregistry.azure.net';
