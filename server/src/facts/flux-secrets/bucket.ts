import { defineRole, object, string } from '../define.ts';

// Source: fluxcd/source-controller v1.9.1 internal/bucket/azure/blob.go.
export default defineRole({
  role: 'bucket-azure',
  kind: 'Secret',
  title: 'Credentials of a Flux Bucket in Azure Blob Storage',
  doc: 'Nine keys, case-sensitive. The first of these that is complete is used: tenant, client and client secret; tenant, client and certificate; a managed identity by `clientId`; `accountKey`; `sasKey`. Workload identity is not tried once a Secret is referred to.',
  link: 'https://fluxcd.io/flux/components/source/buckets/#azure',
  shape: object(
    {
      tenantId: string(
        'The tenant of the application: a GUID or a verified domain. Counts only together with `clientId` and a secret or certificate.',
        { known: 'tenant-ids' },
      ),
      clientId: string(
        'The application id. Alone, or with `tenantId` alone, it means a managed identity of the node: IMDS is asked, not workload identity.',
      ),
      clientSecret: string('The client secret of the application. Goes before a certificate.', { secret: true }),
      clientCertificate: string('The certificate with its private key, PEM or PKCS#12.', { secret: true }),
      clientCertificatePassword: string('The password of the certificate.', { secret: true }),
      clientCertificateSendChain: string(
        'Sends the certificate’s chain, for authentication by subject and issuer. `1` or `true` in any case means yes, everything else no. It is a string here: quote it. In `sops.azure-kv` it is a boolean.',
        { snippet: '"${1|true,false|}"' },
      ),
      authorityHost: string(
        'The address of Entra ID, for other clouds. https only. Never alone: Flux then builds a client without an endpoint.',
        {
          suggestions: [
            { value: 'https://login.microsoftonline.com/', doc: 'Azure public cloud, the default.' },
            { value: 'https://login.chinacloudapi.cn/', doc: 'Azure in China.' },
            { value: 'https://login.microsoftonline.us/', doc: 'Azure US Government.' },
          ],
        },
      ),
      accountKey: string(
        'A key of the storage account: full access to everything in it. The account’s name is taken from the endpoint.',
        { secret: true },
      ),
      sasKey: string('A shared access signature, the query of a SAS URL with or without the question mark.', {
        secret: true,
      }),
    },
    { open: true },
  ),
  snippets: [
    {
      label: 'Client secret',
      doc: 'An application with a client secret.',
      body: 'tenantId: ${1:tenant-id}\nclientId: ${2:client-id}\nclientSecret: ${3}',
    },
    { label: 'Account key', doc: 'A key of the storage account.', body: 'accountKey: ${1}' },
    { label: 'SAS', doc: 'A shared access signature.', body: 'sasKey: ${1}' },
  ],
});
