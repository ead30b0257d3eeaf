import { annotation, type KubernetesObject } from '../../model/object.ts';
import { accountOfSubject, ownerOf, subjectOf } from '../../model/views/aso.ts';
import { credentialsFor } from '../../model/views/identity-chain.ts';
import { asScalar, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { GROUP, nameOf, stringAt } from './_objects.ts';

const CLIENT_ID = 'azure.workload.identity/client-id';

export default defineRule({
  id: 'aso/service-account-without-credential',
  on: kinds('/ServiceAccount'),
  severity: 'hint',
  summary: 'A ServiceAccount has a client id but no federated credential, though its neighbours have theirs.',
  why: 'Entra gives tokens for an identity only to the subjects of its federated credentials (AADSTS70021). The credential may be made elsewhere, so this is no more than a hint, given only where the workspace makes credentials for other accounts of the namespace.',
  references: ['MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations'],
  *check(account, { workspace }) {
    if (!account.name || (text(annotation(account, CLIENT_ID)?.value) ?? '') === '') return;
    const namespaces = workspace.namespacesOf(account);
    if (!namespaces.known || namespaces.names.size === 0) return;
    const siblings = workspace.objects(GROUP, 'FederatedIdentityCredential').filter((credential) => {
      const subject = accountOfSubject(subjectOf(credential)?.text.trim() ?? '');
      return subject !== undefined && namespaces.names.has(subject.namespace);
    });
    const [sibling] = siblings;
    if (!sibling || credentialsFor(account, workspace).state !== 'absent') return;
    const subject = `system:serviceaccount:${[...namespaces.names][0]}:${account.name}`;
    yield report(
      nameOf(account),
      `No federated credential in this workspace has the subject ${subject}, while other accounts of the namespace have theirs. Without one Entra refuses its tokens (AADSTS70021).`,
      {
        fix: {
          title: 'Create a FederatedIdentityCredential',
          safe: false,
          edits: [],
          create: { path: `credential-${account.name}.yaml`, content: newCredential(account, subject, sibling) },
        },
      },
    );
  },
});

/** A credential for the account, with the issuer of its neighbour. */
function newCredential(account: KubernetesObject, subject: string, sibling: KubernetesObject): string {
  const issuer = stringAt(sibling, 'spec', 'issuer')?.text ?? '<oidc issuer url of the cluster>';
  const namespace = asScalar(stringAt(sibling, 'metadata', 'namespace'))?.text;
  const owner = ownerOf(sibling)?.armId ? 'armId: "<id of the managed identity>"' : 'name: "<UserAssignedIdentity>"';
  return `apiVersion: ${sibling.apiVersion}
kind: FederatedIdentityCredential
metadata:
  name: ${account.name}
${namespace ? `  namespace: ${namespace}\n` : ''}spec:
  owner:
    ${owner}
  audiences:
    - api://AzureADTokenExchange
  issuer: ${JSON.stringify(issuer)}
  subject: ${subject}
`;
}

export const examples: Examples = {
  bad: [
    {
      title: 'The neighbour has one',
      files: {
        'accounts.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: <|billing|>
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
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
    },
  ],
  good: [
    {
      title: 'It has one; a neighbour has no client id',
      files: {
        'accounts.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: plain
  namespace: shop
`,
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
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
    },
    {
      title: 'A credential whose subject is a variable',
      files: {
        'accounts.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: billing
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
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
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:\${ACCOUNT}
`,
      },
    },
  ],
};
