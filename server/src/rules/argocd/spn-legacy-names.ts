import { isBefore } from '../../model/context.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';
import { TWINS } from './_service-principal.ts';

export default defineRule({
  id: 'argocd/spn-legacy-names',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: 'The old names of a service principal give way to what the webhook injects.',
  why: 'From Argo CD 2.14 on `AZURE_CLIENT_ID` and its kind win over `AAD_SERVICE_PRINCIPAL_CLIENT_ID` and its kind, for every login method. In a pod with workload identity the webhook sets `AZURE_CLIENT_ID`: the login then pairs the wrong client id with the secret.',
  references: ['argoproj/argo-cd#22318', 'argoproj/argo-cd#23408', 'Azure/kubelogin@v0.2.19 pkg/token/options_ctor.go'],
  versions: 'Argo CD 2.14 and later',
  *check({ method, variables }, { argocd }) {
    if (method !== 'spn' || isBefore(argocd, '2.14')) return;
    for (const [name, old] of TWINS) {
      const variable = variables.get(old);
      if (!variable || variables.has(name)) continue;
      // An Argo CD that is older after all reads the old name alone.
      const fix = argocd.known ? safeFix : unsafeFix;
      const isInjected = name === 'AZURE_CLIENT_ID';
      yield report(
        variable.entry,
        isInjected
          ? `From Argo CD 2.14 on an AZURE_CLIENT_ID that the webhook injects wins over ${old}. Write AZURE_CLIENT_ID, which wins over both.`
          : `From Argo CD 2.14 on the name is ${name}, and wins over ${old}. Rename it together with the client id.`,
        {
          severity: isInjected ? undefined : 'info',
          fix: fix(`Rename to ${name}`, renameKey(variable.entry, name)),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'As an older page of the documentation has it',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", <|"AAD_SERVICE_PRINCIPAL_CLIENT_ID"|>: "7c9e6679-7425-40de-944b-e07fc1f90ae7", <|"AAD_SERVICE_PRINCIPAL_CLIENT_SECRET"|>: "\${SECRET}", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AZURE_CLIENT_SECRET": "\${SECRET}", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
`,
    },
  ],
  good: [
    {
      title: 'Both names, so that every version reads one',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AAD_SERVICE_PRINCIPAL_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
    },
    {
      title: 'Argo CD 2.13 reads the old ones',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AAD_SERVICE_PRINCIPAL_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
      settings: { argocdVersion: '2.13' },
    },
  ],
};
