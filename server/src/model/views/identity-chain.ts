import type { ResourceId } from '../../azure/resource-ids.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { asScalar } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import type { Workspace } from '../context.ts';
import { annotation, type KubernetesObject } from '../object.ts';
import { accountOfSubject, configSource, exportsOf, inOneNamespace, ownerId, ownerOf, subjectOf } from './aso.ts';

const IDENTITIES = 'managedidentity.azure.com';

/**
 * What is known of one hop of the chain. `absent`: no file says it, though it may be so in Azure. `unknown`: a file may
 * say it, but nobody can tell which (a template, a namespace that is decided elsewhere), or the hop before is not known.
 */
export type Hop<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' };

/** A managed identity: the object that makes it, or its id in Azure where it is made elsewhere. */
export type ManagedIdentity =
  | { readonly object: KubernetesObject; readonly name: string }
  | { readonly object: undefined; readonly name: string; readonly id: ResourceId };

/** From a ServiceAccount to what it may do in Azure, as far as files of Azure Service Operator show it. */
export interface IdentityChain {
  readonly clientId: Hop<ScalarNode>;
  readonly tenantId: Hop<ScalarNode>;
  /** The federated credentials whose subject is the ServiceAccount. */
  readonly credentials: Hop<readonly KubernetesObject[]>;
  /** The identities that own these credentials. */
  readonly identities: Hop<readonly ManagedIdentity[]>;
  /** The role assignments to these identities. */
  readonly roles: Hop<readonly KubernetesObject[]>;
}

const UNKNOWN = { state: 'unknown' } as const;
const ABSENT = { state: 'absent' } as const;

/** Follows a ServiceAccount to its identity and roles; all lists are in the order of the workspace, never empty when known. */
export function chainOf(account: KubernetesObject, workspace: Workspace): IdentityChain {
  const credentials = credentialsFor(account, workspace);
  const identities: Hop<readonly ManagedIdentity[]> =
    credentials.state === 'known' ? join(credentials.value.map((c) => identityOf(c, workspace))) : UNKNOWN;
  const roles: Hop<readonly KubernetesObject[]> =
    identities.state === 'known' ? join(identities.value.map((i) => assignmentsTo(i, workspace))) : UNKNOWN;
  const patched = workspace.patched(account);
  return {
    clientId: annotationHop(patched, 'azure.workload.identity/client-id', account, workspace),
    tenantId: annotationHop(patched, 'azure.workload.identity/tenant-id', account, workspace),
    credentials,
    identities,
    roles,
  };
}

function annotationHop(
  patched: KubernetesObject,
  key: string,
  account: KubernetesObject,
  workspace: Workspace,
): Hop<ScalarNode> {
  const node = asScalar(annotation(patched, key)?.value);
  if (!node || node.text === '') return workspace.isComplete(account) ? ABSENT : UNKNOWN;
  return isTemplate(node.text) || isPlaceholder(node.text) ? UNKNOWN : { state: 'known', value: node };
}

/** The federated credentials for a ServiceAccount. A subject that is a template, or read from a ConfigMap, may be for it. */
export function credentialsFor(account: KubernetesObject, workspace: Workspace): Hop<readonly KubernetesObject[]> {
  const namespaces = workspace.namespacesOf(account);
  const names = workspace.namesOf(account);
  const found: KubernetesObject[] = [];
  let uncertain = false;
  for (const credential of workspace.objects(IDENTITIES, 'FederatedIdentityCredential')) {
    const subject = subjectOf(workspace.patched(credential));
    if (!subject || isTemplate(subject.text)) {
      uncertain = true;
      continue;
    }
    const wanted = accountOfSubject(subject.text.trim());
    if (!wanted) continue;
    const sameName = wanted.name === account.name || (names.known && names.names.has(wanted.name));
    if (!sameName) continue;
    if (!namespaces.known) uncertain = true;
    else if (namespaces.names.has(wanted.namespace)) found.push(credential);
  }
  if (found.length > 0) return { state: 'known', value: found };
  return uncertain ? UNKNOWN : ABSENT;
}

/** The ServiceAccounts that a federated credential is for. */
export function accountsOf(credential: KubernetesObject, workspace: Workspace): Hop<readonly KubernetesObject[]> {
  const subject = subjectOf(workspace.patched(credential));
  const wanted = subject && accountOfSubject(subject.text.trim());
  if (!wanted) return UNKNOWN;
  const found = workspace.find('', 'ServiceAccount', wanted.name, { namespace: wanted.namespace });
  return found.state === 'found'
    ? { state: 'known', value: found.values }
    : found.state === 'absent'
      ? ABSENT
      : UNKNOWN;
}

/** The managed identity that owns a federated credential. */
export function identityOf(credential: KubernetesObject, workspace: Workspace): Hop<readonly ManagedIdentity[]> {
  const patched = workspace.patched(credential);
  const owner = ownerOf(patched);
  const id = ownerId(patched);
  if (id) return { state: 'known', value: [{ object: undefined, name: id.name.text, id }] };
  if (!owner?.name || owner.armId) return UNKNOWN;
  const found = workspace.find(IDENTITIES, 'UserAssignedIdentity', owner.name.text, credential);
  if (found.state !== 'found') return found;
  const near = found.values.filter((i) => inOneNamespace(i, credential, workspace) !== false);
  return { state: 'known', value: near.map((object) => ({ object, name: object.name ?? '' })) };
}

/**
 * The role assignments whose principal is read from the ConfigMap to which the identity writes its principal id. Of an
 * identity that is made elsewhere nobody knows the principal id.
 */
export function assignmentsTo(identity: ManagedIdentity, workspace: Workspace): Hop<readonly KubernetesObject[]> {
  const { object } = identity;
  if (!object) return UNKNOWN;
  const exported = exportsOf(workspace.patched(object), 'configMaps').filter(
    (e) => e.field?.key.text === 'principalId',
  );
  const found: KubernetesObject[] = [];
  let uncertain = false;
  for (const assignment of workspace.objects('authorization.azure.com', 'RoleAssignment')) {
    const source = configSource(workspace.patched(assignment), 'principalIdFromConfig');
    if (!source) {
      uncertain = true;
      continue;
    }
    if (!exported.some((e) => e.name?.text === source.name && e.key?.text === source.key.text)) continue;
    const together = inOneNamespace(object, assignment, workspace);
    if (together === undefined) uncertain = true;
    else if (together) found.push(assignment);
  }
  if (found.length > 0) return { state: 'known', value: found };
  return uncertain ? UNKNOWN : ABSENT;
}

/** What several things lead to, each thing once. */
function join<T>(hops: readonly Hop<readonly T[]>[]): Hop<readonly T[]> {
  const all = [...new Set(hops.flatMap((h) => (h.state === 'known' ? h.value : [])))];
  if (all.length > 0) return { state: 'known', value: all };
  return hops.some((h) => h.state === 'unknown') ? UNKNOWN : ABSENT;
}
