import { parseResourceId, resourceIdProblem } from '../../azure/resource-ids.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { references } from './_references.ts';

export default defineRule({
  id: 'aso/armid-invalid',
  on: references,
  severity: 'error',
  partial: true,
  summary: 'An `armId` is no id of a resource in Azure.',
  why: 'The API server checks it against the pattern of the CRD: pairs of type and name, without a host in front and a slash at the end.',
  references: ['Azure/azure-service-operator@129173a1 CRD pattern of armId'],
  *check({ reference: { armId } }) {
    if (typeof armId?.value !== 'string' || isTemplate(armId.text)) return;
    const problem = resourceIdProblem(armId.text);
    if (problem === undefined || (isPlaceholder(armId.text) && armId.text.startsWith('<'))) return;
    const good = armId.text
      .trim()
      .replace(/^https?:\/\/[^/]+/i, '')
      .replace(/\/+$/, '');
    yield report(armId, `"${armId.text}" is no id of a resource in Azure: ${problem}.`, {
      fix: parseResourceId(good) ? unsafeFix(`Write ${good}`, replaceText(armId, good)) : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A slash at the end',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    armId: <|/subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/|>
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
    {
      title: 'The URL of the REST API, in a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: authorization.azure.com/v1api20220401
      kind: RoleAssignment
      metadata:
        name: orders-pull
      spec:
        owner:
          armId: <|https://management.azure.com/subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso|>
`,
      },
    },
  ],
  good: [
    {
      title: 'A role definition of no subscription, and a variable',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/\${SUBSCRIPTION}/
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    armId: /subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d
`,
    },
  ],
};
