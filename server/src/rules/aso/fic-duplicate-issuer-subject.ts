import { isTemplate } from '../../azure/text-kinds.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { configSource, inOneNamespace, ownerKey } from '../../model/views/aso.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { credentials, GROUP, nameOf, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-duplicate-issuer-subject',
  on: credentials,
  severity: 'error',
  summary: 'Two federated credentials of one identity have the same issuer and subject.',
  why: 'The pair has to be unique within an identity. Azure refuses the second credential with 400.',
  references: ['MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations'],
  *check(object, { workspace }) {
    const own = identityOfPair(object);
    const subject = stringAt(object, 'spec', 'subject');
    if (!own || !subject || object.name === undefined) return;
    for (const other of workspace.objects(GROUP, 'FederatedIdentityCredential')) {
      // The first stays as it is.
      if (other.root === object.root) return;
      if (other.name === object.name || other.name === undefined || isTemplate(other.name)) continue;
      if (identityOfPair(other) !== own || inOneNamespace(object, other, workspace) !== true) continue;
      if (identityOfPair(workspace.patched(object)) !== identityOfPair(workspace.patched(other))) continue;
      yield report(
        subject,
        `Credential "${other.name}" of this identity has the same issuer and subject. Azure refuses the second: "Issuer and subject combination already exists for this Managed Identity."`,
        { related: [related(nameOf(other), 'The first credential')] },
      );
      return;
    }
  },
});

/** Owner, issuer and subject as one text; `undefined` where one of them is not known. */
function identityOfPair(object: KubernetesObject): string | undefined {
  const owner = ownerKey(object);
  const subject = stringAt(object, 'spec', 'subject')?.text;
  const literal = stringAt(object, 'spec', 'issuer')?.text;
  const source = configSource(object, 'issuerFromConfig');
  const issuer = literal ?? (source && `config ${source.name} ${source.key.text}`);
  if (!owner || !subject || !issuer || isTemplate(subject) || isTemplate(issuer)) return undefined;
  return JSON.stringify([owner, issuer, subject]);
}

export const examples: Examples = {
  bad: [
    {
      title: 'Two names for the same',
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
  name: orders-again
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: <|system:serviceaccount:shop:orders|>
`,
    },
  ],
  good: [
    {
      title: 'Another identity, and another cluster',
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
  name: orders-b
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://northeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/9a1f1b52-5f0e-4a0b-8f5e-0d4f5b8f3c11/
  subject: system:serviceaccount:shop:orders
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders-c
  namespace: shop
spec:
  owner:
    name: billing
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
};
