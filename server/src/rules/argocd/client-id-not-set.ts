import { defineRule, type Examples, report } from '../define.ts';
import { hasLike, wholeAzureLogins } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/client-id-not-set',
  on: wholeAzureLogins,
  severity: 'hint',
  summary: 'The identity for a cluster is left to the ServiceAccounts of Argo CD.',
  why: 'Without `AZURE_CLIENT_ID` here, the login takes the client id that the webhook injects from the annotation of the ServiceAccount. That works, and all clusters without one share that identity.',
  references: [
    'argoproj/argo-cd@v3.5.1 docs/operator-manual/declarative-setup.md AKS',
    'Azure/kubelogin@v0.2.19 pkg/token/options_ctor.go',
  ],
  versions: 'Argo CD 2.8 and later',
  *check(login) {
    if (login.method !== 'workloadidentity' || hasLike(login, 'AZURE_CLIENT_ID')) return;
    yield report(
      login.place,
      'Without AZURE_CLIENT_ID here, the client id comes from the annotation of the ServiceAccounts of argocd-application-controller and argocd-server.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A login method alone',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"workloadidentity"|>}}}
`,
    },
    {
      title: 'No environment',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": [<|"azure"|>]}}
`,
    },
  ],
  good: [
    {
      title: 'A client id, and another login method',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "msi"}}}'
`,
    },
  ],
};
