import {
  CLUSTER_NAME_RULE,
  FLUX_CLUSTER_ID,
  isClusterName,
  isResourceGroupName,
  parseResourceId,
  RESOURCE_GROUP_RULE,
} from '../../../azure/resource-ids.ts';
import { isGuid } from '../../../azure/text-kinds.ts';
import { type Generator, given, type Values } from '../generator.ts';
import { fluxServiceAccount, OBJECT_LEVEL } from '../manifests.ts';
import { namespaceProblem, objectNameProblem, repositoryPathProblem } from '../names.ts';
import {
  clientIdStep,
  fluxAuthStep,
  intervalStep,
  nameStep,
  namespaceStep,
  pathStep,
  serviceAccountStep,
  sourceSteps,
  tenantIdStep,
  unlessTemplate,
  whenAuth,
} from '../steps.ts';
import { apiVersion, needsFlux } from '../versions.ts';
import { commented, documents, type YamlMap } from '../yaml-text.ts';

const isRelease = (values: Values): boolean => values.kind === 'HelmRelease';

export const fluxRemoteCluster: Generator = {
  name: 'flux-remote-cluster',
  title: 'Remote AKS cluster for Flux',
  detail: 'ConfigMap and kubeConfig reference of a Kustomization or HelmRelease',
  refused: ({ fluxVersion }) => needsFlux(fluxVersion, '2.7', 'kubeConfig.configMapRef'),
  steps: [
    {
      key: 'kind',
      title: 'Kind',
      prompt: 'What shall be applied to the remote cluster?',
      kind: 'choice',
      choices: () => [
        { value: 'Kustomization', title: 'A Kustomization' },
        { value: 'HelmRelease', title: 'A HelmRelease', detail: 'With the chart from an OCIRepository' },
      ],
      default: 'Kustomization',
    },
    nameStep('object', 'workload'),
    namespaceStep('flux-system'),
    {
      key: 'clusterId',
      title: 'Cluster',
      prompt: 'Resource id of the AKS cluster (Properties in the portal)',
      kind: 'text',
      suggestions: (_, { known }) => known.clusters,
      example:
        '/subscriptions/7e94b3d1-0c68-4fa2-b5d7-19e8a6c3f045/resourceGroups/rg-fleet/providers/Microsoft.ContainerService/managedClusters/aks-workload',
      validate: unlessTemplate(clusterIdProblem),
    },
    {
      key: 'address',
      title: 'Address',
      prompt: 'Address of the API server, if the cluster has a private and a public one',
      kind: 'text',
      optional: true,
      example: 'https://aks-workload-1a2b3c.hcp.westeurope.azmk8s.io:443',
      validate: unlessTemplate((value) =>
        /^https:\/\/[^/\s]+\/?$/.test(value) ? undefined : `"${value}" is no https address of an API server.`,
      ),
    },
    ...sourceSteps((values) => !isRelease(values)),
    {
      key: 'chart',
      title: 'Chart',
      prompt: 'Name of the OCIRepository with the chart',
      kind: 'text',
      when: isRelease,
      default: 'app',
      example: 'app',
      validate: objectNameProblem,
    },
    {
      ...pathStep('./clusters/workload', repositoryPathProblem),
      when: (values) => !isRelease(values),
    },
    {
      key: 'targetNamespace',
      title: 'Target namespace',
      prompt: 'Namespace on the remote cluster',
      kind: 'text',
      when: isRelease,
      default: 'default',
      example: 'apps',
      validate: namespaceProblem,
    },
    intervalStep('10m'),
    fluxAuthStep('2.7', []),
    serviceAccountStep('workload-cluster', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, auth } = values;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const configMap = `${name}-cluster`;
    const kubeConfig: YamlMap = { configMapRef: { name: configMap } };
    return [
      {
        path: `${name}-cluster.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: configMap, namespace },
            data: {
              provider: 'azure',
              cluster: values.clusterId,
              address: given(values, 'address'),
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
            },
          },
          isRelease(values)
            ? {
                apiVersion: apiVersion('HelmRelease', fluxVersion),
                kind: 'HelmRelease',
                metadata: { name, namespace },
                spec: {
                  interval: values.interval,
                  chartRef: { kind: 'OCIRepository', name: values.chart },
                  targetNamespace: values.targetNamespace,
                  kubeConfig,
                },
              }
            : {
                apiVersion: apiVersion('Kustomization', fluxVersion),
                kind: 'Kustomization',
                metadata: { name, namespace },
                spec: {
                  interval: values.interval,
                  sourceRef: { kind: values.sourceKind, name: values.source },
                  path: values.path,
                  prune: true,
                  kubeConfig,
                },
              },
        ),
        note: 'The identity needs Azure Kubernetes Service Cluster User Role on the cluster, and inside it an Azure Kubernetes Service RBAC role or a RoleBinding.',
      },
    ];
  },
};

function clusterIdProblem(text: string): string | undefined {
  const id = parseResourceId(text);
  if (/connectedClusters/i.test(text)) return 'Flux cannot reach Arc-enabled clusters this way: only AKS.';
  if (id === undefined || !FLUX_CLUSTER_ID.test(text))
    return 'The id has the form /subscriptions/{guid}/resourceGroups/{group}/providers/Microsoft.ContainerService/managedClusters/{name}.';
  if (!isGuid(id.subscription!.text)) return `"${id.subscription!.text}" is no subscription id.`;
  if (!isResourceGroupName(id.resourceGroup!.text))
    return `"${id.resourceGroup!.text}" cannot be: ${RESOURCE_GROUP_RULE}.`;
  return isClusterName(id.name.text) ? undefined : `"${id.name.text}" cannot be: ${CLUSTER_NAME_RULE}.`;
}
