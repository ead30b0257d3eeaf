import { isBefore } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

const REASONS: Readonly<Record<string, string>> = {
  devicecode: 'it asks a person, and nobody is there',
  interactive: 'it opens a browser, and there is none',
  azurecli: 'it runs az, which the image does not have',
  azd: 'it runs azd, which the image does not have',
  azurepipelines: 'it needs SYSTEM_ACCESSTOKEN of an Azure Pipelines job',
  ropc: 'it needs a user name and password, which Argo CD 2.14 and later cannot be given: "username cannot be empty"',
};

export default defineRule({
  id: 'argocd/login-method-unusable',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: 'A login method that cannot work in the pods of Argo CD.',
  why: 'Argo CD runs the command without a terminal, without a browser and without the tools of a developer. What works there is `workloadidentity`, `msi` and `spn`. `ropc` worked up to Argo CD 2.13: the library that came with 2.14 reads no user name and no password.',
  references: [
    'Azure/kubelogin@v0.2.19 pkg/token/options.go',
    'Azure/kubelogin@v0.2.19 pkg/token/options_ctor.go',
    'argoproj/argo-cd@v3.5.1 Dockerfile',
  ],
  versions: 'ropc works in Argo CD 2.8 to 2.13',
  *check({ variables, method }, { argocd, settings }) {
    const node = variables.get('AAD_LOGIN_METHOD')?.node;
    const reason = method && REASONS[method];
    if (!node || !reason || (method === 'ropc' && isBefore(argocd, '2.14'))) return;
    if ((method === 'azd' || method === 'interactive') && isBefore(argocd, '2.14')) return;
    if (method === 'azurepipelines' && isBefore(argocd, '3.3')) return;
    const program = { azurecli: 'az', azd: 'azd' }[method];
    if (program && settings.argocdExtraCommands?.includes(program)) return;
    yield report(
      node,
      `The login method "${method}" cannot work in the pods of Argo CD: ${reason}. Use workloadidentity, msi or spn.`,
      {
        severity: method === 'ropc' ? 'error' : undefined,
        fix: unsafeFix('Write workloadidentity', replaceText(node, 'workloadidentity')),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The Azure CLI',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"azurecli"|>}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "workloadidentity"}}}
`,
      severity: 'warning',
    },
    {
      title: 'User name and password',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"ropc"|>}}}
`,
      severity: 'error',
      message: 'username cannot be empty',
    },
  ],
  good: [
    {
      title: 'What works',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "msi"}}}
`,
    },
    {
      title: 'User name and password with Argo CD 2.13',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "ropc"}}}
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
};
