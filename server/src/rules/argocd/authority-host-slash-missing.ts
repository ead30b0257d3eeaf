import { isPlaceholder } from '../../azure/text-kinds.ts';
import { isBefore } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/authority-host-slash-missing',
  on: azureLogins,
  severity: 'hint',
  partial: true,
  summary: '`AZURE_AUTHORITY_HOST` has no slash at its end.',
  why: 'The kubelogin of Argo CD up to 3.0.6 puts host and tenant together as they are. Without the slash the address is none, and the login fails; later versions do not mind.',
  references: [
    'Azure/kubelogin@v0.1.9 pkg/internal/token',
    'Azure/kubelogin@v0.2.19 pkg/internal/token/options.go:166',
  ],
  versions: 'matters up to Argo CD 3.0.6',
  *check({ variables }, { argocd }) {
    const host = variables.get('AZURE_AUTHORITY_HOST');
    if (!host?.node || !host.text || isPlaceholder(host.text)) return;
    // Without https it is workload-identity/authority-host-not-https.
    if (!/^https:\/\/[^/]/i.test(host.text) || host.text.endsWith('/')) return;
    yield report(
      host.node,
      `Argo CD up to 3.0.6 puts the tenant right behind the host: write ${host.text}/ for those.`,
      {
        severity: isBefore(argocd, '3.0.7') ? 'error' : undefined,
        fix: safeFix('Add the slash', replaceText(host.node, `${host.text}/`)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without a slash',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": <|"https://login.microsoftonline.com"|>}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/"}}}
`,
      severity: 'hint',
    },
    {
      title: 'With an older Argo CD',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": <|"https://login.microsoftonline.us"|>}}}
`,
      settings: { argocdVersion: '2.13' },
      severity: 'error',
    },
  ],
  good: [
    {
      title: 'With a slash',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/"}}}
`,
    },
  ],
};
