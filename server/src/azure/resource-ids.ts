/** ARM resource ids: what they name, and what is wrong with a text that should be one. */
import type { Range } from './text-kinds.ts';

/** The only cluster ids Flux accepts: fluxcd/pkg auth/azure/options.go. */
export const FLUX_CLUSTER_ID =
  /^\/subscriptions\/([^/]{36})\/resourceGroups\/([^/]{1,200})\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]{1,200})$/i;

/** The pattern of armId in the CRDs of Azure Service Operator. */
export const ASO_ARM_ID =
  /(^(\/subscriptions\/([^/]+)(\/resourcegroups\/([^/]+))?)?\/providers\/([^/]+)\/([^/]+\/[^/]+)(\/([^/]+\/[^/]+))*$|^\/subscriptions\/([^/]+)(\/resourcegroups\/([^/]+))?$)/i;

export interface IdPart {
  readonly text: string;
  /** Offsets into the id. */
  readonly at: Range;
}

export interface ResourceId {
  readonly subscription: IdPart | undefined;
  readonly resourceGroup: IdPart | undefined;
  /** undefined for a subscription or a resource group. */
  readonly provider: IdPart | undefined;
  /** `Microsoft.KeyVault/vaults/keys`, in the case of the text; for scopes `subscription` or `resourceGroup`. */
  readonly type: string;
  /** Names from the outermost resource to the innermost; empty for scopes. */
  readonly names: readonly IdPart[];
  /** The last name, the resource group or the subscription. */
  readonly name: IdPart;
}

/**
 * Reads an id relative to ARM, segment names without case. For an extension resource (`…/providers/…/providers/…`)
 * the last provider counts. undefined when the text is no id; `resourceIdProblem` says why.
 */
export function parseResourceId(text: string): ResourceId | undefined {
  if (!ASO_ARM_ID.test(text)) return undefined;
  const parts = segmentsOf(text);
  let at = 0;
  let subscription: IdPart | undefined;
  let resourceGroup: IdPart | undefined;
  if (parts[0]?.text.toLowerCase() === 'subscriptions') {
    subscription = parts[1];
    at = 2;
    if (parts[2]?.text.toLowerCase() === 'resourcegroups') {
      resourceGroup = parts[3];
      at = 4;
    }
  }
  let provider: IdPart | undefined;
  let types: string[] = [];
  let names: IdPart[] = [];
  while (at + 1 < parts.length) {
    if (parts[at]!.text.toLowerCase() === 'providers') {
      provider = parts[at + 1];
      types = [];
      names = [];
    } else {
      types.push(parts[at]!.text);
      names.push(parts[at + 1]!);
    }
    at += 2;
  }
  const name = names.at(-1) ?? resourceGroup ?? subscription;
  if (name === undefined) return undefined;
  const type = provider ? [provider.text, ...types].join('/') : resourceGroup ? 'resourceGroup' : 'subscription';
  return { subscription, resourceGroup, provider, type, names, name };
}

function segmentsOf(text: string): IdPart[] {
  const parts: IdPart[] = [];
  for (const match of text.matchAll(/[^/]+/g))
    parts.push({ text: match[0], at: { start: match.index, end: match.index + match[0].length } });
  return parts;
}

/** True when the id is of the type, given as `Microsoft.KeyVault/vaults`, without case. */
export const isOfType = (id: ResourceId, type: string): boolean => id.type.toLowerCase() === type.toLowerCase();

/** Why a text is no ARM id, as a clause without a capital; undefined when it is one. */
export function resourceIdProblem(text: string): string | undefined {
  if (/^https?:\/\//i.test(text)) return 'an ARM id starts with "/subscriptions/", without scheme and host';
  if (text !== text.trim()) return 'there are blanks around it';
  if (text.endsWith('/')) return 'an ARM id has no slash at the end';
  if (!text.startsWith('/')) return 'an ARM id starts with a slash';
  if (ASO_ARM_ID.test(text)) return undefined;
  if (text.includes('//')) return 'a segment is empty';
  if (!/^\/(subscriptions|providers)\//i.test(text)) return 'an ARM id starts with "/subscriptions/" or "/providers/"';
  return 'after the provider come pairs of type and name';
}

export interface ResourceKind {
  /** In Azure's own case. */
  readonly type: string;
  readonly title: string;
  /** The rule of the last name, undefined when it is not ours to know. */
  readonly name: RegExp | undefined;
}

/** The kinds that manifests of GitOps name; name rules from hashicorp/terraform-provider-azurerm and Azure's naming page. */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    type: 'Microsoft.ContainerService/managedClusters',
    title: 'AKS cluster',
    name: /^[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
  },
  { type: 'Microsoft.Kubernetes/connectedClusters', title: 'Arc-enabled cluster', name: undefined },
  {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    title: 'user-assigned managed identity',
    name: /^[a-zA-Z0-9][-_a-zA-Z0-9]{2,127}$/,
  },
  {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
    title: 'federated identity credential',
    name: /^[a-zA-Z0-9][-_a-zA-Z0-9]{2,119}$/,
  },
  {
    type: 'Microsoft.KeyVault/vaults',
    title: 'key vault',
    name: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
  },
  { type: 'Microsoft.KeyVault/vaults/keys', title: 'key of a vault', name: /^[0-9a-zA-Z-]{1,127}$/ },
  {
    type: 'Microsoft.KeyVault/managedHSMs',
    title: 'managed HSM',
    name: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
  },
  { type: 'Microsoft.ContainerRegistry/registries', title: 'container registry', name: /^[a-zA-Z0-9]{5,50}$/ },
  { type: 'Microsoft.Storage/storageAccounts', title: 'storage account', name: /^[a-z0-9]{3,24}$/ },
  {
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    title: 'blob container',
    name: /^(\$root|\$web|\$logs|[0-9a-z](?!.*--)[0-9a-z-]{1,61}[0-9a-z])$/,
  },
  {
    type: 'Microsoft.EventHub/namespaces',
    title: 'Event Hubs namespace',
    name: /^[a-zA-Z][-a-zA-Z0-9]{4,48}[a-zA-Z0-9]$/,
  },
  {
    type: 'Microsoft.EventHub/namespaces/eventhubs',
    title: 'event hub',
    name: /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,254}[a-zA-Z0-9])?$/,
  },
  { type: 'Microsoft.Authorization/roleDefinitions', title: 'role definition', name: undefined },
  { type: 'Microsoft.Authorization/roleAssignments', title: 'role assignment', name: undefined },
];

/** What is known of the type of an id. */
export function kindOfId(id: ResourceId): ResourceKind | undefined {
  return RESOURCE_KINDS.find((kind) => isOfType(id, kind.type));
}

const RESOURCE_GROUP = /^[-\w._()]{0,89}[-\w_()]$/;

export const isResourceGroupName = (text: string): boolean => RESOURCE_GROUP.test(text);
export const isClusterName = (text: string): boolean => RESOURCE_KINDS[0]!.name!.test(text);
export const isIdentityName = (text: string): boolean => RESOURCE_KINDS[2]!.name!.test(text);
export const isCredentialName = (text: string): boolean => RESOURCE_KINDS[3]!.name!.test(text);

export const RESOURCE_GROUP_RULE =
  'a resource group has 1 to 90 letters, digits, "-", "_", "." and parentheses and does not end with "."';
export const CLUSTER_NAME_RULE =
  'an AKS cluster has 1 to 63 letters, digits, "-" and "_", and starts and ends with a letter or digit';
export const IDENTITY_NAME_RULE =
  'a managed identity has 3 to 128 letters, digits, "-" and "_" and starts with a letter or digit';
export const CREDENTIAL_NAME_RULE =
  'a federated credential has 3 to 120 letters, digits, "-" and "_" and starts with a letter or digit';

/** `/subscriptions/{subscription}/resourceGroups/{group}`. */
export const resourceGroupId = (subscription: string, group: string): string =>
  `/subscriptions/${subscription}/resourceGroups/${group}`;

/** The id of a resource; `type` is one of `RESOURCE_KINDS`, with one name a segment of type after the provider. */
export function resourceId(subscription: string, group: string, type: string, ...names: string[]): string {
  const [provider, ...types] = type.split('/');
  const pairs = types.map((t, i) => `${t}/${names[i] ?? ''}`).join('/');
  return `${resourceGroupId(subscription, group)}/providers/${provider}/${pairs}`;
}
