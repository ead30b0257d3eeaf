import { INTEGRATION_ROLES, type Integration } from '../../../azure/roles.ts';
import { type GeneratedFile, type Generator, given, type Values } from '../generator.ts';
import { planOf } from '../identity/answers.ts';
import { asoManifests } from '../identity/aso.ts';
import { azCommands } from '../identity/az.ts';
import { bicep } from '../identity/bicep.ts';
import { variablePrefix } from '../identity/plan.ts';
import { IDENTITY_STEPS } from '../identity/questions.ts';
import { terraform } from '../identity/terraform.ts';
import { CLIENT_ID, fluxServiceAccount, TENANT_ID, USE } from '../manifests.ts';
import { commented, documents } from '../yaml-text.ts';

export const workloadIdentity: Generator = {
  name: 'workload-identity',
  title: 'Workload identity',
  detail: 'A ServiceAccount and what Azure needs for it: identity, federated credential, role',
  steps: IDENTITY_STEPS,
  render: (values) => [...serviceAccountFile(values), ...azureSide(values)],
};

function serviceAccountFile(values: Values): GeneratedFile[] {
  const { usage, namespace, serviceAccount, identity } = values as Record<string, string>;
  if (usage === 'existing') return [];
  const prefix = variablePrefix(identity!);
  const clientId = given(values, 'clientId') ?? `\${${prefix}_CLIENT_ID}`;
  const tenantId = given(values, 'tenantId');
  const content =
    usage === 'flux'
      ? documents(fluxServiceAccount(serviceAccount!, namespace!, clientId, tenantId ?? `\${${prefix}_TENANT_ID}`))
      : documents({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: {
            name: serviceAccount,
            namespace,
            annotations: commented(`Pods get the identity only with the label ${USE}: "true" of their own.`, {
              [CLIENT_ID]: clientId,
              [TENANT_ID]: tenantId,
            }),
          },
        });
  const variables = [
    ...(given(values, 'clientId') ? [] : [`${prefix}_CLIENT_ID`]),
    ...(tenantId !== undefined || usage === 'workload' ? [] : [`${prefix}_TENANT_ID`]),
  ];
  return [
    {
      path: `${serviceAccount}-serviceaccount.yaml`,
      language: 'yaml',
      content,
      note:
        variables.length === 0
          ? undefined
          : `Define ${variables.join(' and ')} in postBuild of the Flux Kustomization.`,
    },
  ];
}

function azureSide(values: Values): GeneratedFile[] {
  const plan = planOf(values);
  switch (values.method) {
    case 'aso':
      return [
        {
          path: `${plan.identity}-azure.yaml`,
          language: 'yaml',
          content: asoManifests(plan),
          note: noteOf(values),
        },
      ];
    case 'terraform':
      return [{ path: `${plan.identity}.tf`, language: 'terraform', content: terraform(plan), note: noteOf(values) }];
    case 'bicep': {
      const [first, ...rest] = bicep(plan);
      return [{ ...first!, note: [first!.note, noteOf(values)].filter((n) => n !== undefined).join(' ') }, ...rest];
    }
    default:
      return [
        { path: `${plan.identity}.sh`, language: 'shellscript', content: azCommands(plan), note: noteOf(values) },
      ];
  }
}

/** What the written files cannot say: which limits the role has, and what is left to do. */
function noteOf(values: Values): string | undefined {
  if (values.integration === 'cluster' && values.clusterRole !== 'none')
    return 'The RBAC role counts only for clusters with Azure RBAC.';
  // Terraform makes the identity a member of the project by itself.
  if (values.integration === 'devops' && values.method === 'terraform') return undefined;
  return INTEGRATION_ROLES[values.integration as Integration].note;
}
