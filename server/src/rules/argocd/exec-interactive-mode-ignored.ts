import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { clusterConfigs, field } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/exec-interactive-mode-ignored',
  on: clusterConfigs,
  severity: 'info',
  partial: true,
  summary: 'Argo CD has no `interactiveMode`.',
  why: 'A kubeconfig says with `interactiveMode` whether the command may ask a person. Argo CD has no such field and always says `Never`.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go RawRestConfig'],
  *check({ exec }) {
    const entry = field(exec, 'interactiveMode');
    if (!entry) return;
    yield report(entry, 'Argo CD has no field interactiveMode: it always runs the command with Never.', {
      fix: safeFix('Remove interactiveMode', removeEntry(entry)),
      tags: ['unnecessary'],
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'As in a kubeconfig',
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
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        <|"interactiveMode"|>: "Never",
        "args": ["azure"]
      }
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
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"]
      }
    }
`,
    },
  ],
  good: [
    {
      title: 'Without',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}}
`,
    },
  ],
};
