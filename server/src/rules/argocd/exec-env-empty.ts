import { isBefore } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

const NAMES = [
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_TENANT_ID',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
];

export default defineRule({
  id: 'argocd/exec-env-empty',
  on: azureLogins,
  severity: 'error',
  partial: true,
  summary: 'An empty variable takes the place of the one that the webhook injects.',
  why: 'What stands here wins over the environment of the pod, and from Argo CD 2.14 on a variable counts as set even where it is empty. The login then fails with `client ID cannot be empty` or the like, though the pod has the right value.',
  references: [
    'Azure/kubelogin@v0.2.19 pkg/token/options_ctor.go',
    'kubernetes/client-go@v0.36.1 plugin/pkg/client/auth/exec/exec.go',
  ],
  versions: 'Argo CD 2.14 and later',
  *check({ variables }, { argocd }) {
    if (isBefore(argocd, '2.14')) return;
    for (const name of NAMES) {
      const variable = variables.get(name);
      if (variable?.text !== '') continue;
      yield report(
        variable.entry,
        `An empty ${name} takes the place of the value that the pod has: the login fails as if there were none. Remove it, or fill it in.`,
        { fix: unsafeFix(`Remove ${name}`, removeEntry(variable.entry)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Left empty',
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
        "args": ["azure"],
        "env": {
          "AAD_LOGIN_METHOD": "workloadidentity",
          <|"AZURE_CLIENT_ID"|>: "",
          "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
        }
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
        "args": ["azure"],
        "env": {
          "AAD_LOGIN_METHOD": "workloadidentity",
          "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
        }
      }
    }
`,
    },
    {
      title: 'null is as good as empty',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {<|"AZURE_TENANT_ID"|>: null}}}
`,
    },
  ],
  good: [
    {
      title: 'Filled in now or later, and empty ones of another kind',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "\${CLIENT}", "NO_PROXY": "", "AAD_LOGIN_METHOD": ""}}}
`,
    },
    {
      title: 'Argo CD 2.13 reads an empty one as none',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": ""}}}
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
};
