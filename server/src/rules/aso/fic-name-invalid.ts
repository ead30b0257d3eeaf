import { CREDENTIAL_NAME_RULE, isCredentialName } from '../../azure/resource-ids.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { addAt, replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentials, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-name-invalid',
  on: credentials,
  severity: 'error',
  summary: 'The name of a federated credential is none for Azure.',
  why: 'Without `spec.azureName` the operator takes `metadata.name`. Kubernetes allows dots and short names there, Azure does not.',
  references: ['Azure/azure-service-operator@129173a1 v2/api/managedidentity'],
  *check(object, { workspace }) {
    const azureName = stringAt(object, 'spec', 'azureName');
    const node = azureName ?? stringAt(object, 'metadata', 'name');
    if (!node || isTemplate(node.text) || isPlaceholder(node.text) || isCredentialName(node.text)) return;
    if (!azureName && stringAt(workspace.patched(object), 'spec', 'azureName')) return;
    const good = node.text.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
    const fix = !isCredentialName(good)
      ? undefined
      : azureName
        ? unsafeFix(`Write ${good}`, replaceText(node, good))
        : unsafeFix(`Set azureName: ${good}`, addAt(object.root, ['spec', 'azureName'], good));
    yield report(
      node,
      `Azure refuses "${node.text}" as a name: ${CREDENTIAL_NAME_RULE}.${azureName ? '' : ' Set spec.azureName.'}`,
      { fix },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A dot',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: <|orders.v2|>
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders.v2
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
  azureName: orders-v2
`,
    },
  ],
  good: [
    {
      title: 'Another name in Azure; a name that will do',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders.v2
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  azureName: orders_v2
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders-v2
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders-v2
`,
    },
  ],
};
