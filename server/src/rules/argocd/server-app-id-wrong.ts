import { APPLICATIONS } from '../../azure/applications.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/server-app-id-wrong',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: '`AAD_SERVER_APPLICATION_ID` is not the application of the server.',
  why: 'The token is asked for the application named here, and the API server takes only tokens for itself. For AKS that application is `6dae42f8-4368-4678-94ff-3960e28e3630` in every cloud, which is also the default.',
  references: [
    'argoproj/argo-cd@v3.5.1 cmd/argocd-k8s-auth/commands/azure_cgo.go',
    'Azure/kubelogin@v0.2.19 docs/book',
  ],
  *check({ variables }) {
    const server = variables.get('AAD_SERVER_APPLICATION_ID');
    const id = server?.text?.toLowerCase();
    if (!server?.node || !id) return;
    const fix = unsafeFix('Remove AAD_SERVER_APPLICATION_ID', removeEntry(server.entry));
    const own = variables.get('AZURE_CLIENT_ID')?.text?.toLowerCase();
    if (id === APPLICATIONS.aksServer.id)
      yield report(server.node, 'This is the default: AAD_SERVER_APPLICATION_ID can go.', {
        severity: 'hint',
        fix,
        tags: ['unnecessary'],
      });
    else if (id === APPLICATIONS.aksClient.id || id === own)
      yield report(
        server.node,
        `${id === own ? 'The client id of the identity' : 'The client application of AKS'} is not the application of the API server, which refuses such a token. AKS uses ${APPLICATIONS.aksServer.id}, the default.`,
        { fix },
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The client application of AKS',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_SERVER_APPLICATION_ID": <|"80faf920-1908-4b52-b5ef-a8e7bedfc67a"|>, "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
      severity: 'warning',
    },
    {
      title: 'The identity itself',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_SERVER_APPLICATION_ID": <|"7c9e6679-7425-40de-944b-e07fc1f90ae7"|>, "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
    },
    {
      title: 'What it is without it',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_SERVER_APPLICATION_ID": <|"6dae42f8-4368-4678-94ff-3960e28e3630"|>}}}
`,
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'A server application of its own, as clusters had before AKS-managed Entra ID',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_SERVER_APPLICATION_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}}}
`,
    },
  ],
};
