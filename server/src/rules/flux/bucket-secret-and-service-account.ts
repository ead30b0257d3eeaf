import { atLeast } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { BUCKET, editable, inAllBuilds, isSet, placeAt } from './_sources.ts';

export default defineRule({
  id: 'flux/bucket-secret-and-service-account',
  on: kinds(BUCKET),
  severity: 'error',
  schema: true,
  summary: 'A Bucket has both a `secretRef` and a `serviceAccountName`.',
  why: 'A Bucket signs in with the credentials of a Secret or with the identity of a ServiceAccount, and a rule of the CRD refuses an object that asks for both.',
  references: ['fluxcd/source-controller@v1.9.1 config/crd/bases/source.toolkit.fluxcd.io_buckets.yaml'],
  versions: 'Flux 2.7 and later',
  *check(object, { workspace, flux }) {
    const both = inAllBuilds(
      object,
      workspace,
      (root) => isSet(root, 'spec', 'secretRef') && isSet(root, 'spec', 'serviceAccountName'),
    );
    if (!both || !atLeast(flux, '2.7')) return;
    const account = editable(object, 'spec', 'serviceAccountName');
    const secret = editable(object, 'spec', 'secretRef');
    yield report(
      placeAt(object, 'spec', 'serviceAccountName'),
      'cannot set both .spec.secretRef and .spec.serviceAccountName: keep secretRef for static credentials, or serviceAccountName for workload identity.',
      {
        fix: [
          secret && unsafeFix('Remove secretRef, to use workload identity', removeEntry(secret)),
          account && unsafeFix('Remove serviceAccountName, to use the Secret', removeEntry(account)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On the way from a key to workload identity',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: config-account-key
  <|serviceAccountName|>: config-reader
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
  serviceAccountName: config-reader
`,
    },
  ],
  good: [
    {
      title: 'One of the two',
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
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: data
spec:
  interval: 5m
  provider: azure
  bucketName: data
  endpoint: https://contosoconfig.blob.core.windows.net
  serviceAccountName: # none
  secretRef:
    name: data-account-key
`,
    },
  ],
};
