import { isTemplate } from '../../azure/text-kinds.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { credentials, isClusterIssuer, stringAt } from './_objects.ts';

const SUBJECT = /^system:serviceaccount:[a-z0-9]([-a-z0-9]*[a-z0-9])?:[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

export default defineRule({
  id: 'aso/fic-subject-format',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'The subject of a federated credential for a cluster is not the name of a ServiceAccount.',
  why: 'Entra compares the subject with the `sub` of the token, letter by letter. The API server writes `system:serviceaccount:{namespace}:{name}` there, so that any other text never matches (AADSTS700213).',
  references: [
    'MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations',
    'https://github.com/Azure/azure-workload-identity/issues/977',
  ],
  *check(object) {
    const subject = stringAt(object, 'spec', 'subject');
    if (!subject || isTemplate(subject.text) || subject.text.includes('*')) return;
    const text = subject.text.trim();
    if (text === '' || SUBJECT.test(text)) return;
    const issuer = stringAt(object, 'spec', 'issuer');
    const forCluster =
      text.startsWith('system:') ||
      (issuer !== undefined && isClusterIssuer(issuer.text)) ||
      get(object.root, 'spec', 'issuerFromConfig') !== undefined;
    if (!forCluster) return;
    yield report(
      subject,
      `"${text}" is no subject of a token of Kubernetes, so it never matches: write system:serviceaccount:<namespace>:<name>, with the case of both.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A slash for a colon',
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
  subject: <|system:serviceaccount:shop/orders|>
`,
    },
    {
      title: 'The name alone, in a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: managedidentity.azure.com/v1api20230131
      kind: FederatedIdentityCredential
      metadata:
        name: orders
      spec:
        issuerFromConfig: { name: cluster, key: issuer }
        subject: <|shop:orders|>
`,
      },
    },
  ],
  good: [
    {
      title: 'A ServiceAccount',
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
  subject: system:serviceaccount:shop:orders.v2
`,
    },
    {
      title: 'Another issuer has its own subjects',
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
  issuer: https://token.actions.githubusercontent.com
  subject: repo:contoso/shop:ref:refs/heads/main
`,
    },
    {
      title: 'A variable',
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
  subject: system:serviceaccount:\${NAMESPACE}:orders
`,
    },
  ],
};
