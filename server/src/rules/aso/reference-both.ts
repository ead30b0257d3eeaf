import { removeEntry } from '../../yaml/edits.ts';
import { entry as entryAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { references } from './_references.ts';

export default defineRule({
  id: 'aso/reference-both',
  on: references,
  severity: 'error',
  partial: true,
  summary: 'A reference has an `armId` and the name of an object as well.',
  why: 'A resource is named either by its id in Azure or by the object that makes it. The operator refuses both.',
  references: ['Azure/azure-service-operator@129173a1 v2/pkg/genruntime/resource_reference.go'],
  *check({ reference }) {
    const { armId, name, group, kind, map } = reference;
    const other = name ?? group ?? kind;
    if (!armId || !other) return;
    const id = entryAt(map, 'armId');
    const named = ['name', 'group', 'kind'].flatMap((key) => entryAt(map, key) ?? []);
    const keepId = map.flow ? undefined : unsafeFix('Keep armId', ...named.map(removeEntry));
    yield report(
      other,
      "armId names the resource already: \"the 'ARMID' field is mutually exclusive with 'Group', 'Kind', 'Namespace', and 'Name'\". Keep one of the two.",
      {
        fix: [keepId, id ? unsafeFix('Keep the name', removeEntry(id)) : undefined],
        related: [related(armId, 'The id')],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An id and a name',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet
    name: <|fleet|>
`,
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet
`,
    },
  ],
  good: [
    {
      title: 'One of them',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
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
`,
    },
  ],
};
