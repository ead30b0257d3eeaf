import { boolean, defineFormat, object, string } from '../define.ts';

// Source: fluxcd/kustomize-controller v1.9.4 internal/sops/azkv/config.go.
export default defineFormat({
  language: 'sops-azure-kv',
  title: 'sops.azure-kv',
  doc: 'Credentials with which kustomize-controller asks Key Vault to decrypt. The first of these that is complete is used: tenant, client and client secret; tenant, client and certificate; `tenant`, `appId` and `password` as `az ad sp create-for-rbac` prints them; a managed identity of the node by `clientId`.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#azure-key-vault',
  shape: object(
    {
      tenantId: string(
        'The tenant of the application: a GUID or a verified domain. With `clientId` alone it has no effect: that means a managed identity.',
        { known: 'tenant-ids' },
      ),
      clientId: string(
        'The application id. Without a secret or certificate it means a managed identity of the node, not workload identity: for that leave the whole entry out.',
      ),
      clientSecret: string('The client secret of the application. Goes before a certificate.', { secret: true }),
      clientCertificate: string('The certificate with its private key, PEM or PKCS#12.', {
        secret: true,
        snippet: '|\n  ${1}',
      }),
      clientCertificatePassword: string('The password of the certificate.', { secret: true }),
      clientCertificateSendChain: boolean(
        'Sends the certificate’s chain, for authentication by subject and issuer. A boolean here: quoted, the whole entry is refused. In the Secret of a Bucket it is a string.',
      ),
      authorityHost: string('The address of Entra ID, for other clouds. https only. Not used for a managed identity.', {
        suggestions: [
          { value: 'https://login.microsoftonline.com/', doc: 'Azure public cloud, the default.' },
          { value: 'https://login.chinacloudapi.cn/', doc: 'Azure in China.' },
          { value: 'https://login.microsoftonline.us/', doc: 'Azure US Government.' },
        ],
      }),
      appId: string('The application id, as `az ad sp create-for-rbac` calls it. Goes with `tenant` and `password`.'),
      tenant: string('The tenant, as `az ad sp create-for-rbac` calls it.'),
      password: string('The client secret, as `az ad sp create-for-rbac` calls it.', { secret: true }),
    },
    { ignoreCase: true, open: true },
  ),
  snippets: [
    {
      label: 'Client secret',
      doc: 'An application with a client secret.',
      body: 'tenantId: ${1:tenant-id}\nclientId: ${2:client-id}\nclientSecret: ${3}',
    },
    {
      label: 'Certificate',
      doc: 'An application with a certificate.',
      body: 'tenantId: ${1:tenant-id}\nclientId: ${2:client-id}\nclientCertificate: |\n  ${3}',
    },
  ],
});
