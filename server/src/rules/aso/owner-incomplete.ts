import { addEntries } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { references } from './_references.ts';

export default defineRule({
  id: 'aso/owner-incomplete',
  on: references,
  severity: 'error',
  summary: 'A reference to a resource lacks its group, kind or name.',
  why: 'A role assignment may have any resource as its scope, and a reference may be to any kind: the operator needs `group`, `kind` and `name`, or `armId` alone. Other owners are of a known kind and need their name only.',
  references: ['Azure/azure-service-operator@129173a1 v2/pkg/genruntime/resource_reference.go'],
  *check({ object, reference, entry, owner }, { workspace }) {
    const { armId, name, group, kind, map } = reference;
    if (armId || get(map, 'armId') || get(map, 'wellKnownName') || map.damaged) return;
    if (owner && !(object.group === 'authorization.azure.com' && object.kind === 'RoleAssignment')) return;
    if (!name && !group && !kind && !owner) return;
    const missing = Object.entries({ group, kind, name }).flatMap(([key, node]) => (node ? [] : [key]));
    if (missing.length === 0) return;
    if (object.partial || !workspace.isComplete(object) || workspace.patchesFor(object).length > 0) return;
    const values: Record<string, string> = {};
    for (const key of missing)
      values[key] = key === 'group' && !kind ? 'resources.azure.com' : key === 'kind' && !group ? 'ResourceGroup' : '';
    yield report(
      entry,
      `${owner ? 'The owner of a role assignment' : `${entry.key.text}`} lacks ${missing.join(' and ')}: "when referencing a Kubernetes resource, 'Group', 'Kind', 'Namespace', and 'Name' must all be specified". Write group, kind and name, or armId alone.`,
      { fix: unsafeFix(`Add ${missing.join(' and ')}`, addEntries(map, values)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A scope with a name alone',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  <|owner|>:
    name: fleet
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
      fixed: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    name: fleet
    group: resources.azure.com
    kind: ResourceGroup
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
    },
  ],
  good: [
    {
      title: 'All three, an id, and an owner of a known kind',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    name: contoso
    group: containerregistry.azure.com
    kind: Registry
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
---
apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
`,
    },
  ],
};
