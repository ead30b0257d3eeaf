import { kubeloginCloud, OPEN_CLOUDS } from '../../azure/clouds.ts';
import { isPlaceholder, nearest } from '../../azure/text-kinds.ts';
import { isBefore } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

/** Known to go-autorest, which Argo CD up to 3.0.6 asks. */
const OLD_CLOUDS = ['azurestackcloud', 'azuregermancloud'];
const MEANT: Readonly<Record<string, string>> = {
  public: 'AzurePublicCloud',
  usgovernment: 'AzureUSGovernmentCloud',
  azuregovernment: 'AzureUSGovernmentCloud',
  azureusgov: 'AzureUSGovernmentCloud',
  china: 'AzureChinaCloud',
  azurechina: 'AzureChinaCloud',
};

export default defineRule({
  id: 'argocd/cloud-unknown',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: '`AAD_ENVIRONMENT_NAME` names no cloud that kubelogin knows.',
  why: 'A name that kubelogin does not know means the public cloud, without a word: the login then goes to the wrong authority. Argo CD up to 3.0.6 fails with `There is no cloud environment matching the name`. Azure Stack is no longer among the names, whatever the documentation says.',
  references: ['Azure/kubelogin@v0.2.18 pkg/internal/token/options.go GetCloudConfiguration'],
  versions: 'Argo CD 2.8 and later; AzureStackCloud and AzureGermanCloud are known up to 3.0.6',
  *check({ variables }, { argocd }) {
    const cloud = variables.get('AAD_ENVIRONMENT_NAME');
    if (!cloud?.node || !cloud.text || isPlaceholder(cloud.text) || kubeloginCloud(cloud.text)) return;
    const old = isBefore(argocd, '3.0.7');
    const lower = cloud.text.toLowerCase();
    if (old && OLD_CLOUDS.includes(lower)) return;
    const names = OPEN_CLOUDS.flatMap((c) => c.names.kubelogin.slice(0, 1));
    const meant = MEANT[lower.replace(/[-_ ]/g, '')] ?? nearest(cloud.text, names, 4);
    yield report(
      cloud.node,
      old
        ? `There is no cloud environment matching the name "${cloud.text}": the login fails. Use ${names.join(', ')}.`
        : `kubelogin knows no cloud "${cloud.text}" and silently takes the public one. Use ${names.join(', ')}.`,
      {
        severity: old ? 'error' : undefined,
        fix: meant ? unsafeFix(`Write ${meant}`, replaceText(cloud.node, meant)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Misspelt',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": <|"AzureUSGovermentCloud"|>}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": "AzureUSGovernmentCloud"}}}
`,
      severity: 'warning',
    },
    {
      title: 'Azure Stack',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": <|"AzureStackCloud"|>}}}
`,
    },
    {
      title: 'An older Argo CD',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": <|"azure"|>}}}
`,
      settings: { argocdVersion: '3.0.6' },
      severity: 'error',
    },
  ],
  good: [
    {
      title: 'Names it knows, in any case',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": "azurecloud"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": "\${CLOUD}"}}}'
`,
    },
    {
      title: 'Azure Stack with an Argo CD that knew it',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_ENVIRONMENT_NAME": "AzureStackCloud"}}}
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
};
