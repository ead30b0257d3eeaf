import { compareVersions } from '../../model/context.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { BUCKET, inAllBuilds, isSet, providerOf } from './_sources.ts';

/** Earlier ones do not know the field at all: flux/field-needs-newer-flux. */
const SINCE = '2.2';
const WORKS = '2.8.5';

export default defineRule({
  id: 'flux/bucket-prefix-ignored',
  on: kinds(BUCKET),
  severity: 'warning',
  summary: 'A Bucket with `provider: azure` has a `prefix`, which this Flux version ignores.',
  why: 'Before Flux 2.8.5 the prefix was not passed on to Azure, so that the whole container is fetched and its other objects are part of the artifact.',
  references: ['fluxcd/source-controller commit 6d4c3551, in v1.8.2 and later'],
  versions: 'Flux 2.2 to 2.8.4',
  *check(object, { workspace, flux }) {
    const entry = getEntry(object.root, 'spec', 'prefix');
    const ignored =
      entry && inAllBuilds(object, workspace, (root) => isSet(root, 'spec', 'prefix') && providerOf(root) === 'azure');
    if (!ignored) return;
    const version = flux.full ?? flux.minor;
    if (compareVersions(flux.minor, SINCE) < 0 || compareVersions(version, WORKS) >= 0) return;
    yield report(
      entry,
      `spec.prefix is ignored for provider: azure before Flux ${WORKS} (here: ${version}), and the whole container is fetched. Use spec.ignore, or a newer Flux.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In Flux 2.8.4',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  <|prefix|>: clusters/
`,
      settings: { fluxVersion: '2.8.4' },
    },
    {
      title: 'In Flux 2.7',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  <|prefix|>: clusters/
`,
      settings: { fluxVersion: '2.7' },
    },
  ],
  good: [
    {
      title: 'In the newest patch of Flux 2.8',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  prefix: clusters/
`,
      settings: { fluxVersion: '2.8' },
    },
    {
      title: 'In the newest Flux',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  prefix: clusters/
`,
    },
  ],
};
