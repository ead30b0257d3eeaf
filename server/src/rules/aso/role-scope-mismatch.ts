import { providerOfRole } from '../../azure/roles.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { roleAssignments } from './_objects.ts';
import { roleOf, scopeOf } from './_roles.ts';

export default defineRule({
  id: 'aso/role-scope-mismatch',
  on: roleAssignments,
  severity: 'warning',
  summary: 'A role is assigned on a resource that it has no action for.',
  why: 'Azure accepts any role on any resource. One whose actions are all of another provider grants nothing there.',
  references: ['MicrosoftDocs/azure-docs@00a58329 articles/role-based-access-control/built-in-roles.md'],
  *check(object, { workspace }) {
    const found = roleOf(object);
    const provider = found && providerOfRole(found.role.name);
    const scope = provider && scopeOf(object);
    if (!found || !provider || !scope || scope.provider.toLowerCase() === provider.toLowerCase()) return;
    // A role definition or management group is no resource with a provider of its own.
    if (/^Microsoft\.(Management|Authorization|Resources)$/i.test(scope.provider)) return;
    const patched = workspace.patched(object);
    if (roleOf(patched)?.role !== found.role || scopeOf(patched)?.type !== scope.type) return;
    yield report(
      found.node,
      `Role "${found.role.name}" has actions of ${provider} alone, so that on ${scope.type} it grants nothing. Assign it on a resource of ${provider}, or take another role.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A role of registries on a vault',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/fleet
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: <|AcrPull|>
`,
    },
    {
      title: 'By ids and kinds',
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
    armId: <|/providers/Microsoft.Authorization/roleDefinitions/12338af0-0e69-4776-bea7-57ae8d297424|>
`,
    },
  ],
  good: [
    {
      title: 'On a registry, on a resource group, and a role for everything',
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
    name: fleet
    group: resources.azure.com
    kind: ResourceGroup
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
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/fleet
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  roleDefinitionReference:
    wellKnownName: Reader
`,
    },
  ],
};
