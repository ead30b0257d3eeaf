import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { bucketCredential, bucketSecrets } from './_buckets.ts';
import { isEncrypted } from './_secrets.ts';

export default defineRule({
  id: 'flux/bucket-secret-ambiguous',
  on: bucketSecrets,
  severity: 'info',
  summary: 'The Secret of a Bucket has more than one credential.',
  why: 'The controller takes the first that is complete: `clientSecret`, `clientCertificate`, the managed identity of `clientId`, `accountKey`, `sasKey`. The others are secrets that lie about for nothing, and whoever renews one of them wonders why nothing changes.',
  references: ['fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go NewClient, tokenCredentialFromSecret'],
  *check({ secret, data }) {
    const { credential, unused } = bucketCredential(data);
    for (const key of unused) {
      const entry = data.get(key)?.entry;
      if (!entry) continue;
      yield report(entry, `${key} is never used: ${credential} goes before it. Remove one of the two.`, {
        fix: isEncrypted(secret) || entry.map.synthetic ? undefined : unsafeFix(`Remove ${key}`, removeEntry(entry)),
        tags: ['unnecessary'],
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A managed identity and the key of the account',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  <|accountKey|>: \${ACCOUNT_KEY}
  <|sasKey|>: \${SAS_TOKEN}
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
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
    {
      title: 'A secret and a certificate',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientSecret: \${CLIENT_SECRET}
  <|clientCertificate|>: \${CLIENT_CERTIFICATE}
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
      message: 'clientSecret goes before it',
    },
  ],
  good: [
    {
      title: 'One credential, and an empty one beside it',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientSecret: \${CLIENT_SECRET}
  accountKey: ""
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
};
