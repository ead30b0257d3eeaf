/** The plan that follows from the answers of the generator workload-identity. */
import { type BuiltInRole, CLUSTER_RBAC_ROLES, INTEGRATION_ROLES, type Integration } from '../../../azure/roles.ts';
import { given, type Values } from '../generator.ts';
import type { IdentityPlan, Scope, ScopePart } from './plan.ts';

/** The names in a list with commas. */
export const accountsOf = (value: string): string[] =>
  value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

export function planOf(values: Values): IdentityPlan {
  const integration = values.integration as Integration;
  const roles: BuiltInRole[] = [];
  const { role } = INTEGRATION_ROLES[integration];
  if (role !== undefined) roles.push(role);
  if (integration === 'cluster')
    roles.push(
      ...CLUSTER_RBAC_ROLES.filter(({ name }) => name.replaceAll(' ', '').endsWith(`RBAC${values.clusterRole}`)),
    );
  return {
    identity: values.identity!,
    resourceGroup: values.resourceGroup!,
    location: values.location!,
    subscription: given(values, 'subscription'),
    namespace: values.namespace!,
    serviceAccounts: accountsOf(values.serviceAccount!),
    issuer: given(values, 'issuer')
      ? { from: 'url', url: values.issuer! }
      : values.method === 'aso'
        ? { from: 'configMap', name: values.issuerConfigMap!, key: 'issuer' }
        : { from: 'cluster', name: values.cluster!, resourceGroup: values.clusterGroup! },
    scope: scopeOf(integration, values),
    roles,
    devopsProject: given(values, 'project'),
  };
}

function scopeOf(integration: Integration, values: Values): Scope | undefined {
  const part = (type: string, apiVersion: string, name: string): ScopePart => ({ type, apiVersion, name });
  const inner = (key: string, type: string, apiVersion: string): ScopePart[] => {
    const name = given(values, key);
    return name === undefined ? [] : [part(type, apiVersion, name)];
  };
  const parts: ScopePart[] = [];
  switch (integration) {
    case 'registry':
    case 'registryAbac':
      parts.push(part('Microsoft.ContainerRegistry/registries', '2023-07-01', values.registry!));
      break;
    case 'blobStorage': {
      const account = 'Microsoft.Storage/storageAccounts';
      parts.push(part(account, '2023-01-01', values.storageAccount!));
      const container = inner('container', `${account}/blobServices/containers`, '2023-01-01');
      if (container.length > 0) parts.push(part(`${account}/blobServices`, '2023-01-01', 'default'), ...container);
      break;
    }
    case 'sops':
    case 'vaultSecrets':
      parts.push(part('Microsoft.KeyVault/vaults', '2023-07-01', values.vault!));
      parts.push(...inner('key', 'Microsoft.KeyVault/vaults/keys', '2023-07-01'));
      break;
    case 'cluster':
      parts.push(part('Microsoft.ContainerService/managedClusters', '2024-09-01', values.remoteCluster!));
      break;
    case 'eventHubs':
      parts.push(part('Microsoft.EventHub/namespaces', '2024-01-01', values.eventHubsNamespace!));
      parts.push(...inner('eventHub', 'Microsoft.EventHub/namespaces/eventhubs', '2024-01-01'));
      break;
    case 'devops':
      return undefined;
  }
  return { resourceGroup: values.targetGroup!, parts };
}
