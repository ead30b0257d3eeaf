import { removeEntry } from '../../yaml/edits.ts';
import { asScalar, get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { BUCKET, editable, inAllBuilds, isSet, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/bucket-field-ignored',
  on: kinds(BUCKET),
  severity: 'info',
  summary: 'A Bucket with `provider: azure` has a field of the other providers.',
  why: 'For Azure the controller uses the Secret, the ServiceAccount and the proxy. It does not look at `region`, `insecure` and `certSecretRef`: the endpoint says all that they would.',
  references: ['fluxcd/source-controller@v1.9.1 internal/controller/bucket_controller.go'],
  *check(object, { workspace }) {
    for (const field of ['certSecretRef', 'insecure', 'region']) {
      const entry = getEntry(object.root, 'spec', field);
      const ignored =
        entry &&
        inAllBuilds(
          object,
          workspace,
          (root) =>
            providerOf(root) === 'azure' &&
            isSet(root, 'spec', field) &&
            (field !== 'insecure' || asScalar(get(root, 'spec', field))?.value === true),
        );
      if (!ignored) continue;
      const own = editable(object, 'spec', field);
      yield report(entry, `spec.${field} has no effect with provider: azure. Remove it.`, {
        fix: own && safeFix(`Remove ${field}`, removeEntry(own)),
        tags: ['unnecessary'],
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A region and a certificate',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  <|region|>: westeurope
  insecure: false
  <|certSecretRef|>:
    name: proxy-ca
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
  insecure: false
`,
    },
  ],
  good: [
    {
      title: 'On a Bucket of S3',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: aws
  bucketName: config
  endpoint: s3.amazonaws.com
  region: eu-central-1
`,
    },
  ],
};
