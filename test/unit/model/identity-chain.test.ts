// From a ServiceAccount over its federated credential to the identity and its roles, three-valued at each hop.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountsOf, chainOf, type Hop } from '../../../server/src/model/views/identity-chain.ts';
import { sessionOf } from '../../support/workspace.ts';

const CLIENT = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const account = (client: string, namespace = '  namespace: shop\n'): string => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
${namespace}  annotations:
    azure.workload.identity/client-id: ${client}
`;
const credential = (
  subject: string,
  owner = 'name: orders',
): string => `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: identities
spec:
  owner:
    ${owner}
  audiences: [api://AzureADTokenExchange]
  issuer: https://westeurope.oic.prod-aks.azure.com/a/b/
  subject: ${subject}
`;
const IDENTITY = `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: identities
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      principalId:
        name: orders-identity
        key: principalId
`;
const role = (source: string): string => `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: identities
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b
${source}  roleDefinitionReference:
    wellKnownName: AcrPull
`;
const FROM = `  principalIdFromConfig:
    name: orders-identity
    key: principalId
`;
const SUBJECT = 'system:serviceaccount:shop:orders';

function chain(files: Readonly<Record<string, string>>) {
  const workspace = sessionOf(files).workspace();
  const [object] = workspace.objects('', 'ServiceAccount');
  assert.ok(object);
  return { chain: chainOf(object, workspace), workspace };
}

const names = (hop: Hop<readonly { readonly name: string | undefined }[]>): string =>
  hop.state === 'known' ? hop.value.map((v) => v.name).join(', ') : hop.state;

describe('the whole chain', () => {
  const files = {
    'account.yaml': account(CLIENT),
    'azure.yaml': [credential(SUBJECT), IDENTITY, role(FROM)].join('---\n'),
  };
  test('is followed to the roles', () => {
    const { chain: found } = chain(files);
    assert.equal(found.clientId.state === 'known' && found.clientId.value.text, CLIENT);
    assert.equal(found.tenantId.state, 'absent');
    assert.equal(names(found.credentials), 'orders');
    assert.equal(names(found.identities), 'orders');
    assert.equal(names(found.roles), 'orders-pull');
  });
  test('and back to the account', () => {
    const { workspace } = chain(files);
    const [object] = workspace.objects('managedidentity.azure.com', 'FederatedIdentityCredential');
    assert.ok(object);
    assert.equal(names(accountsOf(object, workspace)), 'orders');
  });
  test('with the namespace that an overlay gives', () => {
    const { chain: found } = chain({
      'apps/account.yaml': account(CLIENT, ''),
      'apps/kustomization.yaml': 'namespace: shop\nresources: [account.yaml]\n',
      'azure.yaml': files['azure.yaml'],
    });
    assert.equal(names(found.credentials), 'orders');
  });
});

describe('what is not known', () => {
  test('no credential is in the workspace: the rest is unknown', () => {
    const { chain: found } = chain({ 'account.yaml': account(CLIENT) });
    assert.equal(found.credentials.state, 'absent');
    assert.equal(found.identities.state, 'unknown');
    assert.equal(found.roles.state, 'unknown');
  });
  test('a subject that is a template may be of the account', () => {
    const { chain: found } = chain({
      'account.yaml': account(CLIENT),
      'azure.yaml': credential(`system:serviceaccount:\${NAMESPACE}:orders`),
    });
    assert.equal(found.credentials.state, 'unknown');
  });
  test('the namespace of the account is open', () => {
    const { chain: found } = chain({ 'account.yaml': account(CLIENT, ''), 'azure.yaml': credential(SUBJECT) });
    assert.equal(found.credentials.state, 'unknown');
  });
  test('a client id that is a variable, or a placeholder', () => {
    for (const value of [`\${CLIENT_ID}`, '<client-id>'])
      assert.equal(chain({ 'account.yaml': account(value) }).chain.clientId.state, 'unknown');
  });
  test('an identity that is made elsewhere is known by its id, its roles are not', () => {
    const id =
      '/subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders';
    const { chain: found } = chain({
      'account.yaml': account(CLIENT),
      'azure.yaml': [credential(SUBJECT, `armId: ${id}`), role(FROM)].join('---\n'),
    });
    assert.equal(names(found.identities), 'id-orders');
    assert.equal(found.roles.state, 'unknown');
  });
  test('a role for a principal that is written as an id may be for the identity', () => {
    const { chain: found } = chain({
      'account.yaml': account(CLIENT),
      'azure.yaml': [credential(SUBJECT), IDENTITY, role('  principalId: 3f2504e0-4f89-41d3-9a0c-0305e82c3301\n')].join(
        '---\n',
      ),
    });
    assert.equal(found.roles.state, 'unknown');
  });
  test('nobody assigns a role', () => {
    const { chain: found } = chain({
      'account.yaml': account(CLIENT),
      'azure.yaml': [credential(SUBJECT), IDENTITY].join('---\n'),
    });
    assert.equal(found.roles.state, 'absent');
  });
});
