// What hover says of the kinds of Azure Service Operator, External Secrets and the CSI driver.
import { describe, test } from 'node:test';
import { checkHover } from '../../support/features.ts';

const CREDENTIAL = `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
`;

describe('Azure Service Operator', () => {
  test('the issuer of a federated credential', () => {
    checkHover(`${CREDENTIAL}  iss<|>uer: https://westeurope.oic.prod-aks.azure.com/a/b/\n`, {
      says: ['ends with `/`'],
    });
  });
  test('a policy', () => {
    checkHover(
      `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  annotations:
    serviceoperator.azure.com/reconcile-<|>policy: skip
`,
      { says: ['`manage`', 'detach-on-delete'] },
    );
  });
  test('the role of an assignment', () => {
    checkHover(
      `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders
spec:
  roleDefinitionReference:
    wellKnown<|>Name: AcrPull
`,
      { says: ['built-in role', '2.17'] },
    );
  });
  test('a key of the credential, by the name of the Secret', () => {
    checkHover(
      `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
stringData:
  AUTH_<|>MODE: workloadidentity
`,
      { says: ['azureserviceoperator-default'] },
    );
  });
});

describe('others that read Key Vault', () => {
  test('the cloud of a store', () => {
    checkHover(
      `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
spec:
  provider:
    azurekv:
      environment<|>Type: PublicCloud
`,
      { says: ['USGovernmentCloud'] },
    );
  });
  test('the client id of a SecretProviderClass', () => {
    checkHover(
      `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
spec:
  provider: azure
  parameters:
    client<|>ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      { says: ['workload identity'] },
    );
  });
});
