import { maskTemplates } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, partOf, report } from '../define.ts';
import { credentials, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-subject-wildcard',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'The subject of a federated credential has a wildcard.',
  why: 'Entra compares the subject letter by letter and supports wildcards in no property of a federated credential. Expressions that match claims exist for applications with the issuers of GitHub, GitLab and Terraform Cloud only.',
  references: [
    'MicrosoftDocs/entra-docs@50343998 federated-credential-configuration-considerations',
    'https://github.com/Azure/azure-workload-identity/issues/1126',
  ],
  *check(object) {
    const subject = stringAt(object, 'spec', 'subject');
    if (!subject?.text.includes('*')) return;
    const at = maskTemplates(subject.text, (t) => 'm'.repeat(t.length)).indexOf('*');
    if (at < 0) return;
    yield report(
      partOf(subject, 0, subject.text.length),
      'Entra takes "*" in a subject literally, so that no token matches. Make one federated credential for each ServiceAccount.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Every ServiceAccount of a namespace',
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
  subject: <|system:serviceaccount:shop:*|>
`,
    },
  ],
  good: [
    {
      title: 'One ServiceAccount',
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
