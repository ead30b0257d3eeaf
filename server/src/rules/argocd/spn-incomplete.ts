import { defineRule, type Examples, report } from '../define.ts';
import { hasLike, wholeAzureLogins } from './_cluster-config.ts';
import { OLD_NAMES } from './_kubelogin-flags.ts';
import { readsOldNames } from './_service-principal.ts';

export default defineRule({
  id: 'argocd/spn-incomplete',
  on: wholeAzureLogins,
  severity: 'error',
  summary: 'The login with a service principal lacks what it needs.',
  why: 'The login method `spn` needs a client id, a tenant, and a client secret or a certificate. Without one of them it ends with `client ID cannot be empty`, `tenant ID cannot be empty` or `client secret cannot be empty`.',
  references: [
    'Azure/kubelogin@v0.2.19 pkg/internal/token/clientsecretcredential.go:20-27',
    'Azure/kubelogin@v0.2.19 pkg/internal/token/clientcertcredential.go',
  ],
  versions: 'Argo CD 2.8 and later',
  *check(login, { argocd }) {
    const { method, place } = login;
    if (method !== 'spn') return;
    const old = readsOldNames(argocd);
    // Names of the wrong version are another mistake: argocd/spn-names-too-new, argocd/spn-legacy-names.
    const has = (name: string): boolean => hasLike(login, name) || hasLike(login, OLD_NAMES[name] ?? name);
    const called = (name: string): string => (old ? (OLD_NAMES[name] ?? name) : name);
    const missing: string[] = [];
    if (!has('AZURE_CLIENT_ID')) missing.push(called('AZURE_CLIENT_ID'));
    if (!has('AZURE_CLIENT_SECRET') && !has('AZURE_CLIENT_CERTIFICATE_PATH'))
      missing.push(`${called('AZURE_CLIENT_SECRET')} or ${called('AZURE_CLIENT_CERTIFICATE_PATH')}`);
    const isOnlyTenant = missing.length === 0;
    if (!has('AZURE_TENANT_ID')) missing.push('AZURE_TENANT_ID');
    if (missing.length === 0) return;
    yield report(
      place,
      isOnlyTenant
        ? 'AZURE_TENANT_ID is not set here: unless the webhook of workload identity sets it in the pods, the login fails with "tenant ID cannot be empty".'
        : `The login method spn needs ${missing.join(', and ')}.`,
      { severity: isOnlyTenant ? 'info' : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No secret',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"spn"|>, "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
`,
      severity: 'error',
      message: 'AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH',
    },
    {
      title: 'No tenant',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"spn"|>, "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AZURE_CLIENT_SECRET": "\${SECRET}"}}}
`,
      severity: 'info',
    },
    {
      title: 'Nothing, for Argo CD 2.13',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"spn"|>}}}
`,
      settings: { argocdVersion: '2.13' },
      message: 'AAD_SERVICE_PRINCIPAL_CLIENT_ID',
    },
  ],
  good: [
    {
      title: 'A secret, or a certificate under the old name',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AZURE_CLIENT_SECRET": "\${SECRET}", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AAD_SERVICE_PRINCIPAL_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE": "/certs/client.pfx", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}}}'
`,
    },
  ],
};
