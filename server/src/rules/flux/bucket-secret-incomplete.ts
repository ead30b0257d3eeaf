import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { bucketSecrets, misspelled, passesCheck } from './_buckets.ts';
import { addKeys, userNames } from './_secrets.ts';
import { nameOf } from './_sources.ts';

const WAYS: readonly (readonly [string, readonly string[]])[] = [
  ['a client secret', ['tenantId', 'clientId', 'clientSecret']],
  ['a certificate', ['tenantId', 'clientId', 'clientCertificate']],
  ['the key of the account', ['accountKey']],
  ['a SAS token', ['sasKey']],
];

export default defineRule({
  id: 'flux/bucket-secret-incomplete',
  on: bucketSecrets,
  severity: 'error',
  summary: 'The Secret of a Bucket with `provider: azure` has no credential that the controller takes.',
  why: 'The controller wants `accountKey`, `sasKey`, `clientId` alone for a managed identity, or `tenantId` and `clientId` with `clientSecret` or `clientCertificate`. It fails before it asks for anything else, workload identity included.',
  references: ['fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go ValidateSecret'],
  *check({ secret, data, users, complete }) {
    if (!complete || passesCheck(data) || misspelled(data, 'clientId', 'accountKey', 'sasKey', 'authorityHost')) return;
    yield report(
      nameOf(secret),
      `${userNames(users)} cannot sign in: invalid '${secret.name}' secret data: requires a 'clientId' or 'accountKey' field, a combination of 'tenantId', 'clientId' and 'clientSecret', or 'tenantId', 'clientId' and 'clientCertificate'`,
      {
        fix: WAYS.map(([title, keys]) => {
          const missing = keys.filter((key) => !data.has(key));
          return unsafeFix(`Add ${missing.join(', ')}, to be filled in, for ${title}`, addKeys(secret, ...missing));
        }),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No client',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|config-reader|>
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
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
  clientSecret: \${CLIENT_SECRET}
  clientId: ""
`,
    },
    {
      title: 'The keys of another provider, encoded',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|config-reader|>
  namespace: flux-system
data:
  accesskey: JHtLRVl9
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
data:
  accesskey: JHtLRVl9
stringData:
  tenantId: ""
  clientId: ""
  clientSecret: ""
`,
    },
  ],
  good: [
    {
      title: 'Encrypted, with all keys; and a Secret of another namespace',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
  clientId: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
  clientSecret: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
sops:
  mac: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
`,
        'other.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: other
stringData:
  user: nobody
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
    {
      title: 'A Secret that something else fills, and one of a Bucket of S3',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
---
apiVersion: v1
kind: Secret
metadata:
  name: s3
  namespace: flux-system
stringData:
  accesskey: \${ACCESS_KEY}
  secretkey: \${SECRET_KEY}
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
  name: s3
  namespace: flux-system
spec:
  interval: 5m
  bucketName: config
  endpoint: minio.contoso.com
  secretRef:
    name: s3
`,
      },
    },
  ],
};
