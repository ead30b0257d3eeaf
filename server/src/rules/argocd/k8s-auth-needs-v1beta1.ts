import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { clusterConfigs, field } from './_cluster-config.ts';

const V1BETA1 = 'client.authentication.k8s.io/v1beta1';

export default defineRule({
  id: 'argocd/k8s-auth-needs-v1beta1',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`argocd-k8s-auth` prints credentials of v1beta1 alone.',
  why: '`argocd-k8s-auth` always prints `client.authentication.k8s.io/v1beta1`, whatever it is asked for. client-go compares that with `apiVersion` and refuses another: `exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1`. kubelogin, unlike it, prints what it is asked for.',
  references: [
    'argoproj/argo-cd@v3.5.1 cmd/argocd-k8s-auth/commands/aws.go formatJSON',
    'kubernetes/client-go@v0.36.1 plugin/pkg/client/auth/exec/exec.go:482',
  ],
  versions: 'Argo CD 2.4 and later',
  *check({ exec, command }) {
    const value = asScalar(field(exec, 'apiVersion')?.value);
    if (command !== 'argocd-k8s-auth' || !value || value.value !== 'client.authentication.k8s.io/v1') return;
    yield report(
      value,
      'argocd-k8s-auth prints v1beta1 alone: "exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1".',
      { fix: safeFix(`Set ${V1BETA1}`, replaceText(value, V1BETA1)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The newer version',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": <|"client.authentication.k8s.io/v1"|>}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
    },
  ],
  good: [
    {
      title: 'v1beta1, and v1 for kubelogin',
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
    {"execProviderConfig": {"command": "/usr/local/bin/argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "kubelogin", "apiVersion": "client.authentication.k8s.io/v1"}}'
`,
    },
  ],
};
