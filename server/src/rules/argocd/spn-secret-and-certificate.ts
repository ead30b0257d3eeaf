import { removeEntries } from '../../yaml/edits.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';
import { readsOldNames, setVariable } from './_service-principal.ts';

export default defineRule({
  id: 'argocd/spn-secret-and-certificate',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: 'A service principal has both a secret and a certificate.',
  why: 'With a certificate the secret is never used. The kubelogin of Argo CD 2.8 to 2.13 refuses to have both.',
  references: [
    'Azure/kubelogin@v0.2.19 pkg/internal/token/provider.go',
    'Azure/kubelogin@v0.0.20 pkg/internal/token/serviceprincipaltoken.go',
  ],
  versions: 'Argo CD 2.8 and later',
  *check(login, { argocd }) {
    if (login.method !== 'spn') return;
    const secret = setVariable(login, 'AZURE_CLIENT_SECRET', 'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET');
    const certificate = setVariable(login, 'AZURE_CLIENT_CERTIFICATE_PATH', 'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE');
    if (!secret || !certificate) return;
    const refused = readsOldNames(argocd);
    yield report(
      secret.entry,
      refused
        ? `Argo CD ${argocd.full ?? argocd.minor} refuses to have both ${secret.name} and ${certificate.name}. Remove one.`
        : `${certificate.name} wins: ${secret.name} is never used. Remove one.`,
      {
        severity: refused ? 'error' : undefined,
        fix: unsafeFix(`Remove ${secret.name}`, removeEntries([secret.entry])),
        related: [related(certificate.entry, 'The certificate')],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", <|"AZURE_CLIENT_SECRET"|>: "\${SECRET}", "AZURE_CLIENT_CERTIFICATE_PATH": "/certs/client.pem"}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AZURE_CLIENT_CERTIFICATE_PATH": "/certs/client.pem"}}}
`,
      severity: 'warning',
    },
    {
      title: 'For Argo CD 2.13',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", <|"AAD_SERVICE_PRINCIPAL_CLIENT_SECRET"|>: "\${SECRET}", "AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE": "/certs/client.pfx"}}}
`,
      settings: { argocdVersion: '2.13' },
      severity: 'error',
    },
  ],
  good: [
    {
      title: 'One of them',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AZURE_CLIENT_SECRET": "", "AZURE_CLIENT_CERTIFICATE_PATH": "/certs/client.pem", "AZURE_CLIENT_CERTIFICATE_PASSWORD": "\${PASSWORD}"}}}
`,
    },
  ],
};
