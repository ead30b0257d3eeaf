import { inOneNamespace, ownerKey } from '../../model/views/aso.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { credentials, GROUP, nameOf } from './_objects.ts';

const LIMIT = 20;

export default defineRule({
  id: 'aso/fic-limit',
  on: credentials,
  severity: 'error',
  summary: 'An identity has more than 20 federated credentials.',
  why: 'Azure takes 20 for a managed identity or application. More accounts need more identities, or an identity binding of AKS.',
  references: [
    'MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations',
    'https://github.com/Azure/azure-workload-identity/issues/575',
  ],
  *check(object, { workspace }) {
    const all = workspace.objects(GROUP, 'FederatedIdentityCredential');
    const owner = ownerKey(object);
    if (all.length <= LIMIT || owner === undefined || object.name === undefined) return;
    const names = new Set<string>();
    for (const other of all) {
      if (other.root === object.root) break;
      if (other.name === undefined || names.has(other.name) || ownerKey(other) !== owner) continue;
      if (inOneNamespace(object, other, workspace) === true) names.add(other.name);
    }
    if (names.size !== LIMIT || names.has(object.name)) return;
    yield report(
      nameOf(object),
      `This is federated credential ${LIMIT + 1} of the identity: Azure takes ${LIMIT}. Use another identity for the other accounts.`,
    );
  },
});

/** Credentials of one identity, by number. */
const many = (count: number, mark: number): string =>
  Array.from(
    { length: count },
    (_, i) => `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: ${i + 1 === mark ? '<|' : ''}orders-${i + 1}${i + 1 === mark ? '|>' : ''}
  namespace: shop
spec:
  owner:
    name: orders
  audiences: [api://AzureADTokenExchange]
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders-${i + 1}
`,
  ).join('---\n');

export const examples: Examples = {
  bad: [{ title: 'One too many', yaml: /* @__PURE__ */ many(22, 21) }],
  good: [{ title: 'As many as Azure takes', yaml: /* @__PURE__ */ many(20, 0) }],
};
