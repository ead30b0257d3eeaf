import { defineRole, object, oneOf, string } from '../define.ts';

const LINK = 'https://azure.github.io/azure-service-operator/guide/authentication/';
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

export default defineRole({
  role: 'aso-credential',
  kind: 'Secret',
  title: 'Credential of Azure Service Operator',
  doc: 'What the operator logs in to Azure with. `aso-credential` holds for its namespace, a Secret that the annotation `credential-from` names for that object, `aso-controller-settings` for all others.',
  link: LINK,
  shape: object(
    {
      AZURE_SUBSCRIPTION_ID: string('The subscription that resources are made in. Required.', { snippet: GUID }),
      AZURE_TENANT_ID: string('The tenant. Required.', { snippet: GUID }),
      AZURE_CLIENT_ID: string('The client id of the identity or application. Required.', { snippet: GUID }),
      AZURE_CLIENT_SECRET: string('The secret of an application. Not with workload identity.', { secret: true }),
      AZURE_CLIENT_CERTIFICATE: string('The certificate of an application, with its key.', { secret: true }),
      AZURE_CLIENT_CERTIFICATE_PASSWORD: string('The password of the certificate.', { secret: true }),
      AZURE_ADDITIONAL_TENANTS: string('Other tenants that tokens may be asked for, separated by commas.'),
      AUTH_MODE: oneOf('How to log in without a secret.', {
        workloadidentity: {
          doc: 'With a federated credential for `system:serviceaccount:azureserviceoperator-system:azureserviceoperator-default`.',
        },
        podidentity: { doc: 'With AAD Pod Identity, which is retired.', deprecated: true },
      }),
      AZURE_RESOURCE_MANAGER_ENDPOINT: string('Resource Manager of another cloud. With the next two, or not at all.'),
      AZURE_RESOURCE_MANAGER_AUDIENCE: string('The audience of tokens for Resource Manager of another cloud.'),
      AZURE_AUTHORITY_HOST: string('Entra of another cloud.'),
    },
    { open: true, required: ['AZURE_SUBSCRIPTION_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID'] },
  ),
});
