import { TOKEN_EXCHANGE_AUDIENCE } from '../../../azure/applications.ts';
import { credentialNameOf, type IdentityPlan, scopeId, subjectOf } from './plan.ts';

/** The resources for Terraform or OpenTofu with azurerm 4.65 or newer. */
export function terraform(plan: IdentityPlan): string {
  const label = plan.identity.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(\d)/, '_$1');
  const identity = `azurerm_user_assigned_identity.${label}`;
  const parts: string[] = ['# Needs azurerm 4.65 or newer.'];
  if (plan.scope !== undefined) parts.push('data "azurerm_subscription" "current" {}');
  if (plan.issuer.from === 'cluster')
    parts.push(
      resource('data', 'azurerm_kubernetes_cluster', 'issuer', [
        ['name', quoted(plan.issuer.name)],
        ['resource_group_name', quoted(plan.issuer.resourceGroup)],
      ]),
    );
  parts.push(
    resource('resource', 'azurerm_user_assigned_identity', label, [
      ['name', quoted(plan.identity)],
      ['resource_group_name', quoted(plan.resourceGroup)],
      ['location', quoted(plan.location)],
    ]),
  );
  plan.serviceAccounts.forEach((account, i) => {
    const previous = `azurerm_federated_identity_credential.${label}_${i}`;
    parts.push(
      (i === 1 ? '# One after the other: Azure refuses credentials that are written at the same time.\n' : '') +
        resource('resource', 'azurerm_federated_identity_credential', `${label}_${i + 1}`, [
          ['name', quoted(credentialNameOf(plan, account))],
          ['user_assigned_identity_id', `${identity}.id`],
          ['audience', `[${quoted(TOKEN_EXCHANGE_AUDIENCE)}]`],
          [
            'issuer',
            plan.issuer.from === 'url'
              ? quoted(plan.issuer.url)
              : 'data.azurerm_kubernetes_cluster.issuer.oidc_issuer_url',
          ],
          ['subject', quoted(subjectOf(plan, account))],
          ...(i === 0 ? [] : [['depends_on', `[${previous}]`] as const]),
        ]),
    );
  });
  plan.roles.forEach((role, i) => {
    const scope = scopeId(plan.scope!, '').replace('/subscriptions/', '${data.azurerm_subscription.current.id}');
    parts.push(
      `# ${role.name}: ${role.guid}\n` +
        resource('resource', 'azurerm_role_assignment', plan.roles.length > 1 ? `${label}_${i + 1}` : label, [
          ['scope', `"${scope}"`],
          ['role_definition_name', quoted(role.name)],
          ['principal_id', `${identity}.principal_id`],
          ['principal_type', '"ServicePrincipal"'],
        ]),
    );
  });
  if (plan.devopsProject !== undefined) parts.push(...devops(plan.devopsProject, label, identity));
  parts.push(`output "${label}_client_id" {\n  value = ${identity}.client_id\n}`);
  return `${parts.join('\n\n')}\n`;
}

/** Azure DevOps knows no Azure roles: the identity becomes a user that is a member of the project's readers. */
function devops(project: string, label: string, identity: string): string[] {
  return [
    `# Needs the provider microsoft/azuredevops.\n${resource('data', 'azuredevops_project', label, [['name', quoted(project)]])}`,
    resource('data', 'azuredevops_group', `${label}_readers`, [
      ['project_id', `data.azuredevops_project.${label}.id`],
      ['name', '"Readers"'],
    ]),
    resource('resource', 'azuredevops_service_principal_entitlement', label, [
      ['origin_id', `${identity}.principal_id`],
    ]),
    resource('resource', 'azuredevops_group_membership', label, [
      ['group', `data.azuredevops_group.${label}_readers.descriptor`],
      ['members', `[azuredevops_service_principal_entitlement.${label}.descriptor]`],
      ['mode', '"add"'],
    ]),
  ];
}

const quoted = (text: string): string => JSON.stringify(text);

function resource(
  block: 'resource' | 'data',
  type: string,
  label: string,
  values: readonly (readonly [string, string])[],
): string {
  const width = Math.max(...values.map(([key]) => key.length));
  const lines = values.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`);
  return `${block} "${type}" "${label}" {\n${lines.join('\n')}\n}`;
}
