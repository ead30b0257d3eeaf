/** The questions of the generator workload-identity. */
import {
  EVENT_HUB_RULE,
  EVENT_HUBS_NAMESPACE_RULE,
  isEventHubName,
  isEventHubsNamespace,
} from '../../../azure/event-hubs.ts';
import { isKeyName, isVaultName, KEY_NAME_RULE, VAULT_NAME_RULE } from '../../../azure/key-vault.ts';
import { isRegistryName, REGISTRY_NAME_RULE } from '../../../azure/registries.ts';
import {
  CLUSTER_NAME_RULE,
  IDENTITY_NAME_RULE,
  isClusterName,
  isIdentityName,
  isResourceGroupName,
  RESOURCE_GROUP_RULE,
} from '../../../azure/resource-ids.ts';
import { CLUSTER_RBAC_ROLES, INTEGRATION_ROLES, type Integration } from '../../../azure/roles.ts';
import { CONTAINER_RULE, isContainerName, isStorageAccountName, STORAGE_ACCOUNT_RULE } from '../../../azure/storage.ts';
import type { Step, Values } from '../generator.ts';
import { objectNameProblem } from '../names.ts';
import { clientIdStep, namespaceStep, strictRule, subscriptionStep, tenantIdStep } from '../steps.ts';
import { accountsOf } from './answers.ts';
import { issuerProblem } from './issuer.ts';

const by =
  (...integrations: readonly Integration[]) =>
  (values: Values): boolean =>
    (integrations as readonly string[]).includes(values.integration ?? '');

const groupStep = (key: string, title: string, prompt: string, overrides: Partial<Step> = {}): Step => ({
  key,
  title,
  prompt,
  kind: 'text',
  default: (values) => values.resourceGroup ?? '',
  example: 'rg-fleet',
  validate: strictRule(isResourceGroupName, RESOURCE_GROUP_RULE),
  ...overrides,
});

const resourceStep = (
  key: string,
  title: string,
  example: string,
  test: (value: string) => boolean,
  clause: string,
  overrides: Partial<Step> = {},
): Step => ({
  key,
  title,
  prompt: `Name of the ${/^(?:Azure|Event Hubs)\b/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)}`,
  kind: 'text',
  example,
  validate: strictRule(test, clause),
  ...overrides,
});

/** The part of a registry's login server that is its name in Azure. */
const registryNames = (known: readonly string[]): string[] => known.map((host) => host.split('.')[0]!.split('-')[0]!);

export const IDENTITY_STEPS: readonly Step[] = [
  {
    key: 'integration',
    title: 'Integration',
    prompt: 'What shall the identity be allowed to do?',
    kind: 'choice',
    choices: () =>
      Object.values(INTEGRATION_ROLES).map(({ integration, title, role, scope }) => ({
        value: integration,
        title,
        detail: role === undefined ? `Membership in ${scope}` : `${role.name} on ${scope}`,
      })),
  },
  {
    key: 'usage',
    title: 'ServiceAccount',
    prompt: 'Who uses the identity?',
    kind: 'choice',
    choices: () => [
      { value: 'flux', title: 'Objects of Flux that name a ServiceAccount', detail: 'Object level' },
      { value: 'workload', title: 'Pods that run under a ServiceAccount' },
      {
        value: 'existing',
        title: 'ServiceAccounts that exist',
        detail: 'Such as source-controller or argocd-repo-server: only the Azure side is written',
      },
    ],
    default: 'flux',
  },
  namespaceStep('flux-system', {
    default: (values) => (values.usage === 'workload' ? 'default' : 'flux-system'),
  }),
  {
    key: 'serviceAccount',
    title: 'ServiceAccount',
    prompt: 'Name of the ServiceAccount; of those that exist several, separated by commas',
    kind: 'text',
    suggestions: (values, { known }) =>
      known.serviceAccounts
        .filter((account) => account.startsWith(`${values.namespace}/`))
        .map((account) => account.slice(account.indexOf('/') + 1)),
    example: 'fleet-registry',
    validate: (value, values) => {
      const names = accountsOf(value);
      if (values.usage !== 'existing' && names.length > 1) return 'One ServiceAccount is written; name only one.';
      if (names.length > 20) return 'An identity takes at most 20 federated credentials.';
      if (new Set(names).size !== names.length) return 'A ServiceAccount is named twice.';
      return names.map(objectNameProblem).find((reason) => reason !== undefined);
    },
  },
  {
    key: 'method',
    title: 'Azure side',
    prompt: 'How shall the identity be made in Azure?',
    kind: 'choice',
    choices: () => [
      { value: 'aso', title: 'Azure Service Operator', detail: 'Objects in the cluster; version 2.17 or newer' },
      { value: 'terraform', title: 'Terraform or OpenTofu', detail: 'azurerm 4.65 or newer' },
      { value: 'bicep', title: 'Bicep' },
      { value: 'az', title: 'az commands', detail: 'A script to run once' },
    ],
    default: 'az',
  },
  resourceStep('identity', 'Managed identity', 'id-fleet-registry', isIdentityName, IDENTITY_NAME_RULE, {
    default: (values) => `id-${accountsOf(values.serviceAccount ?? '')[0] ?? 'fleet'}`,
  }),
  groupStep('resourceGroup', 'Resource group', 'Resource group of the managed identity', { default: undefined }),
  resourceStep(
    'location',
    'Region',
    'westeurope',
    (v) => /^[a-z0-9]+$/.test(v),
    'a region is written like westeurope',
    {
      prompt: 'Region of the managed identity',
    },
  ),
  subscriptionStep({ when: (values) => values.method === 'aso' }),
  {
    key: 'issuer',
    title: 'Issuer',
    prompt: 'OIDC issuer of the cluster, as it is in the token; left empty it is looked up',
    kind: 'text',
    suggestions: (_, { known }) => known.issuers,
    optional: true,
    example:
      'https://westeurope.oic.prod-aks.azure.com/c8a1e4b7-3f52-4d06-8b9d-27f06a5ce914/2b6f9d04-51ce-4a7f-9e38-d4c07b1a6f52/',
    validate: issuerProblem,
  },
  {
    key: 'issuerConfigMap',
    title: 'ConfigMap of the issuer',
    prompt: 'ConfigMap with the issuer under the key issuer, exported by the ManagedCluster',
    kind: 'text',
    when: (values) => values.method === 'aso' && values.issuer === '',
    default: 'cluster-oidc',
    example: 'cluster-oidc',
    validate: objectNameProblem,
  },
  resourceStep('cluster', 'AKS cluster', 'aks-fleet', isClusterName, CLUSTER_NAME_RULE, {
    prompt: 'Name of the AKS cluster the pods run in',
    when: (values) => values.method !== 'aso' && values.issuer === '',
  }),
  groupStep('clusterGroup', 'Resource group of the cluster', 'Resource group of that cluster', {
    when: (values) => values.method !== 'aso' && values.issuer === '',
  }),
  resourceStep('registry', 'Container registry', 'contoso', isRegistryName, REGISTRY_NAME_RULE, {
    when: by('registry', 'registryAbac'),
    suggestions: (_, { known }) => registryNames(known.registries),
  }),
  resourceStep('storageAccount', 'Storage account', 'contosofleet', isStorageAccountName, STORAGE_ACCOUNT_RULE, {
    when: by('blobStorage'),
    suggestions: (_, { known }) => known.storageAccounts,
  }),
  resourceStep('container', 'Container', 'manifests', (v) => isContainerName(v) && !v.startsWith('$'), CONTAINER_RULE, {
    prompt: 'Container, if the role shall hold for that alone',
    when: by('blobStorage'),
    optional: true,
  }),
  resourceStep('vault', 'Key vault', 'kv-fleet', isVaultName, VAULT_NAME_RULE, {
    when: by('sops', 'vaultSecrets'),
    suggestions: (_, { known }) => known.vaults,
  }),
  resourceStep('key', 'Key', 'sops', isKeyName, KEY_NAME_RULE, {
    prompt: 'Key, if the role shall hold for that alone',
    when: by('sops'),
    optional: true,
  }),
  resourceStep('remoteCluster', 'Remote cluster', 'aks-workload', isClusterName, CLUSTER_NAME_RULE, {
    prompt: 'Name of the AKS cluster to be reached',
    when: by('cluster'),
  }),
  {
    key: 'clusterRole',
    title: 'Rights in the cluster',
    prompt: 'What may the identity do inside the cluster?',
    kind: 'choice',
    when: by('cluster'),
    choices: () => [
      ...CLUSTER_RBAC_ROLES.map((role) => ({
        value: role.name.replace('Azure Kubernetes Service RBAC ', '').replace(' ', ''),
        title: role.name,
        detail: 'For clusters with Azure RBAC',
      })),
      { value: 'none', title: 'None yet', detail: 'A RoleBinding in the cluster will say' },
    ],
    default: 'ClusterAdmin',
  },
  resourceStep(
    'eventHubsNamespace',
    'Event Hubs namespace',
    'contoso-events',
    isEventHubsNamespace,
    EVENT_HUBS_NAMESPACE_RULE,
    {
      when: by('eventHubs'),
    },
  ),
  resourceStep('eventHub', 'Event hub', 'flux', isEventHubName, EVENT_HUB_RULE, {
    prompt: 'Event hub, if the role shall hold for that alone',
    when: by('eventHubs'),
    optional: true,
  }),
  groupStep('targetGroup', 'Resource group of the resource', 'Resource group of the resource the role is for', {
    when: (values) => values.integration !== 'devops',
  }),
  resourceStep(
    'project',
    'Azure DevOps project',
    'platform',
    (v) => /^[^\\/:*?"<>|;#$*{},+=[\]']{1,64}$/.test(v),
    'a project has at most 64 characters and no special ones',
    {
      when: by('devops'),
    },
  ),
  clientIdStep({
    prompt: 'Client id, if the identity exists; left empty the manifest has a variable for it',
    optional: true,
    when: (values) => values.usage !== 'existing',
  }),
  tenantIdStep({
    prompt: 'Tenant id; left empty Flux gets a variable and pods the tenant of the cluster',
    optional: true,
    when: (values) => values.usage !== 'existing',
  }),
];
