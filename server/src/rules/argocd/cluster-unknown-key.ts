import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { argoClusters } from './_cluster-config.ts';

const KEYS = ['name', 'server', 'config', 'namespaces', 'clusterResources', 'shard', 'project'];

export default defineRule({
  id: 'argocd/cluster-unknown-key',
  on: argoClusters,
  severity: 'warning',
  partial: true,
  summary: 'Argo CD does not read this key of a cluster Secret.',
  why: 'Argo CD reads seven keys of a cluster Secret, by their exact spelling. Every other key is passed over without a word, so that what it says has no effect.',
  references: ['argoproj/argo-cd@v3.5.1 util/db/cluster.go:420-460'],
  *check({ items, source }) {
    if (source === 'values') return;
    for (const { key, entry } of items.values()) {
      if (KEYS.includes(key) || isTemplate(key)) continue;
      const meant = nearest(key, KEYS, 2);
      const fix = meant && !items.has(meant) ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined;
      yield report(
        entry,
        `Argo CD ignores the key "${key}" of a cluster Secret${meant ? `; did you mean "${meant}"?` : `. It reads ${KEYS.join(', ')}.`}`,
        { fix },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Another case',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  namespaces: shop
  <|clusterresources|>: "true"
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  namespaces: shop
  clusterResources: "true"
`,
    },
    {
      title: 'A field of the config as a key, in a patch',
      files: {
        'patch.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  <|bearerToken|>: \${TOKEN}
`,
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches:
  - path: patch.yaml
`,
      },
    },
  ],
  good: [
    {
      title: 'All keys there are',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: '{"bearerToken": "\${TOKEN}"}'
  namespaces: shop
  clusterResources: "true"
  shard: "1"
  project: shop
`,
    },
    {
      title: 'A Secret of another kind',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: contoso.azurecr.io/charts
`,
    },
  ],
};
