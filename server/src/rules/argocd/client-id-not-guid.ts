import { isGuid, isPlaceholder } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

const NAMES = ['AZURE_CLIENT_ID', 'AAD_SERVICE_PRINCIPAL_CLIENT_ID', 'AAD_SERVER_APPLICATION_ID'];

export default defineRule({
  id: 'argocd/client-id-not-guid',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: 'The id of an application in the login to a cluster is no GUID.',
  why: 'Entra ID knows applications and managed identities by a GUID. A display name, a resource id or an id with blanks around it is refused when the token is asked for.',
  references: ['argoproj/argo-cd@v3.5.1 docs/operator-manual/declarative-setup.md AKS'],
  *check({ variables }) {
    for (const name of NAMES) {
      const variable = variables.get(name);
      const text = variable?.text;
      // A resource id: workload-identity/client-id-is-resource-id.
      if (!variable?.node || !text || isPlaceholder(text) || isGuid(text) || text.startsWith('/subscriptions/'))
        continue;
      yield report(
        variable.node,
        `${name} must be a GUID, and "${text}" is none: write the ${name === 'AAD_SERVER_APPLICATION_ID' ? 'application id of the server' : 'client (application) id of the identity'}.`,
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A display name',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": <|"argocd-prod"|>}}}
`,
    },
  ],
  good: [
    {
      title: 'GUIDs, placeholders and templates',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AAD_SERVER_APPLICATION_ID": "\${SERVER}", "AAD_SERVICE_PRINCIPAL_CLIENT_ID": "<client id>"}}}
`,
    },
  ],
};
