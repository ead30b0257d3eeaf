import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { credentials } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-value-whitespace',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'Issuer, subject or audience of a federated credential has white space around it.',
  why: 'Entra compares the three values letter by letter and refuses blanks around them. A block scalar (`|`) ends with a line break unless it says `|-`.',
  references: ['MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations'],
  *check(object) {
    const spec = get(object.root, 'spec');
    const values = [
      ['issuer', get(spec, 'issuer')] as const,
      ['subject', get(spec, 'subject')] as const,
      ...items(get(spec, 'audiences')).map((item) => ['audience', item] as const),
    ];
    for (const [name, value] of values) {
      const node = asScalar(value);
      if (typeof node?.value !== 'string' || node.text === node.text.trim() || node.text.trim() === '') continue;
      yield report(
        node,
        `The ${name} has white space around it, so that it never equals what the token says. Remove it.`,
        { fix: safeFix('Remove the white space', replaceText(node, node.text.trim())) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A blank at the end',
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
  subject: <|"system:serviceaccount:shop:orders "|>
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
  subject: "system:serviceaccount:shop:orders"
`,
    },
    {
      title: 'The line break of a block scalar',
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
  subject: <||
    system:serviceaccount:shop:orders
|>`,
    },
  ],
  good: [
    {
      title: 'A block scalar without its last line break',
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
  subject: |-
    system:serviceaccount:shop:orders
`,
    },
  ],
};
