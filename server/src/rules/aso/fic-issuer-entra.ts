import { hostOf } from '../../azure/clouds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { credentials, stringAt } from './_objects.ts';

const ENTRA = new Set(['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']);

export default defineRule({
  id: 'aso/fic-issuer-entra',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'The issuer of a federated credential is Entra itself.',
  why: 'The issuer is whoever signs the token of the ServiceAccount: the cluster. Entra answers tokens of its own issuers with AADSTS700222.',
  references: ['MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations'],
  *check(object) {
    const issuer = stringAt(object, 'spec', 'issuer');
    if (!issuer || !ENTRA.has(hostOf(issuer.text))) return;
    yield report(
      issuer,
      'Entra does not accept its own issuers here (AADSTS700222). Write the OIDC issuer URL of the cluster: az aks show --query oidcIssuerProfile.issuerUrl.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The tenant for the cluster',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: <|https://login.microsoftonline.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/v2.0|>
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
  good: [
    {
      title: 'The cluster',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
};
