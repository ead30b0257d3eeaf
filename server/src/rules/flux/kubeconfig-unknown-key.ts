import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isVariables, KUBECONFIG_KEYS, kubeconfigMaps } from './_kubeconfigs.ts';

/** What people call the keys, in lower case without separators. */
const MEANT: Readonly<Record<string, string>> = {
  serviceaccount: 'serviceAccountName',
  cadata: 'ca.crt',
  ca: 'ca.crt',
  cacert: 'ca.crt',
  certificateauthority: 'ca.crt',
  certificateauthoritydata: 'ca.crt',
  clustername: 'cluster',
  clusterid: 'cluster',
  clusterresourceid: 'cluster',
  resourceid: 'cluster',
  id: 'cluster',
  server: 'address',
  host: 'address',
  endpoint: 'address',
  url: 'address',
  audience: 'audiences',
};

export default defineRule({
  id: 'flux/kubeconfig-unknown-key',
  on: kubeconfigMaps,
  severity: 'warning',
  partial: true,
  summary: 'The ConfigMap of a remote cluster has a key that Flux does not read.',
  why: 'Flux reads six keys of the ConfigMap, letter by letter, and ignores all others without a word: `serviceAccount` leaves the controller’s own identity in use, `clusterId` no cluster at all.',
  references: ['fluxcd/pkg@e2cfd1a2 apis/meta/reference_types.go', 'fluxcd/pkg@e2cfd1a2 auth/utils/restconfig.go'],
  versions: 'Flux 2.7 and later',
  *check({ object, own, users }, { workspace }) {
    const unknown = [...own.values()].filter(({ key }) => !KUBECONFIG_KEYS.includes(key) && !isTemplate(key));
    // What only looks like such a ConfigMap, or is read for something else too, may have keys of its own.
    if (unknown.length === 0 || (!object.partial && users.length === 0) || isVariables(object, workspace)) return;
    for (const { key, entry } of unknown) {
      const meant = MEANT[key.toLowerCase().replace(/[-_.]/g, '')] ?? nearest(key, KUBECONFIG_KEYS, 2);
      const free = meant !== undefined && !own.has(meant);
      yield report(
        entry,
        `Unknown key ${key} is ignored. ${meant ? `It is called ${meant}.` : `The keys are ${KUBECONFIG_KEYS.join(', ')}.`}`,
        { fix: free && !entry.key.synthetic ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined },
      );
    }
  },
});

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
      title: 'Names of the API, and a slip',
      files: {
        'aks-west.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: azure
  cluster: \${CLUSTER_ID}
  <|'serviceAccount'|>: deployer # federated
  <|adress|>: https://west-x7k2.hcp.westeurope.azmk8s.io
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
  cluster: \${CLUSTER_ID}
  'serviceAccountName': deployer # federated
  address: https://west-x7k2.hcp.westeurope.azmk8s.io
`,
    },
    {
      title: 'In a patch',
      files: {
        'west/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: aks-west, namespace: flux-system }
      data:
        cluster: \${CLUSTER_ID}
        <|tenant|>: contoso
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
    },
  ],
  good: [
    {
      title: 'All six; and variables that other things read as well',
      files: {
        'configs.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aks-west
  namespace: flux-system
data:
  provider: generic
  cluster: any
  address: https://k8s.contoso.com
  ca.crt: \${CA}
  audiences: api
  serviceAccountName: deployer
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: vars
  namespace: flux-system
data:
  provider: azure
  cluster: \${CLUSTER_ID}
  region: westeurope
`,
        'shop.yaml': `${USER}---
${USER.replace('name: shop', 'name: vars').replace('aks-west', 'vars')}  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: vars
`,
      },
    },
  ],
};
