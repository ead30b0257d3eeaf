import { roleByGuid } from '../../azure/roles.ts';
import { isGuid, isPlaceholder } from '../../azure/text-kinds.ts';
import { textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, partOf, report } from '../define.ts';
import { roleAssignments, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/role-guid-unknown',
  on: roleAssignments,
  severity: 'hint',
  partial: true,
  summary: 'The id of a role definition is none of a built-in role.',
  why: 'A custom role is fine. A built-in one has the same GUID in every tenant, and this one is not among those of August 2026.',
  references: ['MicrosoftDocs/azure-docs@00a58329 articles/role-based-access-control/built-in-roles.md'],
  *check(object, { workspace }) {
    const node = stringAt(object, 'spec', 'roleDefinitionReference', 'armId');
    if (!node || !/\/roleDefinitions\//i.test(node.text)) return;
    const start = node.text.lastIndexOf('/') + 1;
    const guid = node.text.slice(start);
    if (!isGuid(guid) || isPlaceholder(guid) || roleByGuid(guid)) return;
    const own = guid.toLowerCase();
    if (
      workspace
        .objects('authorization.azure.com', 'RoleDefinition')
        .some((role) => (textAt(role.root, 'spec', 'azureName') ?? role.name)?.toLowerCase() === own)
    )
      return;
    yield report(
      partOf(node, start, node.text.length),
      `No built-in role has the id ${guid}. If no custom role has it either, Azure answers RoleDefinitionDoesNotExist.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A GUID that is not in the list',
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
  roleDefinitionReference:
    armId: /providers/Microsoft.Authorization/roleDefinitions/<|7f951dda-4ed3-4680-a7ca-43fe172d538f|>
`,
    },
  ],
  good: [
    {
      title: 'AcrPull, and a role of the workspace',
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
  roleDefinitionReference:
    armId: /providers/Microsoft.Authorization/roleDefinitions/7F951DDA-4ed3-4680-a7ca-43fe172d538d
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
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/providers/Microsoft.Authorization/roleDefinitions/5b1d7a6c-5a3e-4c3b-9a2e-6f0d9b1c2e44
---
apiVersion: authorization.azure.com/v1api20220401
kind: RoleDefinition
metadata:
  name: puller
  namespace: shop
spec:
  azureName: 5b1d7a6c-5a3e-4c3b-9a2e-6f0d9b1c2e44
`,
    },
  ],
};
