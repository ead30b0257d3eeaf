import { addAt } from '../../yaml/edits.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { roleAssignments } from './_objects.ts';

export default defineRule({
  id: 'aso/principal-type-missing',
  on: roleAssignments,
  severity: 'hint',
  summary: 'A role assignment to a new identity does not say that it is a service principal.',
  why: 'A new identity takes a while to be known everywhere in Entra. Without `principalType` Azure looks it up first and may answer PrincipalNotFound; the operator tries again, so that it works after some minutes.',
  references: [
    'https://github.com/MicrosoftDocs/azure-docs/issues/103085',
    'https://github.com/hashicorp/terraform-provider-azurerm/issues/25506',
  ],
  *check(object, { workspace }) {
    const config = getEntry(object.root, 'spec', 'principalIdFromConfig');
    if (!config || getEntry(workspace.patched(object).root, 'spec', 'principalType')) return;
    yield report(
      config,
      'Without principalType Azure may answer PrincipalNotFound for an identity that was just made. Set principalType: ServicePrincipal.',
      {
        fix: unsafeFix(
          'Set principalType: ServicePrincipal',
          addAt(object.root, ['spec', 'principalType'], 'ServicePrincipal'),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No type',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  <|principalIdFromConfig|>:
    name: orders-identity
    key: principalId
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
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  roleDefinitionReference:
    wellKnownName: AcrPull
  principalType: ServicePrincipal
`,
    },
  ],
  good: [
    {
      title: 'With a type, and to a principal that is known',
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
  principalId: 3f2504e0-4f89-41d3-9a0c-0305e82c3301
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
    },
  ],
};
