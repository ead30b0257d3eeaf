import { defineRole, object, string } from '../define.ts';

// Source: fluxcd/kustomize-controller v1.9.4 internal/decryptor: names are matched, others are passed over.
export default defineRole({
  role: 'sops-decryption',
  kind: 'Secret',
  title: 'Keys and credentials for SOPS in Flux',
  doc: 'Only these names are read: `*.asc`, `*.agekey` and the names `sops.…` below. All others are skipped without a word. For Key Vault with workload identity no entry is needed.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  shape: object(
    {
      'sops.azure-kv': string(
        'Credentials for Key Vault, as YAML or JSON: tenant, client and secret or certificate of an application. It goes before `decryption.serviceAccountName` and before the controller’s identity.',
        { secret: true, snippet: '|\n  tenantId: ${1:tenant-id}\n  clientId: ${2:client-id}\n  clientSecret: ${3}' },
      ),
      'age.agekey': string('A private key of age. Any name that ends with `.agekey` will do.', { secret: true }),
      'sops.asc': string('A private key of OpenPGP. Any name that ends with `.asc` will do.', { secret: true }),
      'sops.vault-token': string('A token of HashiCorp Vault.', { secret: true }),
      'sops.aws-kms': string('Credentials for AWS KMS.', { secret: true }),
      'sops.gcp-kms': string('Credentials for Google Cloud KMS.', { secret: true }),
    },
    { open: true },
  ),
});
