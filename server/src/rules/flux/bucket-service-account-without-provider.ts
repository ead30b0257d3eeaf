import { atLeast } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isBlobEndpoint } from './_buckets.ts';
import { BUCKET, editable, inAllBuilds, isSet, placeAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/bucket-service-account-without-provider',
  on: kinds(BUCKET),
  severity: 'error',
  schema: true,
  summary: 'A Bucket of the generic provider has a `serviceAccountName`.',
  why: 'Only the providers of a cloud sign in with a ServiceAccount; the generic one knows static keys alone, and a rule of the CRD refuses the object. The provider is generic where none is written.',
  references: ['fluxcd/source-controller@v1.9.1 config/crd/bases/source.toolkit.fluxcd.io_buckets.yaml'],
  versions: 'Flux 2.7 and later',
  *check(object, { workspace, flux }) {
    const generic = inAllBuilds(
      object,
      workspace,
      (root) =>
        isSet(root, 'spec', 'serviceAccountName') &&
        providerOf(root) === 'generic' &&
        // A host of Blob Storage says that the provider is what is wrong: bucket-blob-wrong-provider.
        isBlobEndpoint(root) === false,
    );
    if (!generic || !atLeast(flux, '2.7') || !workspace.isComplete(object)) return;
    const own = editable(object, 'spec', 'serviceAccountName');
    yield report(
      placeAt(object, 'spec', 'serviceAccountName'),
      "ServiceAccountName is not supported for the 'generic' Bucket provider. Set the provider of the cloud, or remove serviceAccountName.",
      { fix: own && unsafeFix('Remove serviceAccountName', removeEntry(own)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An S3 server of its own',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  bucketName: config
  endpoint: minio.contoso.com
  <|serviceAccountName|>: config-reader
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  bucketName: config
  endpoint: minio.contoso.com
`,
    },
  ],
  good: [
    {
      title: 'With the provider of a cloud',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  serviceAccountName: config-reader
`,
    },
    {
      title: 'An endpoint and a provider that are filled in later',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: \${PROVIDER}
  bucketName: config
  endpoint: \${ENDPOINT}
  serviceAccountName: config-reader
`,
    },
  ],
};
