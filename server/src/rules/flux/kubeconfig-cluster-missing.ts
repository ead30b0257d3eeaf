import { addEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isAzure, kubeconfigMaps } from './_kubeconfigs.ts';
import { hasValue } from './_secrets.ts';
import { nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/kubeconfig-cluster-missing',
  on: kubeconfigMaps,
  severity: 'error',
  summary: 'The ConfigMap of a remote AKS cluster does not say which cluster.',
  why: 'Flux looks the cluster up in Azure by its resource id in the key `cluster`. It can do without only where the ConfigMap holds both what Azure would answer: `address` and `ca.crt`.',
  references: [
    'fluxcd/pkg@e2cfd1a2 auth/azure/provider.go NewRESTConfig',
    'fluxcd/pkg@e2cfd1a2 apis/meta/reference_types.go',
  ],
  versions: 'Flux 2.7 and later',
  *check({ object, variants, whole }) {
    const lacks = (data: (typeof variants)[number]) =>
      isAzure(data) &&
      !hasValue(data.get('cluster')) &&
      !(hasValue(data.get('address')) && hasValue(data.get('ca.crt')));
    if (!whole || !variants.every(lacks)) return;
    const data = asMap(get(object.root, 'data'));
    const written = data?.entries.some((e) => e.key.text === 'cluster');
    yield report(
      nameOf(object),
      `invalid AKS cluster ID: ''. Add the resource id of the cluster as cluster, or both address and ca.crt.`,
      { fix: data && !written ? unsafeFix('Add cluster', addEntry(data, 'cluster', ID)) : undefined },
    );
  },
});

const ID =
  '/subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/Microsoft.ContainerService/managedClusters/<cluster>';

const USER = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    configMapRef:
      name: aks-west
`;

export const examples: Examples = {
  bad: [
    {
      title: 'An address alone',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: <|aks-west|>
  namespace: flux-system
data:
  provider: azure
  address: https://west-x7k2.hcp.westeurope.azmk8s.io
`,
        'shop.yaml': USER,
      },
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  address: https://west-x7k2.hcp.westeurope.azmk8s.io
  cluster: /subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/Microsoft.ContainerService/managedClusters/<cluster>
`,
    },
    {
      title: 'Empty',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: <|aks-west|>
  namespace: flux-system
data:
  provider: azure
  cluster: ""
`,
        'shop.yaml': USER,
      },
    },
  ],
  good: [
    {
      title: 'The address and its authority, a variable, another provider',
      files: {
        'configs.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  address: https://west-x7k2.hcp.westeurope.azmk8s.io
  ca.crt: \${CA}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-north
  namespace: flux-system
data:
  provider: azure
  cluster: \${CLUSTER_ID}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: any
  namespace: flux-system
data:
  provider: generic
  address: https://k8s.contoso.com
`,
        'shop.yaml': `${USER}---
${USER.replace('name: shop', 'name: shop-north').replace('aks-west', 'aks-north')}---
${USER.replace('name: shop', 'name: shop-any').replace('aks-west', 'any')}`,
      },
    },
  ],
};
