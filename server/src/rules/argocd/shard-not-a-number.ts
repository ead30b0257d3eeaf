import { isTemplate } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { argoClusters } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/shard-not-a-number',
  on: argoClusters,
  severity: 'warning',
  partial: true,
  summary: '`shard` of an Argo CD cluster is no integer.',
  why: 'Argo CD reads the shard as an integer. Anything else is ignored with `Error while parsing shard in cluster secret` in the log, and the cluster goes to the shard that Argo CD chooses.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/cluster_informer.go:241'],
  *check({ items }) {
    const shard = items.get('shard');
    const text = shard?.text;
    if (!shard?.node || text === undefined || text === '' || isTemplate(text) || /^[+-]?\d+$/.test(text)) return;
    yield report(shard.node, `shard "${text.trim()}" is no integer: Argo CD ignores it and chooses the shard itself.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A word',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  shard: <|one|>
`,
    },
    {
      title: 'Encoded with a line break',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  shard: <|MQo=|>
`,
    },
  ],
  good: [
    {
      title: 'A number, in values of the chart without quotes',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  shard: "1"
---
configs:
  clusterCredentials:
    aks-prod:
      server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
      shard: 1
`,
    },
  ],
};
