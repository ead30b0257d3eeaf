import { parseResourceId, type ResourceId } from '../../azure/resource-ids.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { asMap, asScalar, asSeq, entries, get, items, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, ScalarNode } from '../../yaml/tree.ts';
import type { Workspace } from '../context.ts';
import type { KubernetesObject } from '../object.ts';

/** The groups of Azure Service Operator 2.20, without `.azure.com`. Source: Azure/azure-service-operator@129173a1 v2/api. */
const GROUPS = new Set(
  (
    'alertsmanagement apimanagement app appconfiguration authorization batch cache cdn cognitiveservices compute ' +
    'containerinstance containerregistry containerservice datafactory dataprotection dbformariadb dbformysql ' +
    'dbforpostgresql devices documentdb entra eventgrid eventhub insights keyvault kubernetesconfiguration kusto ' +
    'machinelearningservices managedidentity monitor network network.frontdoor notificationhubs operationalinsights ' +
    'quota redhatopenshift resources search servicebus signalrservice sql storage subscription synapse web'
  ).split(' '),
);

/** True for the kinds of Azure Service Operator v2. */
export const isAso = (object: Pick<KubernetesObject, 'group'>): boolean =>
  object.group.endsWith('.azure.com') && GROUPS.has(object.group.slice(0, -'.azure.com'.length));

/** The kinds that a cluster with GitOps is most often given by this operator; rules that look around know these. */
export const ASO_KINDS: readonly (readonly [group: string, kind: string])[] = (
  [
    ['managedidentity', 'UserAssignedIdentity FederatedIdentityCredential'],
    ['authorization', 'RoleAssignment RoleDefinition'],
    ['resources', 'ResourceGroup'],
    ['containerservice', 'ManagedCluster ManagedClustersAgentPool Fleet'],
    ['containerregistry', 'Registry RegistryReplication'],
    ['eventhub', 'Namespace NamespacesEventhub'],
    ['keyvault', 'Vault'],
    ['storage', 'StorageAccount StorageAccountsBlobService StorageAccountsBlobServicesContainer'],
    ['kubernetesconfiguration', 'Extension FluxConfiguration'],
    ['network', 'VirtualNetwork VirtualNetworksSubnet PublicIPAddress DnsZone PrivateDnsZone'],
    ['dbforpostgresql', 'FlexibleServer FlexibleServersDatabase'],
    ['servicebus', 'Namespace NamespacesQueue NamespacesTopic'],
    ['documentdb', 'DatabaseAccount SqlDatabase'],
    ['cache', 'Redis RedisEnterprise'],
    ['insights', 'Component'],
    ['operationalinsights', 'Workspace'],
    ['sql', 'Server ServersDatabase'],
    ['compute', 'VirtualMachine Disk'],
    ['search', 'SearchService'],
    ['cognitiveservices', 'Account'],
  ] as const
).flatMap(([group, kinds]) => kinds.split(' ').map((kind) => [`${group}.azure.com`, kind] as const));

/** What a map with `armId`, or with `name` (and `group` and `kind`), refers to. Empty strings count as not written. */
export interface AsoReference {
  readonly map: MapNode;
  readonly armId: ScalarNode | undefined;
  readonly name: ScalarNode | undefined;
  readonly group: ScalarNode | undefined;
  readonly kind: ScalarNode | undefined;
}

const filled = (map: MapNode, key: string): ScalarNode | undefined => {
  const node = asScalar(get(map, key));
  return node && node.value !== null && node.text !== '' ? node : undefined;
};

export function referenceOf(node: Parameters<typeof asMap>[0]): AsoReference | undefined {
  const map = asMap(node);
  return (
    map && {
      map,
      armId: filled(map, 'armId'),
      name: filled(map, 'name'),
      group: filled(map, 'group'),
      kind: filled(map, 'kind'),
    }
  );
}

/** `spec.owner`: the resource that this one is part of; of a RoleAssignment the scope. */
export const ownerOf = (object: KubernetesObject): AsoReference | undefined =>
  referenceOf(get(object.root, 'spec', 'owner'));

/** A text that is equal for equal owners; `undefined` where the owner is missing, a template, or written twice. */
export function ownerKey(object: KubernetesObject): string | undefined {
  const owner = ownerOf(object);
  if (!owner || (owner.armId && owner.name)) return undefined;
  const node = owner.armId ?? owner.name;
  if (!node || isTemplate(node.text)) return undefined;
  return owner.armId
    ? `arm ${node.text.toLowerCase()}`
    : `${owner.group?.text ?? ''}/${owner.kind?.text ?? ''} ${node.text}`;
}

/** The ARM id of an owner that is written as one; `undefined` for templates, other owners and malformed ids. */
export function ownerId(object: KubernetesObject): ResourceId | undefined {
  const armId = ownerOf(object)?.armId;
  return armId && !isTemplate(armId.text) ? parseResourceId(armId.text) : undefined;
}

/** A value that an object writes to a ConfigMap or Secret: `spec.operatorSpec.configMaps.clientId`. */
export interface Export {
  /** What is exported; `undefined` for an expression. */
  readonly field: Entry | undefined;
  readonly map: MapNode;
  readonly name: ScalarNode | undefined;
  /** Missing for an expression that yields a map: any key. */
  readonly key: ScalarNode | undefined;
}

export function exportsOf(object: KubernetesObject, into: 'configMaps' | 'secrets'): Export[] {
  const spec = get(object.root, 'spec', 'operatorSpec');
  const fields = entries(get(spec, into)).flatMap((field): Export[] => {
    const map = asMap(field.value);
    return map ? [{ field, map, name: filled(map, 'name'), key: filled(map, 'key') }] : [];
  });
  const expressions = asSeq(get(spec, into === 'configMaps' ? 'configMapExpressions' : 'secretExpressions'));
  return [
    ...fields,
    ...items(expressions).flatMap((item): Export[] => {
      const map = asMap(item);
      return map ? [{ field: undefined, map, name: filled(map, 'name'), key: filled(map, 'key') }] : [];
    }),
  ];
}

/** The namespace and name in a subject for Kubernetes; `undefined` for other subjects and templates. */
export function accountOfSubject(subject: string): { readonly namespace: string; readonly name: string } | undefined {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject);
  return match && !isTemplate(subject) ? { namespace: match[1] as string, name: match[2] as string } : undefined;
}

/** The subject of a federated credential that is written as text. */
export const subjectOf = (credential: KubernetesObject): ScalarNode | undefined => {
  const node = asScalar(get(credential.root, 'spec', 'subject'));
  return node && typeof node.value === 'string' ? node : undefined;
};

/**
 * Whether two objects end up in one namespace; `undefined` where nobody can tell. Two objects of one folder that both
 * leave it open end up together.
 */
export function inOneNamespace(a: KubernetesObject, b: KubernetesObject, workspace: Workspace): boolean | undefined {
  const own = workspace.namespacesOf(a);
  const theirs = workspace.namespacesOf(b);
  if (own.known && theirs.known) return [...own.names].some((n) => theirs.names.has(n));
  if (own.known || theirs.known || a.namespace !== b.namespace) return undefined;
  return folderOf(a) === folderOf(b) ? true : undefined;
}

const folderOf = ({ document }: KubernetesObject): string => document.uri.slice(0, document.uri.lastIndexOf('/') + 1);

/** `roleDefinitionReference` of a RoleAssignment, as written. */
export const roleReferenceOf = (assignment: KubernetesObject) => {
  const reference = referenceOf(get(assignment.root, 'spec', 'roleDefinitionReference'));
  return reference && { ...reference, wellKnownName: filled(reference.map, 'wellKnownName') };
};

/** The `{name, key}` of a ConfigMap that a field is read from; `undefined` for templates. */
export function configSource(object: KubernetesObject, field: string): { name: string; key: ScalarNode } | undefined {
  const map = get(object.root, 'spec', field);
  const name = text(get(map, 'name'));
  const key = asScalar(get(map, 'key'));
  if (!name || typeof key?.value !== 'string' || isTemplate(name) || isTemplate(key.text)) return undefined;
  return { name, key };
}
