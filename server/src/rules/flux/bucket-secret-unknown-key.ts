import { isTemplate } from '../../azure/text-kinds.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { BUCKET_KEYS, bucketSecrets, meantBucketKey } from './_buckets.ts';
import { hasOtherUses, isEncrypted } from './_secrets.ts';

const PLACE: Readonly<Record<string, string>> = {
  accountname: 'the account is the first label of the endpoint',
  resourceid: 'a managed identity is named by its clientId',
};

export default defineRule({
  id: 'flux/bucket-secret-unknown-key',
  on: bucketSecrets,
  severity: 'warning',
  summary: 'The Secret of a Bucket with `provider: azure` has a key that the controller does not read.',
  why: 'The controller looks for nine names, letter by letter, and ignores all others without an error: `client_id` or `accountkey` is as good as nothing.',
  references: ['fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go'],
  *check({ secret, data, users }, { workspace }) {
    const unknown = [...data.values()].filter(
      ({ key }) => !(BUCKET_KEYS as readonly string[]).includes(key) && !isTemplate(key),
    );
    if (unknown.length === 0 || hasOtherUses(secret, users, workspace)) return;
    for (const { key, entry } of unknown) {
      const meant = meantBucketKey(key);
      const place = PLACE[key.toLowerCase().replace(/[-_]/g, '')];
      const free = meant !== undefined && !data.has(meant);
      yield report(
        entry,
        `${key} is ignored: the azure provider of a Bucket reads only its own keys, letter by letter. ${
          place ? `Remove it: ${place}.` : meant ? `It is called ${meant}.` : `They are ${BUCKET_KEYS.join(', ')}.`
        }`,
        {
          fix:
            free && !isEncrypted(secret) && !entry.map.synthetic
              ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant))
              : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Spelled otherwise, and a name that has no place here',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  <|"client_id"|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7 # the application
  clientSecret: \${CLIENT_SECRET}
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
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  "clientId": 7c9e6679-7425-40de-944b-e07fc1f90ae7 # the application
  clientSecret: \${CLIENT_SECRET}
`,
    },
    {
      title: 'A name that has no place here, encoded',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
data:
  <|accountName|>: Y29udG9zb2NvbmZpZw==
  accountKey: JHtLRVl9
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
      message: 'the account is the first label of the endpoint',
    },
  ],
  good: [
    {
      title: 'Known keys; and a Secret that a proxy uses too',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  accountKey: \${ACCOUNT_KEY}
---
apiVersion: v1
kind: Secret
metadata:
  name: both
  namespace: flux-system
stringData:
  accountKey: \${ACCOUNT_KEY}
  address: http://proxy.contoso.com:3128
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
    name: both
  proxySecretRef:
    name: both
`,
      },
    },
  ],
};
