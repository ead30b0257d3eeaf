import { roleReferenceOf } from '../../model/views/aso.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { nameOf, roleAssignments } from './_objects.ts';

export default defineRule({
  id: 'aso/role-reference-empty',
  on: roleAssignments,
  severity: 'error',
  summary: 'A role assignment does not say which role, or says it twice.',
  why: 'A role is named by `wellKnownName` (ASO 2.17), by the `armId` of its definition, or by `group`, `kind` and `name` of the object that makes it: by exactly one of them.',
  references: ['Azure/azure-service-operator@129173a1 v2/pkg/genruntime/resource_reference.go'],
  *check(object, { workspace }) {
    const entry = getEntry(object.root, 'spec', 'roleDefinitionReference');
    const spec = getEntry(object.root, 'spec');
    if (!spec || entry?.value.damaged || !workspace.isComplete(object)) return;
    const patched = roleReferenceOf(workspace.patched(object));
    const ways = patched
      ? [patched.wellKnownName, patched.armId, patched.group ?? patched.kind ?? patched.name].filter((n) => n)
      : [];
    // An id and a name together is a finding of its own.
    if (ways.length === 1 || (ways.length === 2 && patched?.armId && !patched.wellKnownName)) return;
    yield report(
      entry ?? nameOf(object),
      ways.length === 0
        ? 'The role is missing. Write wellKnownName with the name of a built-in role, the armId of a role definition, or group, kind and name of a RoleDefinition.'
        : 'The role is named in more than one way. Keep one of wellKnownName, armId, and group with kind and name.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No role',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
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
  <|roleDefinitionReference|>: {}
`,
    },
    {
      title: 'Two',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
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
  <|roleDefinitionReference|>:
    wellKnownName: AcrPull
    armId: /providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d
`,
    },
  ],
  good: [
    {
      title: 'By name, by id, by object',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
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
  roleDefinitionReference:
    armId: /providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d
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
  roleDefinitionReference:
    group: authorization.azure.com
    kind: RoleDefinition
    name: puller
`,
    },
  ],
};
