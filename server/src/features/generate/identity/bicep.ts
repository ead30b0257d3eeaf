import { TOKEN_EXCHANGE_AUDIENCE } from '../../../azure/applications.ts';
import type { BuiltInRole } from '../../../azure/roles.ts';
import type { GeneratedFile } from '../generator.ts';
import { credentialNameOf, type IdentityPlan, type Scope, subjectOf } from './plan.ts';

/** One file, and a module beside it when roles are assigned in another resource group. */
export function bicep(plan: IdentityPlan): GeneratedFile[] {
  const elsewhere = plan.scope !== undefined && plan.scope.resourceGroup !== plan.resourceGroup;
  const moduleName = `${plan.identity}-roles.bicep`;
  const parts = [
    `param location string = ${quoted(plan.location)}`,
    `resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: ${quoted(plan.identity)}
  location: location
}`,
  ];
  if (plan.issuer.from === 'cluster')
    parts.push(
      existing('cluster', 'Microsoft.ContainerService/managedClusters@2024-09-01', plan.issuer.name, {
        scope: `resourceGroup(${quoted(plan.issuer.resourceGroup)})`,
      }),
    );
  parts.push(credentials(plan));
  if (plan.scope !== undefined && !elsewhere)
    parts.push(
      ...scopeResources(plan.scope),
      ...assignments(plan.scope, plan.roles, 'identity.properties.principalId', 'identity.id'),
    );
  if (elsewhere)
    parts.push(`module roles ${quoted(moduleName)} = {
  name: ${quoted(`${plan.identity}-roles`)}
  scope: resourceGroup(${quoted(plan.scope!.resourceGroup)})
  params: {
    principalId: identity.properties.principalId
  }
}`);
  parts.push('output clientId string = identity.properties.clientId');
  const files: GeneratedFile[] = [
    {
      path: `${plan.identity}.bicep`,
      language: 'bicep',
      content: `${parts.join('\n\n')}\n`,
      note: `Deploy with: az deployment group create --resource-group ${plan.resourceGroup} --template-file ${plan.identity}.bicep`,
    },
  ];
  if (elsewhere)
    files.push({
      path: moduleName,
      language: 'bicep',
      content: `${['param principalId string', ...scopeResources(plan.scope!), ...assignments(plan.scope!, plan.roles, 'principalId', 'principalId')].join('\n\n')}\n`,
      note: 'A module of its own: a role can only be assigned inside the resource group that is deployed to.',
    });
  return files;
}

function credentials(plan: IdentityPlan): string {
  const items = plan.serviceAccounts.map(
    (account) => `  {
    name: ${quoted(credentialNameOf(plan, account))}
    subject: ${quoted(subjectOf(plan, account))}
  }`,
  );
  const issuer =
    plan.issuer.from === 'url' ? quoted(plan.issuer.url) : 'cluster.properties.oidcIssuerProfile.issuerURL';
  return `var serviceAccounts = [
${items.join('\n')}
]

// One after the other: Azure refuses credentials that are written at the same time.
@batchSize(1)
resource credentials 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = [for account in serviceAccounts: {
  parent: identity
  name: account.name
  properties: {
    issuer: ${issuer}
    subject: account.subject
    audiences: [
      ${quoted(TOKEN_EXCHANGE_AUDIENCE)}
    ]
  }
}]`;
}

const scopeResources = (scope: Scope): string[] =>
  scope.parts.map((part, i) =>
    existing(`scope${i + 1}`, `${part.type}@${part.apiVersion}`, part.name, i === 0 ? {} : { parent: `scope${i}` }),
  );

function assignments(scope: Scope, roles: readonly BuiltInRole[], principal: string, seed: string): string[] {
  const target = `scope${scope.parts.length}`;
  return roles.map(
    (role, i) => `// ${role.name}
resource assignment${roles.length > 1 ? i + 1 : ''} 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(${target}.id, ${seed}, ${quoted(role.guid)})
  scope: ${target}
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ${quoted(role.guid)})
    principalId: ${principal}
    principalType: 'ServicePrincipal'
  }
}`,
  );
}

function existing(symbol: string, type: string, name: string, more: Readonly<Record<string, string>>): string {
  const lines = Object.entries(more).map(([key, value]) => `  ${key}: ${value}`);
  return [`resource ${symbol} ${quoted(type)} existing = {`, ...lines, `  name: ${quoted(name)}`, '}'].join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
