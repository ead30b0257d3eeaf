import { removeEntries } from '../../yaml/edits.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { field, isInCluster, isSet, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/auth-methods-combined',
  on: wholeConfigs,
  severity: 'warning',
  summary: 'The config of a cluster has several ways to log in, of which Argo CD uses one.',
  why: 'Argo CD takes `awsAuthConfig` if it is there, else `execProviderConfig`, else user name, password and `bearerToken`. The others are dropped without a word.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go RawRestConfig'],
  *check({ root, cluster }) {
    if (isInCluster(cluster)) return;
    const methods = [['awsAuthConfig'], ['execProviderConfig'], ['username', 'password', 'bearerToken']]
      .map((names) =>
        names.flatMap((name): Entry[] => {
          const entry = field(root, name);
          return entry && isSet(entry) ? [entry] : [];
        }),
      )
      .filter((entries) => entries.length > 0);
    const winner = methods[0]?.[0];
    if (!winner) return;
    for (const losers of methods.slice(1)) {
      const names = losers.map((e) => e.key.text);
      yield report(
        losers[0] as Entry,
        `Argo CD logs in with ${winner.key.text} and ignores ${names.join(' and ')}. Keep one of them.`,
        {
          fix: unsafeFix(`Remove ${names.join(' and ')}`, removeEntries(losers)),
          related: [related(winner, 'This is what is used')],
          tags: ['unnecessary'],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A token beside a command',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      <|"bearerToken"|>: "token",
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}
    }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}
    }
`,
    },
  ],
  good: [
    {
      title: 'One of them; empty ones; one that may come out empty',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "bearerToken": {{ .token }}, "username": "", "awsAuthConfig": null,
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}
    }
`,
    },
  ],
};
