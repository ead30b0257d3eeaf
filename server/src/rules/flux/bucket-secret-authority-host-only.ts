import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { bucketSecrets, misspelled } from './_buckets.ts';
import { addKeys, userNames } from './_secrets.ts';

export default defineRule({
  id: 'flux/bucket-secret-authority-host-only',
  on: bucketSecrets,
  severity: 'error',
  summary: 'The Secret of a Bucket with `provider: azure` has an `authorityHost` and no credential.',
  why: 'The check of the controller accepts `authorityHost` alone. It names where to sign in and not who does: the controller ends up with a client without an endpoint, and every request fails.',
  references: ['fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go ValidateSecret, NewClient'],
  *check({ secret, data, users, complete }) {
    const host = data.get('authorityHost');
    const keys = ['clientId', 'accountKey', 'sasKey'];
    if (!complete || !host || keys.some((key) => data.has(key)) || misspelled(data, ...keys)) return;
    yield report(
      host.entry,
      `authorityHost alone passes the check but is no credential: the client of ${userNames(users)} is built without an endpoint. Add tenantId, clientId and clientSecret, or another credential.`,
      {
        fix: unsafeFix(
          'Add tenantId, clientId and clientSecret, to be filled in',
          addKeys(secret, 'tenantId', 'clientId', 'clientSecret'),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The host alone',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  <|authorityHost|>: https://login.chinacloudapi.cn
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
  endpoint: https://contosoconfig.blob.core.chinacloudapi.cn
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
  authorityHost: https://login.chinacloudapi.cn
  tenantId: ""
  clientId: ""
  clientSecret: ""
`,
    },
  ],
  good: [
    {
      title: 'With a credential',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  authorityHost: https://login.chinacloudapi.cn
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
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
  endpoint: https://contosoconfig.blob.core.chinacloudapi.cn
  secretRef:
    name: config-reader
`,
      },
    },
  ],
};
