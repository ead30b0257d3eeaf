import { hostOf } from '../../azure/clouds.ts';
import { isTemplate, templateRanges } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { credentials, isClusterIssuer, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-issuer-trailing-slash',
  on: credentials,
  severity: 'warning',
  partial: true,
  summary: 'The issuer of an AKS cluster lacks the slash at its end.',
  why: 'The issuer has to equal the `iss` of the token, and that of an AKS or Arc cluster ends with a slash. Azure used to overlook a missing one; since February 2026 it does not (AADSTS700211).',
  references: [
    'Azure/azure-workload-identity@v1.6.0 docs/book/src/troubleshooting.md',
    'https://github.com/Azure/azure-workload-identity/issues/1700',
  ],
  *check(object) {
    const issuer = stringAt(object, 'spec', 'issuer');
    if (!issuer || !isClusterIssuer(issuer.text)) return;
    const text = issuer.text.trim();
    // The issuer of identity bindings has none.
    if (text.endsWith('/') || hostOf(text).startsWith('ib.')) return;
    if (isTemplate(text) && templateRanges(text).at(-1)?.end === text.length) return;
    yield report(
      issuer,
      'The issuer of an AKS or Arc cluster ends with "/" and has to equal the token\'s iss exactly: without it Entra answers AADSTS700211.',
      { fix: safeFix('Append the slash', replaceText(issuer, `${text}/`)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No slash',
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
  issuer: <|https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8|>
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
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
    {
      title: 'In a patch, with the region as a variable',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: managedidentity.azure.com/v1api20230131
      kind: FederatedIdentityCredential
      metadata:
        name: orders
      spec:
        issuer: <|"https://\${REGION}.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8"|>
`,
      },
      fixed: `patches:
  - patch: |
      apiVersion: managedidentity.azure.com/v1api20230131
      kind: FederatedIdentityCredential
      metadata:
        name: orders
      spec:
        issuer: "https://\${REGION}.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/"
`,
    },
  ],
  good: [
    {
      title: 'With the slash',
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
    {
      title: 'The end is a variable; the issuer of identity bindings; another issuer',
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
  issuer: https://westeurope.oic.prod-aks.azure.com/\${ISSUER_PATH}
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
  issuer: https://ib.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/7c9e6679-7425-40de-944b-e07fc1f90ae7
  subject: system:serviceaccount:shop:other
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
  issuer: https://token.actions.githubusercontent.com
  subject: repo:contoso/shop:ref:refs/heads/main
`,
    },
  ],
};
