import { builtInRoles, roleByName } from '../../azure/roles.ts';
import { isPlaceholder, isTemplate, nearest } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { roleAssignments, stringAt } from './_objects.ts';

/** What people call roles that Azure calls otherwise. */
const CALLED: Readonly<Record<string, string>> = {
  'aks cluster user': 'Azure Kubernetes Service Cluster User Role',
  'aks cluster user role': 'Azure Kubernetes Service Cluster User Role',
  'aks rbac reader': 'Azure Kubernetes Service RBAC Reader',
  'aks rbac writer': 'Azure Kubernetes Service RBAC Writer',
  'aks rbac admin': 'Azure Kubernetes Service RBAC Admin',
  'aks rbac cluster admin': 'Azure Kubernetes Service RBAC Cluster Admin',
  'event hubs data sender': 'Azure Event Hubs Data Sender',
  'event hubs data receiver': 'Azure Event Hubs Data Receiver',
  'event hubs data owner': 'Azure Event Hubs Data Owner',
};

export default defineRule({
  id: 'aso/role-name-unknown',
  on: roleAssignments,
  severity: 'warning',
  partial: true,
  summary: 'No built-in role of Azure has this name.',
  why: 'The operator looks the name up in its list of built-in roles, without regard to case. Custom roles are named by `armId`. The list here is of August 2026: a newer role may be missing.',
  references: [
    'Azure/azure-service-operator@129173a1 v2/pkg/genruntime',
    'MicrosoftDocs/azure-docs@00a58329 articles/role-based-access-control/built-in-roles.md',
  ],
  versions: 'ASO 2.17 and later',
  *check(object) {
    const node = stringAt(object, 'spec', 'roleDefinitionReference', 'wellKnownName');
    if (!node || node.text === '' || isTemplate(node.text) || isPlaceholder(node.text) || roleByName(node.text)) return;
    const names = builtInRoles().map((role) => role.name);
    const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const own = plain(node.text);
    const meant =
      CALLED[node.text.toLowerCase().trim()] ?? names.find((n) => plain(n) === own) ?? nearest(node.text, names, 4);
    yield report(
      node,
      `No built-in role is called "${node.text}"${meant ? `; did you mean "${meant}"?` : '.'} The operator answers "unable to find Azure built-in role-definition with well-known name"; name a custom role by armId.`,
      { fix: meant ? unsafeFix(`Write ${meant}`, replaceText(node, meant)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Two words for one',
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
    wellKnownName: <|ACR Pull|>
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
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
    },
    {
      title: 'A short name, in a patch',
      message: 'Azure Kubernetes Service Cluster User Role',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: authorization.azure.com/v1api20220401
      kind: RoleAssignment
      metadata:
        name: orders-pull
      spec:
        roleDefinitionReference:
          wellKnownName: <|AKS Cluster User|>
`,
      },
    },
  ],
  good: [
    {
      title: 'Case does not matter; a variable',
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
    wellKnownName: key vault crypto user
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
    wellKnownName: \${ROLE}
`,
    },
  ],
};
