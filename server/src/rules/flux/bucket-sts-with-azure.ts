import { atLeast } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { BUCKET, editable, inAllBuilds, isSet, placeAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/bucket-sts-with-azure',
  on: kinds(BUCKET),
  severity: 'error',
  schema: true,
  summary: 'A Bucket of provider azure has `spec.sts`.',
  why: 'A security token service is a way to sign in with AWS or an LDAP server. A rule of the CRD refuses it beside `provider: azure`, which signs in with Microsoft Entra ID or with a Secret.',
  references: ['fluxcd/source-controller@v1.9.1 config/crd/bases/source.toolkit.fluxcd.io_buckets.yaml'],
  versions: 'Flux 2.4 and later',
  *check(object, { workspace, flux }) {
    const both = inAllBuilds(object, workspace, (root) => isSet(root, 'spec', 'sts') && providerOf(root) === 'azure');
    if (!both || !atLeast(flux, '2.4')) return;
    const own = editable(object, 'spec', 'sts');
    yield report(
      placeAt(object, 'spec', 'sts'),
      "STS configuration is only supported for the 'aws' and 'generic' Bucket providers. Remove spec.sts.",
      { fix: own && safeFix('Remove sts', removeEntry(own)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Left from another cloud',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  <|sts|>:
    provider: aws
    endpoint: https://sts.eu-central-1.amazonaws.com
  timeout: 1m
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  timeout: 1m
`,
    },
  ],
  good: [
    {
      title: 'With the provider it is for',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: aws
  bucketName: config
  endpoint: s3.amazonaws.com
  sts:
    provider: aws
    endpoint: https://sts.eu-central-1.amazonaws.com
`,
    },
  ],
};
