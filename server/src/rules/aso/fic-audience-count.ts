import { removeItem } from '../../yaml/edits.ts';
import { asSeq, get, getEntry, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentials } from './_objects.ts';

const AUDIENCE = 'api://AzureADTokenExchange';

export default defineRule({
  id: 'aso/fic-audience-count',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'A federated credential has no audience, or several.',
  why: 'The field is a list, but Azure takes exactly one item and refuses the credential otherwise.',
  references: ['MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations'],
  *check(object) {
    const entry = getEntry(object.root, 'spec', 'audiences');
    const list = asSeq(get(object.root, 'spec', 'audiences'));
    if (!entry || !list || list.items.length === 1 || list.damaged) return;
    const kept = list.items.find((item) => text(item) === AUDIENCE);
    // Items are removed from the last to the first, which only works where each has its own lines.
    const others = list.flow ? [] : list.items.filter((item) => item !== kept);
    yield report(
      entry,
      `Azure takes exactly one audience for a federated credential, and these are ${list.items.length}: InvalidFederatedIdentityCredentialsAudienceLength. Pods of Kubernetes need ${AUDIENCE}.`,
      { fix: kept && others.length > 0 ? unsafeFix(`Keep ${AUDIENCE} alone`, ...others.map(removeItem)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Two',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  <|audiences|>:
    - api://AzureADTokenExchange
    - api://AzureADTokenExchangeUSGov
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
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
      title: 'None',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  <|audiences|>: []
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
  good: [
    {
      title: 'One',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences: [api://AzureADTokenExchange]
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
};
