import { type BuiltInRole, roleByGuid, roleByName } from '../../azure/roles.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { ownerId, ownerOf, roleReferenceOf } from '../../model/views/aso.ts';
import type { ScalarNode } from '../../yaml/tree.ts';

/** The providers of the operator's groups. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'containerregistry.azure.com': 'Microsoft.ContainerRegistry',
  'keyvault.azure.com': 'Microsoft.KeyVault',
  'storage.azure.com': 'Microsoft.Storage',
  'eventhub.azure.com': 'Microsoft.EventHub',
  'containerservice.azure.com': 'Microsoft.ContainerService',
  'servicebus.azure.com': 'Microsoft.ServiceBus',
  'managedidentity.azure.com': 'Microsoft.ManagedIdentity',
};

/** The built-in role of an assignment, and the scalar that names it; `undefined` for others and templates. */
export function roleOf(assignment: KubernetesObject): { role: BuiltInRole; node: ScalarNode } | undefined {
  const reference = roleReferenceOf(assignment);
  const { wellKnownName, armId } = reference ?? {};
  if ((wellKnownName && armId) || !reference) return undefined;
  const node = wellKnownName ?? armId;
  const role = wellKnownName ? roleByName(wellKnownName.text) : armId && roleByGuid(armId.text);
  return node && role ? { role, node } : undefined;
}

/** The provider of the resource that is the scope of an assignment; `undefined` for groups, subscriptions and what is not known. */
export function scopeOf(assignment: KubernetesObject): { provider: string; type: string } | undefined {
  const id = ownerId(assignment);
  if (id?.provider) return { provider: id.provider.text, type: id.type };
  const owner = ownerOf(assignment);
  const provider = owner?.armId ? undefined : PROVIDERS[owner?.group?.text ?? ''];
  return provider && owner?.kind ? { provider, type: owner.kind.text } : undefined;
}
