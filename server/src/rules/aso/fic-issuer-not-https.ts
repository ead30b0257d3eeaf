import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { credentials, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-issuer-not-https',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'The issuer of a federated credential is no https URL.',
  why: 'Entra reads the discovery document and the keys of the issuer over https and refuses other URLs (AADSTS90061).',
  references: ['MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations'],
  *check(object) {
    const issuer = stringAt(object, 'spec', 'issuer');
    if (!issuer || isTemplate(issuer.text) || isPlaceholder(issuer.text)) return;
    const text = issuer.text.trim();
    if (text === '' || /^https:\/\//i.test(text)) return;
    const rest = /^http:\/\/(.+)$/i.exec(text)?.[1];
    yield report(
      issuer,
      `The issuer has to be an https URL that serves the OIDC discovery document; "${text}" is none.`,
      { fix: rest ? safeFix('Write https', replaceText(issuer, `https://${rest}`)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'http',
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
  issuer: <|http://oidc.contoso.com/cluster/|>
  subject: system:serviceaccount:shop:orders
`,
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://oidc.contoso.com/cluster/
  subject: system:serviceaccount:shop:orders
`,
    },
    {
      title: 'A host without a scheme',
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
  issuer: <|oidc.contoso.com/cluster/|>
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
  good: [
    {
      title: 'https, a variable and a placeholder',
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
  issuer: HTTPS://oidc.contoso.com/cluster/
  subject: system:serviceaccount:shop:orders
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: \${ISSUER}
  subject: system:serviceaccount:shop:orders
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: <oidc issuer>
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
};
