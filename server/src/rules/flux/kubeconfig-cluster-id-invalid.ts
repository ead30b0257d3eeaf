import { FLUX_CLUSTER_ID } from '../../azure/resource-ids.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isAzure, kubeconfigMaps, wrongValue } from './_kubeconfigs.ts';

export default defineRule({
  id: 'flux/kubeconfig-cluster-id-invalid',
  on: kubeconfigMaps,
  severity: 'error',
  partial: true,
  summary: 'The ConfigMap of a remote cluster holds no resource id of an AKS cluster.',
  why: 'With `provider: azure` Flux asks Azure for the cluster by its resource id: subscription, resource group and name, in exactly this form, letters in either case. Arc-enabled clusters and fleets are not supported; `az aks show --query id` prints the id.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/azure/options.go clusterPattern'],
  versions: 'Flux 2.7 and later',
  *check(map) {
    const value = wrongValue(
      map,
      'cluster',
      ({ text }, data) =>
        (isAzure(data) || (map.object.partial && !data.has('provider'))) && text !== undefined && isWrong(text),
    );
    if (!value) return;
    const meant = cleaned(value.text);
    yield report(value, `invalid AKS cluster ID: '${value.text}'. ${adviceFor(value.text)}`, {
      fix: FLUX_CLUSTER_ID.test(meant)
        ? unsafeFix('Write the resource id alone', replaceText(value, meant))
        : undefined,
    });
  },
});

const isWrong = (text: string): boolean =>
  text !== '' && !isTemplate(text) && !isPlaceholder(text) && !FLUX_CLUSTER_ID.test(text);

/** The id in what people copy: a URL of the portal or of the API, blanks, a slash at the end. */
const cleaned = (text: string): string =>
  `/${/subscriptions\/.*$/is.exec(text)?.[0] ?? ''}`.replace(/[?#].*$/s, '').replace(/(\/overview)?\/?\s*$/, '');

function adviceFor(text: string): string {
  const form =
    '/subscriptions/{guid}/resourceGroups/{group}/providers/Microsoft.ContainerService/managedClusters/{name}';
  if (/\/connectedClusters\//i.test(text))
    return `Clusters connected by Azure Arc are not supported: it must match ${form}.`;
  if (/\/fleets\//i.test(text)) return `Fleets are not supported: it must match ${form}.`;
  return `It must match ${form}; az aks show --query id prints it.`;
}

const USER = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: shop }
  kubeConfig:
    configMapRef:
      name: aks-west
`;

export const examples: Examples = {
  bad: [
    {
      title: 'The name of the cluster',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  cluster: <|aks-west|>
`,
        'shop.yaml': USER,
      },
      message: "invalid AKS cluster ID: 'aks-west'",
    },
    {
      title: 'A URL of the portal',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  cluster: <|'https://portal.azure.com/#@contoso.com/resource/subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west/overview'|>
`,
      },
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  cluster: '/subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west'
`,
    },
    {
      title: 'A cluster of Azure Arc, set by an overlay',
      files: {
        'west/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: aks-west, namespace: flux-system }
      data:
        cluster: <|/subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.Kubernetes/connectedClusters/west|>
`,
        'base/kustomization.yaml': 'resources: [aks-west.yaml, shop.yaml]\n',
        'base/aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
`,
        'base/shop.yaml': USER,
      },
      message: 'Clusters connected by Azure Arc are not supported',
    },
  ],
  good: [
    {
      title: 'In either case; filled in later; replaced by an overlay; of another provider',
      files: {
        'base/configs.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  cluster: to-be-set
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-north
data:
  provider: azure
  cluster: /subscriptions/\${SUBSCRIPTION}/resourceGroups/north/providers/Microsoft.ContainerService/managedClusters/north
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-east
data:
  provider: azure
  cluster: /Subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourcegroups/east/providers/microsoft.containerservice/managedclusters/east
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: eks
data:
  provider: aws
  cluster: arn:aws:eks:eu-west-1:111122223333:cluster/east
  address: https://east.eks.amazonaws.com
  ca.crt: \${CA}
`,
        'base/shop.yaml': USER,
        'base/kustomization.yaml': 'resources: [configs.yaml, shop.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: aks-west, namespace: flux-system }
      data:
        cluster: /subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west
`,
      },
    },
  ],
};
