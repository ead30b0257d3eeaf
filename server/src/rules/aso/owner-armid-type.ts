import { isOfType } from '../../azure/resource-ids.ts';
import { isPlaceholder } from '../../azure/text-kinds.ts';
import { ownerId, ownerOf } from '../../model/views/aso.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';

export default defineRule({
  id: 'aso/owner-armid-type',
  on: kinds(
    'managedidentity.azure.com/FederatedIdentityCredential',
    'managedidentity.azure.com/UserAssignedIdentity',
    'keyvault.azure.com/Vault',
    'containerregistry.azure.com/Registry',
    'storage.azure.com/StorageAccount',
    'containerservice.azure.com/ManagedCluster',
    'eventhub.azure.com/Namespace',
  ),
  severity: 'error',
  partial: true,
  summary: 'The id of the owner is of another kind than what owns such a resource.',
  why: 'An identity, vault, registry, account or cluster is in a resource group, and a federated credential belongs to a managed identity. The operator checks the type of the id.',
  references: ['Azure/azure-service-operator@129173a1 v2/pkg/genruntime'],
  *check(object) {
    const id = ownerId(object);
    const node = ownerOf(object)?.armId;
    if (!id || !node || isPlaceholder(node.text)) return;
    const wanted = object.kind === 'FederatedIdentityCredential' ? IDENTITY : 'resourceGroup';
    if (isOfType(id, wanted)) return;
    const shown = (type: string) =>
      type === 'resourceGroup' ? 'a resource group' : type === 'subscription' ? 'a subscription' : type;
    yield report(
      node,
      `The owner of a ${object.kind} is ${wanted === IDENTITY ? `a managed identity (${IDENTITY})` : 'a resource group'}, and this is the id of ${shown(id.type)}: "expected owner ARM ID to be of type …".`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A credential of a resource group',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    armId: <|/subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet|>
  audiences: [api://AzureADTokenExchange]
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
    {
      title: 'An identity of a subscription',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    armId: <|/subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b|>
`,
    },
  ],
  good: [
    {
      title: 'A credential of an identity; letter case does not matter',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourcegroups/fleet/providers/microsoft.managedidentity/userassignedidentities/orders
  audiences: [api://AzureADTokenExchange]
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
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
