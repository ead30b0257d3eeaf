import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentials } from './_objects.ts';

const AUDIENCE = 'api://AzureADTokenExchange';
/** The second is what Azure/msi-acrpull asks for. */
const EXPECTED = [AUDIENCE, 'api://AzureCRTokenExchange'];

export default defineRule({
  id: 'aso/fic-audience-unexpected',
  on: credentials,
  severity: 'hint',
  partial: true,
  summary: 'The audience of a federated credential is not the one that workload identity asks for.',
  why: 'The webhook, Flux, Argo CD and the Azure SDKs ask for tokens with the audience `api://AzureADTokenExchange`, in every cloud. The audiences with a cloud in their name are for managed identities as credentials of an application.',
  references: [
    'MicrosoftDocs/azure-aks-docs@fb060abe articles/aks/workload-identity-overview.md',
    'Azure/msi-acrpull@8ad7a99f cmd/main.go',
  ],
  *check(object) {
    const list = items(get(object.root, 'spec', 'audiences'));
    const node = asScalar(list[0]);
    if (list.length !== 1 || typeof node?.value !== 'string' || isTemplate(node.text) || isPlaceholder(node.text))
      return;
    const text = node.text.trim();
    if (text === '' || EXPECTED.includes(text)) return;
    yield report(node, `Workload identity of Kubernetes asks for ${AUDIENCE} in every cloud, not for "${text}".`, {
      fix: unsafeFix(`Write ${AUDIENCE}`, replaceText(node, AUDIENCE)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An audience for US Government',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - <|api://AzureADTokenExchangeUSGov|>
  issuer: https://usgovvirginia.oic.prod-aks.azure.us/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
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
  issuer: https://usgovvirginia.oic.prod-aks.azure.us/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
  good: [
    {
      title: 'The usual one, and that of msi-acrpull',
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
    - api://AzureCRTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:pull
`,
    },
  ],
};
