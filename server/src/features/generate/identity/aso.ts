import { TOKEN_EXCHANGE_AUDIENCE } from '../../../azure/applications.ts';
import { resourceGroupId } from '../../../azure/resource-ids.ts';
import { commented, documents, type YamlMap } from '../yaml-text.ts';
import { credentialNameOf, type IdentityPlan, scopeId, subjectOf, variablePrefix } from './plan.ts';

/** The objects of Azure Service Operator 2.17 or newer. */
export function asoManifests(plan: IdentityPlan): string {
  const { namespace, identity } = plan;
  const name = identity.toLowerCase().replaceAll('_', '-');
  const exported = `${name}-ids`;
  const prefix = variablePrefix(identity);
  const metadata = (n: string): YamlMap => ({ name: n, namespace });
  return documents(
    {
      apiVersion: 'managedidentity.azure.com/v1api20230131',
      kind: 'UserAssignedIdentity',
      metadata: metadata(name),
      spec: {
        azureName: name === identity ? undefined : identity,
        location: plan.location,
        owner: { armId: resourceGroupId(plan.subscription!, plan.resourceGroup) },
        operatorSpec: {
          configMaps: commented('Written by the operator; substituteFrom of a Flux Kustomization can read it.', {
            clientId: { name: exported, key: `${prefix}_CLIENT_ID` },
            principalId: { name: exported, key: `${prefix}_PRINCIPAL_ID` },
            tenantId: { name: exported, key: `${prefix}_TENANT_ID` },
          }),
        },
      },
    },
    ...plan.serviceAccounts.map((account) => ({
      apiVersion: 'managedidentity.azure.com/v1api20230131',
      kind: 'FederatedIdentityCredential',
      metadata: metadata(credentialNameOf(plan, account)),
      spec: {
        owner: { name },
        audiences: [TOKEN_EXCHANGE_AUDIENCE],
        issuer: plan.issuer.from === 'url' ? plan.issuer.url : undefined,
        issuerFromConfig:
          plan.issuer.from === 'configMap'
            ? commented('Exported by the ManagedCluster (operatorSpec.configMaps.oidcIssuerProfile).', {
                name: plan.issuer.name,
                key: plan.issuer.key,
              })
            : undefined,
        subject: subjectOf(plan, account),
      },
    })),
    ...plan.roles.map((role, i) => ({
      apiVersion: 'authorization.azure.com/v1api20220401',
      kind: 'RoleAssignment',
      metadata: metadata(plan.roles.length > 1 ? `${name}-role-${i + 1}` : `${name}-role`),
      spec: {
        owner: commented('The scope of the role.', { armId: scopeId(plan.scope!, plan.subscription!) }),
        principalIdFromConfig: { name: exported, key: `${prefix}_PRINCIPAL_ID` },
        principalType: commented('Without it a new identity may not be found yet.', 'ServicePrincipal'),
        roleDefinitionReference: { wellKnownName: commented(role.guid, role.name) },
      },
    })),
  );
}
