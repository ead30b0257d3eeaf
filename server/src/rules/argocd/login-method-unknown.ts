import { isPlaceholder, nearest } from '../../azure/text-kinds.ts';
import { isBefore } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

/** The login methods of kubelogin, and the Argo CD that has a kubelogin which knows them. */
const METHODS: Readonly<Record<string, string | undefined>> = {
  devicecode: undefined,
  interactive: '2.14',
  spn: undefined,
  ropc: undefined,
  msi: undefined,
  azurecli: undefined,
  azd: '2.14',
  workloadidentity: undefined,
  azurepipelines: '3.3',
};
const MEANT: Readonly<Record<string, string>> = {
  workloadidentity: 'workloadidentity',
  wi: 'workloadidentity',
  federated: 'workloadidentity',
  serviceprincipal: 'spn',
  sp: 'spn',
  clientsecret: 'spn',
  managedidentity: 'msi',
  identity: 'msi',
  azurecli: 'azurecli',
  cli: 'azurecli',
  az: 'azurecli',
};

export default defineRule({
  id: 'argocd/login-method-unknown',
  on: azureLogins,
  severity: 'error',
  partial: true,
  summary: '`AAD_LOGIN_METHOD` names no login method of kubelogin.',
  why: 'The name is compared letter by letter, in lower case and without hyphens. With any other `argocd-k8s-auth azure` ends with `unsupported token provider`, and the cluster cannot be reached.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/provider.go:88'],
  versions: 'interactive and azd since Argo CD 2.14, azurepipelines since 3.3',
  *check({ variables }, { argocd }) {
    const method = variables.get('AAD_LOGIN_METHOD');
    const text = method?.text;
    if (!method?.node || !text || isPlaceholder(text)) return;
    const isKnown = Object.hasOwn(METHODS, text);
    const since = METHODS[text];
    if (isKnown && !(since && isBefore(argocd, since))) return;
    const meant = isKnown
      ? undefined
      : (MEANT[text.toLowerCase().replace(/[-_ ]/g, '')] ?? nearest(text, Object.keys(METHODS), 3));
    yield report(
      method.node,
      isKnown
        ? `The login method "${text}" exists since Argo CD ${since}; ${argocd.full ?? argocd.minor} fails with "unsupported token provider".`
        : `"${text}" is no login method: argocd-k8s-auth fails with "unsupported token provider"${meant ? `. Did you mean "${meant}"?` : '. Use workloadidentity, spn or msi.'}`,
      { fix: meant ? unsafeFix(`Write ${meant}`, replaceText(method.node, meant)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'With a hyphen',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"workload-identity"|>}}}
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
      message: 'unsupported token provider',
    },
    {
      title: 'In values of the chart, by a longer name',
      yaml: `configs:
  clusterCredentials:
    aks-prod:
      config:
        execProviderConfig:
          command: argocd-k8s-auth
          args: [azure]
          env:
            AAD_LOGIN_METHOD: <|ServicePrincipal|> # with a secret
`,
      fixed: `configs:
  clusterCredentials:
    aks-prod:
      config:
        execProviderConfig:
          command: argocd-k8s-auth
          args: [azure]
          env:
            AAD_LOGIN_METHOD: spn # with a secret
`,
    },
    {
      title: 'Too new for the Argo CD in use',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"azd"|>}}}
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
  good: [
    {
      title: 'One there is, none, one to be filled in, and another command',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "<login method>"}}}'
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "login", "env": {"AAD_LOGIN_METHOD": "own"}}}'
`,
    },
  ],
};
