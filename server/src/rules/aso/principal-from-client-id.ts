import { configSource, exportsOf, inOneNamespace } from '../../model/views/aso.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { GROUP, roleAssignments, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/principal-from-client-id',
  on: roleAssignments,
  severity: 'error',
  summary: 'A role assignment takes the client id of an identity for its principal id.',
  why: 'An identity has a client id, with which pods log in, and a principal (object) id, to which roles are assigned. Azure answers PrincipalNotFound for the other one.',
  references: ['Azure/azure-service-operator@129173a1 v2/api/managedidentity'],
  *check(object, { workspace }) {
    const source = configSource(object, 'principalIdFromConfig');
    if (!source) return;
    for (const identity of workspace.objects(GROUP, 'UserAssignedIdentity')) {
      const written = exportsOf(workspace.patched(identity), 'configMaps');
      const from = (field: string) => written.filter((e) => e.field?.key.text === field);
      const client = from('clientId').find((e) => e.name?.text === source.name && e.key?.text === source.key.text);
      if (!client || inOneNamespace(object, identity, workspace) !== true) continue;
      const good = from('principalId').find((e) => e.name && e.key);
      // Both to one key is another rule's finding.
      if (good?.name?.text === source.name && good.key?.text === source.key.text) continue;
      const name = stringAt(object, 'spec', 'principalIdFromConfig', 'name');
      const edits =
        good?.key && good.name && name
          ? [
              ...(good.name.text === source.name ? [] : [replaceText(name, good.name.text)]),
              replaceText(source.key, good.key.text),
            ]
          : undefined;
      yield report(
        source.key,
        `Key "${source.key.text}" of ConfigMap "${source.name}" holds the client id of identity "${identity.name}", and a role is assigned to its principal id: Azure answers PrincipalNotFound.`,
        {
          fix: edits && unsafeFix(`Read ${good?.key?.text} of ${good?.name?.text}`, ...edits),
          related: [related(client.field ?? client.map, 'Where the client id is written there')],
        },
      );
      return;
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The key of the client id',
      files: {
        'role.yaml': `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: orders-identity
    key: <|clientId|>
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      clientId:
        name: orders-identity
        key: clientId
      principalId:
        name: orders-identity
        key: principalId
`,
      },
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
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
    },
  ],
  good: [
    {
      title: 'The principal id; an identity of another namespace',
      files: {
        'role.yaml': `apiVersion: authorization.azure.com/v1api20220401
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
        'identities.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      principalId:
        name: orders-identity
        key: principalId
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: other
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      clientId:
        name: orders-identity
        key: principalId
`,
      },
    },
  ],
};
