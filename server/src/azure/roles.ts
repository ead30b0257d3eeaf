/** Azure's built-in roles, and those an integration needs at least. */
import list from '../../../schemas/azure-roles.json';
import { isGuid } from './text-kinds.ts';

export interface BuiltInRole {
  readonly name: string;
  readonly guid: string;
}

// Names are one text with a line each, GUIDs one text of 32 hexadecimal digits each in the same order: half the size
// of objects, and nothing is built before someone asks.
const { names, guids } = list as { readonly names: string; readonly guids: string };

let byName: ReadonlyMap<string, BuiltInRole> | undefined;
let byGuid: ReadonlyMap<string, BuiltInRole> | undefined;

const guidAt = (index: number): string => {
  const hex = guids.slice(index * 32, index * 32 + 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

function rolesByName(): ReadonlyMap<string, BuiltInRole> {
  byName ??= new Map(names.split('\n').map((name, i) => [name.toLowerCase(), { name, guid: guidAt(i) }]));
  return byName;
}

/** All built-in roles of 2026-08, sorted by name. The list ages: a role that is not in it may exist. */
export const builtInRoles = (): BuiltInRole[] => [...rolesByName().values()];

/** A role by its display name, without case. */
export const roleByName = (name: string): BuiltInRole | undefined => rolesByName().get(name.toLowerCase());

/** A role by the GUID of its definition, without case; an id that ends with the GUID will do. */
export function roleByGuid(text: string): BuiltInRole | undefined {
  const guid = text.slice(text.lastIndexOf('/') + 1).toLowerCase();
  if (!isGuid(guid)) return undefined;
  byGuid ??= new Map([...rolesByName().values()].map((role) => [role.guid, role]));
  return byGuid.get(guid);
}

/** The id of a built-in role's definition, as Bicep, ARM and armId of ASO want it. */
export const roleDefinitionId = (role: BuiltInRole, subscription?: string): string =>
  `${subscription ? `/subscriptions/${subscription}` : ''}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`;

export type Integration =
  | 'registry'
  | 'registryAbac'
  | 'devops'
  | 'blobStorage'
  | 'sops'
  | 'vaultSecrets'
  | 'cluster'
  | 'eventHubs';

export interface IntegrationRole {
  readonly integration: Integration;
  readonly title: string;
  /** undefined where no Azure role is involved. */
  readonly role: BuiltInRole | undefined;
  /** Type of the narrowest usual scope, as in `RESOURCE_KINDS`. */
  readonly scopeType: string | undefined;
  readonly scope: string;
  readonly note: string | undefined;
}

const known = (name: string, guid: string): BuiltInRole => ({ name, guid });

/** Least roles by integration; the GUIDs stand here so that generators need not load the whole list. */
export const INTEGRATION_ROLES: Readonly<Record<Integration, IntegrationRole>> = {
  registry: {
    integration: 'registry',
    title: 'Pull from Azure Container Registry',
    role: known('AcrPull', '7f951dda-4ed3-4680-a7ca-43fe172d538d'),
    scopeType: 'Microsoft.ContainerRegistry/registries',
    scope: 'the registry',
    note: 'A registry in ABAC mode needs Container Registry Repository Reader instead.',
  },
  registryAbac: {
    integration: 'registryAbac',
    title: 'Pull from a registry in ABAC mode',
    role: known('Container Registry Repository Reader', 'b93aa761-3e63-49ed-ac28-beffa264f7ac'),
    scopeType: 'Microsoft.ContainerRegistry/registries',
    scope: 'the registry',
    note: 'Listing repositories also needs Container Registry Repository Catalog Lister.',
  },
  devops: {
    integration: 'devops',
    title: 'Read an Azure DevOps repository',
    role: undefined,
    scopeType: undefined,
    scope: 'the Azure DevOps project',
    note: 'Add the identity to the organization as a user with Basic access and to a group that may read the code.',
  },
  blobStorage: {
    integration: 'blobStorage',
    title: 'Read a container of Azure Blob Storage',
    role: known('Storage Blob Data Reader', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'),
    scopeType: 'Microsoft.Storage/storageAccounts',
    scope: 'the storage account, or one container',
    note: undefined,
  },
  sops: {
    integration: 'sops',
    title: 'Encrypt and decrypt with a key of Key Vault (SOPS)',
    role: known('Key Vault Crypto User', '12338af0-0e69-4776-bea7-57ae8d297424'),
    scopeType: 'Microsoft.KeyVault/vaults',
    scope: 'the vault, or one key',
    note: 'Counts only for vaults with the RBAC permission model. Key Vault Crypto Service Encryption User does not suffice.',
  },
  vaultSecrets: {
    integration: 'vaultSecrets',
    title: 'Read secrets of Key Vault',
    role: known('Key Vault Secrets User', '4633458b-17de-408a-b874-0445c86b69e6'),
    scopeType: 'Microsoft.KeyVault/vaults',
    scope: 'the vault',
    note: 'Counts only for vaults with the RBAC permission model.',
  },
  cluster: {
    integration: 'cluster',
    title: 'Reach a remote AKS cluster',
    role: known('Azure Kubernetes Service Cluster User Role', '4abbcc35-e782-43d8-92c5-2d3f1bd2253f'),
    scopeType: 'Microsoft.ContainerService/managedClusters',
    scope: 'the cluster',
    note: 'Grants no rights inside the cluster: add an Azure Kubernetes Service RBAC role or a RoleBinding.',
  },
  eventHubs: {
    integration: 'eventHubs',
    title: 'Send events to Event Hubs',
    role: known('Azure Event Hubs Data Sender', '2b629674-e913-4c01-ae53-ef4638d8f975'),
    scopeType: 'Microsoft.EventHub/namespaces',
    scope: 'the namespace, or one event hub',
    note: undefined,
  },
};

/** Roles for what happens inside a cluster with Azure RBAC. */
export const CLUSTER_RBAC_ROLES: readonly BuiltInRole[] = [
  known('Azure Kubernetes Service RBAC Reader', '7f6c6a51-bcf8-42ba-9220-52d62157d7db'),
  known('Azure Kubernetes Service RBAC Writer', 'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb'),
  known('Azure Kubernetes Service RBAC Admin', '3498e952-d568-435e-9b2c-8d77e338d7f7'),
  known('Azure Kubernetes Service RBAC Cluster Admin', 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b'),
];

/** Providers that a role, known by the start of its name, can act on. */
export const ROLE_PROVIDERS: readonly (readonly [prefix: string, provider: string])[] = [
  ['Acr', 'Microsoft.ContainerRegistry'],
  ['Container Registry', 'Microsoft.ContainerRegistry'],
  ['Key Vault', 'Microsoft.KeyVault'],
  ['Storage Blob', 'Microsoft.Storage'],
  ['Storage Queue', 'Microsoft.Storage'],
  ['Storage Table', 'Microsoft.Storage'],
  ['Storage File', 'Microsoft.Storage'],
  ['Azure Event Hubs', 'Microsoft.EventHub'],
  ['Azure Kubernetes Service', 'Microsoft.ContainerService'],
];

/** The only provider a built-in role has actions for; undefined when it is general or not known. */
export const providerOfRole = (name: string): string | undefined =>
  ROLE_PROVIDERS.find(([prefix]) => name.startsWith(prefix))?.[1];
