import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';
import { readsOldNames, TWINS } from './_service-principal.ts';

export default defineRule({
  id: 'argocd/spn-names-too-new',
  on: azureLogins,
  severity: 'error',
  partial: true,
  summary: 'Argo CD before 2.14 reads other names of a service principal.',
  why: 'The kubelogin of Argo CD 2.8 to 2.13 takes a service principal from `AAD_SERVICE_PRINCIPAL_CLIENT_ID`, `AAD_SERVICE_PRINCIPAL_CLIENT_SECRET` and `AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE` alone. The names with `AZURE_` came with 2.14.',
  references: ['Azure/kubelogin@v0.0.20 pkg/token/options.go'],
  versions: 'Argo CD 2.8 to 2.13',
  *check({ method, variables }, { argocd }) {
    if (method !== 'spn' || !readsOldNames(argocd)) return;
    for (const [name, old] of TWINS) {
      const variable = variables.get(name);
      if (!variable || variables.has(old)) continue;
      yield report(
        variable.entry,
        `Argo CD ${argocd.full ?? argocd.minor} (${argocd.why}) does not read ${name} for a service principal, but ${old}.`,
        { fix: unsafeFix(`Rename to ${old}`, renameKey(variable.entry, old)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Names of 2.14 for 2.13',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", <|"AZURE_CLIENT_ID"|>: "7c9e6679-7425-40de-944b-e07fc1f90ae7", <|"AZURE_CLIENT_SECRET"|>: "\${SECRET}"}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AAD_SERVICE_PRINCIPAL_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AAD_SERVICE_PRINCIPAL_CLIENT_SECRET": "\${SECRET}"}}}
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
  good: [
    {
      title: 'The newest Argo CD',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
    },
    {
      title: 'Workload identity reads AZURE_CLIENT_ID at all times',
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
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
};
