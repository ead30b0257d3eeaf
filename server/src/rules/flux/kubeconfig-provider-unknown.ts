import { isPlaceholder, isTemplate, nearest } from '../../azure/text-kinds.ts';
import type { DataItem } from '../../model/views/secret-data.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kubeconfigMaps, PROVIDERS, usersInWords, wrongValue } from './_kubeconfigs.ts';
import { nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/kubeconfig-provider-unknown',
  on: kubeconfigMaps,
  severity: 'error',
  partial: true,
  summary: 'The ConfigMap of a remote cluster names no provider that Flux knows.',
  why: 'The key `provider` of the ConfigMap that `kubeConfig.configMapRef` names says whose tokens open the cluster: `azure` for AKS, `generic` for any cluster that trusts tokens of this one, `aws` and `gcp`. It is compared letter by letter, and there is no default.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/utils/provider.go', 'fluxcd/pkg@e2cfd1a2 auth/utils/restconfig.go'],
  versions: 'Flux 2.7 and later',
  *check(map) {
    const { object, own, variants, users, whole } = map;
    const value = wrongValue(map, 'provider', isUnknown);
    if (value) {
      const meant = isAksId(own.get('cluster'))
        ? 'azure'
        : (MEANT[value.text.toLowerCase()] ?? nearest(value.text, PROVIDERS, 2));
      yield report(
        value,
        `provider '${value.text}' not implemented. It has to be one of ${PROVIDERS.join(', ')}: azure for AKS.`,
        {
          fix: meant ? unsafeFix(`Write ${meant}`, replaceText(value, meant)) : undefined,
        },
      );
    } else if (whole && users.length > 0 && variants.every((data) => data.size > 0 && !data.has('provider'))) {
      const data = asMap(get(object.root, 'data'));
      yield report(
        nameOf(object),
        `provider '' not implemented: ${usersInWords(map)} needs to know from the key provider whose cluster this is. For AKS it is azure.`,
        {
          fix:
            data && variants.every((d) => isAksId(d.get('cluster')))
              ? unsafeFix('Add provider: azure', addEntry(data, 'provider', 'azure'))
              : undefined,
        },
      );
    }
  },
});

const MEANT: Readonly<Record<string, string>> = {
  aks: 'azure',
  azurerm: 'azure',
  eks: 'aws',
  gke: 'gcp',
  google: 'gcp',
};

const isUnknown = ({ text }: DataItem): boolean =>
  text !== undefined && !isTemplate(text) && !isPlaceholder(text) && !PROVIDERS.includes(text);

const isAksId = (item: DataItem | undefined): boolean => /\/managedClusters\//i.test(item?.text ?? '');

const USER = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    configMapRef:
      name: aks-west
`;

export const examples: Examples = {
  bad: [
    {
      title: 'No provider',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: <|aks-west|>
  namespace: flux-system
data:
  cluster: /subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west
`,
        'shop.yaml': USER,
      },
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  cluster: /subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west
  provider: azure
`,
      message: "provider '' not implemented",
    },
    {
      title: 'The name of the service',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: <|"AKS"|> # Amsterdam
  cluster: /subscriptions/\${SUBSCRIPTION}/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west
`,
        'shop.yaml': USER,
      },
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: "azure" # Amsterdam
  cluster: /subscriptions/\${SUBSCRIPTION}/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west
`,
    },
    {
      title: 'An overlay writes it wrong',
      files: {
        'west/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: ConfigMap, name: aks-west }
    patch: |
      - op: add
        path: /data/provider
        value: <|Azure|>
`,
        'base/kustomization.yaml': 'resources: [aks-west.yaml, shop.yaml]\n',
        'base/aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  cluster: /subscriptions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/resourceGroups/west/providers/Microsoft.ContainerService/managedClusters/aks-west
`,
        'base/shop.yaml': USER,
      },
    },
  ],
  good: [
    {
      title: 'azure, a variable, from an overlay, and a ConfigMap of somebody else',
      files: {
        'base/configs.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: \${PROVIDER}
  cluster: \${CLUSTER_ID}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-north
  namespace: flux-system
data:
  cluster: \${CLUSTER_ID}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: cluster-vars
  namespace: flux-system
data:
  provider: onprem
  cluster: west
`,
        'base/shop.yaml': `${USER}---
${USER.replace('name: shop', 'name: shop-north').replace('aks-west', 'aks-north')}`,
        'base/kustomization.yaml': 'resources: [configs.yaml, shop.yaml]\n',
        'north/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: aks-north, namespace: flux-system }
      data:
        provider: azure
`,
      },
    },
    {
      title: 'Filled by something else',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
`,
        'shop.yaml': USER,
      },
    },
  ],
};
