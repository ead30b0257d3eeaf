import { TOKEN_EXCHANGE_AUDIENCE } from '../../../azure/applications.ts';
import { credentialNameOf, type IdentityPlan, scopeId, subjectOf } from './plan.ts';

/** A bash script of az commands, to be run once. */
export function azCommands(plan: IdentityPlan): string {
  const group = quoted(plan.resourceGroup);
  const name = quoted(plan.identity);
  const lines = [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    '',
    `az identity create --resource-group ${group} --name ${name} --location ${quoted(plan.location)} --output none`,
    `PRINCIPAL_ID=$(az identity show --resource-group ${group} --name ${name} --query principalId --output tsv)`,
  ];
  if (plan.issuer.from === 'cluster')
    lines.push(
      `ISSUER=$(az aks show --resource-group ${quoted(plan.issuer.resourceGroup)} --name ${quoted(plan.issuer.name)} --query oidcIssuerProfile.issuerUrl --output tsv)`,
    );
  else if (plan.issuer.from === 'url') lines.push(`ISSUER=${quoted(plan.issuer.url)}`);
  for (const account of plan.serviceAccounts)
    lines.push(
      '',
      `az identity federated-credential create --resource-group ${group} --identity-name ${name} \\`,
      `  --name ${quoted(credentialNameOf(plan, account))} --issuer "$ISSUER" \\`,
      `  --subject ${quoted(subjectOf(plan, account))} --audiences ${TOKEN_EXCHANGE_AUDIENCE}`,
    );
  if (plan.scope !== undefined) {
    lines.push('', 'SUBSCRIPTION_ID=$(az account show --query id --output tsv)');
    for (const role of plan.roles)
      lines.push(
        '',
        `# ${role.name}`,
        'az role assignment create --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \\',
        `  --role ${role.guid} \\`,
        `  --scope "${scopeId(plan.scope, '$SUBSCRIPTION_ID')}"`,
      );
  }
  if (plan.devopsProject !== undefined)
    lines.push(
      '',
      `# Azure DevOps has no Azure roles: add the identity (object id $PRINCIPAL_ID) to the organization as a user`,
      `# with Basic access, and to a group of the project ${plan.devopsProject} that may read the code.`,
      'echo "Object id: $PRINCIPAL_ID"',
    );
  lines.push('', `az identity show --resource-group ${group} --name ${name} --query clientId --output tsv`);
  return `${lines.join('\n')}\n`;
}

/** For bash, in double quotes: the names are checked, so nothing in them is special there. */
const quoted = (text: string): string => (/^[\w.:/@-]+$/.test(text) ? text : `"${text}"`);
