import { CLUSTER_RBAC_ROLES, INTEGRATION_ROLES } from '../../azure/roles.ts';
import { defineFacts, object, oneOf, string } from '../define.ts';
import type { Suggestion } from '../shape.ts';
import { fromConfig, objectOf, SUBSCRIPTION } from './_fields.ts';

/** The roles that the integrations of GitOps need. */
const ROLES: readonly Suggestion[] = [
  ...Object.values(INTEGRATION_ROLES).flatMap(({ role, title, note }) =>
    role ? [{ value: role.name, doc: note ? `${title}. ${note}` : `${title}.` }] : [],
  ),
  ...CLUSTER_RBAC_ROLES.map(({ name }) => ({
    value: name,
    doc: 'What may be done inside an AKS cluster with Azure RBAC.',
  })),
];

export default defineFacts({
  group: 'authorization.azure.com',
  kinds: ['RoleAssignment'],
  version: 'v1api20220401',
  doc: 'Gives an identity a role on a resource. The owner is the scope: whatever the role is assigned on.',
  link: 'https://learn.microsoft.com/azure/role-based-access-control/role-assignments',
  fields: {},
  shape: objectOf(
    {
      azureName: string('The GUID of the assignment. Made from the object without it.'),
      owner: object(
        {
          group: string('The API group of the object that makes the resource: `keyvault.azure.com`.'),
          kind: string('Its kind: `Vault`.'),
          name: string('Its name, in this namespace. Needs `group` and `kind`: a role can be assigned on anything.'),
          armId: string('The id of the resource in Azure, instead of the other three.', {
            snippet: `${SUBSCRIPTION}/resourceGroups/\${2:group}`,
          }),
        },
        { doc: 'The scope: the resource, group or subscription that the role is assigned on.' },
      ),
      principalId: string('The principal (object) id that gets the role. Not the client id.', {
        snippet: '${1:00000000-0000-0000-0000-000000000000}',
      }),
      principalIdFromConfig: fromConfig(
        'Reads the principal id from a ConfigMap, to which the identity writes it with `operatorSpec.configMaps.principalId`.',
      ),
      principalType: oneOf(
        'What the principal is. With it Azure does not look up a new identity that is not known everywhere yet (PrincipalNotFound).',
        {
          ServicePrincipal: { doc: 'A managed identity or application.' },
          User: { doc: 'A user.' },
          Group: { doc: 'A group.' },
          ForeignGroup: { doc: 'A group of another tenant.' },
          Device: { doc: 'A device.' },
        },
      ),
      roleDefinitionReference: object(
        {
          wellKnownName: string('The name of a built-in role; letter case does not count.', {
            since: 'Azure Service Operator 2.17',
            link: 'https://learn.microsoft.com/azure/role-based-access-control/built-in-roles',
            suggestions: ROLES,
          }),
          armId: string('The id of a role definition, for custom roles too. It may leave the subscription out.', {
            snippet: '/providers/Microsoft.Authorization/roleDefinitions/${1:00000000-0000-0000-0000-000000000000}',
          }),
          group: { type: 'string' },
          kind: { type: 'string' },
          name: string('A RoleDefinition of this namespace, with `group` and `kind`.', {
            refersTo: { kind: 'RoleDefinition', group: 'authorization.azure.com' },
          }),
        },
        { doc: 'The role, by exactly one of `wellKnownName`, `armId`, and `group` with `kind` and `name`.' },
      ),
      condition: string('A condition that narrows the role, in the language of Azure.'),
      conditionVersion: oneOf('The version of the language.', { '2.0': { doc: 'The only one.' } }),
      description: { type: 'string' },
    },
    ['owner', 'roleDefinitionReference'],
  ),
  snippets: [
    {
      label: 'RoleAssignment to an identity',
      doc: 'A role for an identity of the same namespace.',
      body: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: \${1:app}
  namespace: \${2:default}
spec:
  owner:
    armId: \${3:/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/providers/Microsoft.ContainerRegistry/registries/registry}
  principalIdFromConfig:
    name: \${1:app}-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: \${4:AcrPull}
`,
    },
  ],
});
