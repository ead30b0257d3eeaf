import { clusterOfObject } from '../../model/views/argocd-cluster.ts';
import { addAt } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { argoClusters } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/cluster-key-missing',
  on: argoClusters,
  severity: 'error',
  summary: 'An Argo CD cluster Secret lacks `server` or `name`.',
  why: 'Without `server` there is no address to connect to, and Argo CD files the cluster under an empty one. `name` is what `destination.name` of an Application refers to; the documentation requires it, though Argo CD reads a Secret without it.',
  references: [
    'argoproj/argo-cd@v3.5.1 docs/operator-manual/declarative-setup.md Clusters',
    'argoproj/argo-cd@v3.5.1 util/db/cluster.go SecretToCluster',
  ],
  *check({ object, complete, place, source }, { workspace }) {
    if (!object || !complete || source === 'values') return;
    const cluster = clusterOfObject(workspace.patched(object));
    if (!cluster || !workspace.isComplete(object)) return;
    for (const key of ['server', 'name'] as const) {
      const item = cluster.items.get(key);
      if (item && item.text !== '') continue;
      const add = source === 'Secret' && !item ? addAt(object.root, ['stringData', key], '') : undefined;
      yield report(
        place,
        key === 'server'
          ? `This cluster Secret has no "server": Argo CD has no address to connect to.`
          : `This cluster Secret has no "name", which Applications refer to by destination.name.`,
        {
          severity: key === 'name' ? 'warning' : undefined,
          fix: add && unsafeFix(`Add ${key}, to be filled in`, add),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No server',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: <|aks-prod|>
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  config: '{"bearerToken": "\${TOKEN}"}'
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  config: '{"bearerToken": "\${TOKEN}"}'
  server: ""
`,
      severity: 'error',
    },
    {
      title: 'No name, from an ExternalSecret',
      yaml: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: <|aks-prod|>
spec:
  target:
    template:
      metadata:
        labels:
          argocd.argoproj.io/secret-type: cluster
      data:
        server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
        config: '{"bearerToken": "{{ .token }}"}'
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'Keys in both maps, encrypted values, and a Secret that something else fills',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: a
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  server: aHR0cHM6Ly9ha3MtcHJvZC0xMjM0LmhjcC53ZXN0ZXVyb3BlLmF6bWs4cy5pbw==
stringData:
  name: ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: c
spec:
  target:
    template:
      metadata:
        labels:
          argocd.argoproj.io/secret-type: cluster
  dataFrom:
    - extract:
        key: cluster
`,
    },
  ],
};
