import { addAt, replaceText, setValue } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isBlobEndpoint } from './_buckets.ts';
import { BUCKET, editable, inAllBuilds, nameOf, providerOf } from './_sources.ts';

const OTHERS: readonly string[] = ['generic', 'aws', 'gcp'];

export default defineRule({
  id: 'flux/bucket-blob-wrong-provider',
  on: kinds(BUCKET),
  severity: 'error',
  summary: 'A Bucket of Azure Blob Storage has another provider than azure.',
  why: 'The other providers, and the generic one that holds where none is written, speak the protocol of S3 or of Google Cloud Storage. Blob Storage answers to neither.',
  references: [
    'fluxcd/source-controller@v1.9.1 docs/spec/v1/buckets.md',
    'fluxcd/source-controller@v1.9.1 internal/controller/bucket_controller.go createBucketProvider',
  ],
  *check(object, { workspace }) {
    const provider = inAllBuilds(object, workspace, (root) => {
      const one = providerOf(root);
      return isBlobEndpoint(root) === true && OTHERS.includes(one ?? '') && one;
    });
    if (!provider || !workspace.isComplete(object)) return;
    const own = editable(object, 'spec', 'provider');
    const endpoint = asScalar(get(object.root, 'spec', 'endpoint'));
    const bare = endpoint && !endpoint.text.includes('://');
    yield report(
      endpoint ?? nameOf(object),
      `This endpoint is Azure Blob Storage, which the provider ${provider} cannot talk to. Set provider: azure${bare ? ', and write the endpoint as a URL' : ''}.`,
      {
        fix: unsafeFix(
          'Set provider: azure',
          ...(bare ? [replaceText(endpoint, `https://${endpoint.text}`)] : []),
          own ? setValue(own, 'azure') : addAt(object.root, ['spec', 'provider'], 'azure'),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No provider',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  bucketName: config
  endpoint: <|contosoconfig.blob.core.windows.net|>
  serviceAccountName: config-reader
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  serviceAccountName: config-reader
  provider: azure
`,
    },
    {
      title: 'The provider of another cloud; the account is a variable',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: aws
  bucketName: config
  endpoint: <|https://\${ACCOUNT}.blob.core.windows.net|>
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://\${ACCOUNT}.blob.core.windows.net
`,
    },
  ],
  good: [
    {
      title: 'With the provider, or a provider that is filled in later, or another host',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: later
spec:
  interval: 5m
  provider: \${PROVIDER}
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: minio
spec:
  interval: 5m
  bucketName: config
  endpoint: blob.core.contoso.com
`,
    },
  ],
};
