import { isGuid } from '../../azure/text-kinds.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { bucketSecrets, misspelled } from './_buckets.ts';
import { addKeys, hasValue, isEncrypted } from './_secrets.ts';

export default defineRule({
  id: 'flux/bucket-secret-falls-back-to-managed-identity',
  on: bucketSecrets,
  severity: 'warning',
  summary: 'The Secret of a Bucket names a tenant and a client, and no secret or certificate of the client.',
  why: 'The controller takes a `clientId` without a secret or certificate for a user-assigned managed identity and does not look at `tenantId` then. Where an application with a secret is meant, the error speaks of a managed identity that nobody has heard of.',
  references: ['fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go tokenCredentialFromSecret'],
  *check({ secret, data, complete }) {
    const tenant = data.get('tenantId');
    const client = data.get('clientId');
    const proofs = ['clientSecret', 'clientCertificate'];
    if (!complete || !tenant || !client || !hasValue(tenant) || !hasValue(client)) return;
    if (proofs.some((key) => hasValue(data.get(key))) || misspelled(data, ...proofs)) return;
    const id = client.text !== undefined && isGuid(client.text) ? ` ${client.text}` : '';
    yield report(
      tenant.entry,
      `tenantId is ignored: without clientSecret or clientCertificate the controller takes clientId${id} for a managed identity. Add the secret, or remove tenantId if a managed identity is meant.`,
      {
        fix: [
          data.has('clientSecret')
            ? undefined
            : unsafeFix('Add clientSecret, to be filled in', addKeys(secret, 'clientSecret')),
          isEncrypted(secret) || tenant.entry.map.synthetic
            ? undefined
            : unsafeFix('Remove tenantId, for a managed identity', removeEntry(tenant.entry)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The secret is empty',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  <|tenantId|>: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientSecret: ""
`,
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: config-reader
`,
      },
      message: 'takes clientId 7c9e6679-7425-40de-944b-e07fc1f90ae7 for a managed identity',
    },
    {
      title: 'The secret is missing; in base64',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
data:
  <|tenantId|>: MWI0ZTI4YmEtMmZhMS00MWQyLTg4M2YtMDAxNmQzY2NhNDI3
  clientId: N2M5ZTY2NzktNzQyNS00MGRlLTk0NGItZTA3ZmMxZjkwYWU3
`,
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: config-reader
`,
      },
    },
  ],
  good: [
    {
      title: 'A managed identity, and an application with a certificate',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: identity
  namespace: flux-system
stringData:
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: Secret
metadata:
  name: application
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
data:
  clientCertificate: MIIKYQIBAzCCCicGCSqGSIb3DQEHAaCCChgEggoU
`,
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: identity
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: data
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: data
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: application
`,
      },
    },
  ],
};
