import { defineFacts, list, string } from '../define.ts';
import { azureName, fromConfig, objectOf, operatorSpec, owner, SUBSCRIPTION } from './_fields.ts';

const GROUP = 'managedidentity.azure.com';

export default [
  defineFacts({
    group: GROUP,
    kinds: ['UserAssignedIdentity'],
    version: 'v1api20230131',
    doc: 'A managed identity that Azure Service Operator makes. ServiceAccounts use it by its client id and a FederatedIdentityCredential; roles are assigned to its principal id.',
    link: 'https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview',
    fields: {},
    shape: objectOf(
      {
        azureName: azureName('3 to 128 letters, digits, `-` and `_`.'),
        location: string('The region, which has nothing to do with where the identity can be used.', {
          snippet: '${1:westeurope}',
        }),
        owner: owner(
          'The resource group it is in.',
          { kind: 'ResourceGroup', group: 'resources.azure.com' },
          `${SUBSCRIPTION}/resourceGroups/\${2:group}`,
        ),
        operatorSpec: operatorSpec({
          clientId:
            'The client id: for ServiceAccounts, that is for who logs in. It is not what roles are assigned to.',
          principalId:
            'The principal (object) id: for role assignments and Kubernetes RBAC. It is not what pods log in with.',
          tenantId: 'The tenant of the identity.',
        }),
        tags: { type: 'any' },
      },
      ['location', 'owner'],
    ),
    snippets: [
      {
        label: 'UserAssignedIdentity that writes its ids',
        doc: 'An identity whose client id and principal id go to a ConfigMap.',
        body: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: \${1:app}
  namespace: \${2:default}
spec:
  location: \${3:westeurope}
  owner:
    name: \${4:group}
  operatorSpec:
    configMaps:
      clientId:
        name: \${1:app}-identity
        key: clientId
      principalId:
        name: \${1:app}-identity
        key: principalId
`,
      },
    ],
  }),
  defineFacts({
    group: GROUP,
    kinds: ['FederatedIdentityCredential'],
    version: 'v1api20230131',
    doc: 'Lets one ServiceAccount of one cluster log in as a managed identity. Issuer, subject and audience are compared with the token letter by letter. An identity takes 20.',
    link: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
    fields: {},
    shape: objectOf(
      {
        azureName: azureName('3 to 120 letters, digits, `-` and `_`: no dots, unlike names in Kubernetes.'),
        owner: owner(
          'The managed identity that the ServiceAccount logs in as.',
          { kind: 'UserAssignedIdentity', group: GROUP },
          `${SUBSCRIPTION}/resourceGroups/\${2:group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/\${3:identity}`,
        ),
        audiences: list(
          string('What the token is for.', {
            suggestions: [
              { value: 'api://AzureADTokenExchange', doc: 'What workload identity asks for, in every cloud.' },
            ],
          }),
          'The audience of the token. A list, of which Azure takes exactly one item.',
        ),
        issuer: string(
          'The OIDC issuer of the cluster, as the token has it: that of AKS ends with `/`. `az aks show --query oidcIssuerProfile.issuerUrl` tells it.',
          {
            suggestions: [
              {
                value:
                  'https://${1:westeurope}.oic.prod-aks.azure.com/${2:00000000-0000-0000-0000-000000000000}/${3:00000000-0000-0000-0000-000000000000}/',
                label: 'https://<region>.oic.prod-aks.azure.com/<tenant>/<id>/',
                doc: 'The issuer of an AKS cluster.',
              },
            ],
          },
        ),
        issuerFromConfig: fromConfig(
          'Reads the issuer from a ConfigMap, instead of `issuer`. A ManagedCluster can write it.',
        ),
        subject: string(
          'Whose token it is: `system:serviceaccount:{namespace}:{name}`, with the letter case of both and without wildcards.',
          {
            suggestions: [{ value: 'system:serviceaccount:${1:namespace}:${2:name}', doc: 'A ServiceAccount.' }],
          },
        ),
        subjectFromConfig: fromConfig('Reads the subject from a ConfigMap, instead of `subject`.'),
      },
      ['owner', 'audiences'],
    ),
    snippets: [
      {
        label: 'FederatedIdentityCredential for a ServiceAccount',
        doc: 'Lets a ServiceAccount log in as an identity of the same namespace.',
        body: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: \${1:app}
  namespace: \${2:default}
spec:
  owner:
    name: \${3:identity}
  audiences:
    - api://AzureADTokenExchange
  issuer: \${4:https://westeurope.oic.prod-aks.azure.com/}
  subject: system:serviceaccount:\${5:default}:\${1:app}
`,
      },
    ],
  }),
];
