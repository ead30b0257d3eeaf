import { defineFacts } from '../define.ts';
import { fluxDocs, SUSPEND } from './_fields.ts';

export default defineFacts({
  group: 'image.toolkit.fluxcd.io',
  kinds: ['ImagePolicy'],
  version: 'v1',
  doc: 'Chooses one of the tags that an ImageRepository has found. It logs in as its ImageRepository does.',
  link: fluxDocs('image/imagepolicies/'),
  fields: {
    'spec.imageRepositoryRef': {
      doc: 'The ImageRepository whose tags are chosen from. One in another namespace has to allow this one by `accessFrom`.',
    },
    'spec.imageRepositoryRef.name': {
      doc: 'An ImageRepository.',
      refersTo: { kind: 'ImageRepository', group: 'image.toolkit.fluxcd.io', namespaceField: 'namespace' },
    },
    'spec.policy': {
      doc: 'How tags are put in order. Exactly one of `semver`, `alphabetical` and `numerical`.',
      snippet: '\n  semver:\n    range: "${1:>=1.0.0}"',
    },
    'spec.policy.semver.range': {
      doc: 'The newest version in this range is chosen: `>=1.0.0 <2.0.0`.',
      snippet: '"${1:>=1.0.0}"',
    },
    'spec.policy.alphabetical.order': {
      doc: 'Which end of the order is the newest.',
      values: { asc: { doc: 'The last tag by letters.' }, desc: { doc: 'The first tag by letters.' } },
    },
    'spec.policy.numerical.order': {
      doc: 'Which end of the order is the newest.',
      values: {
        asc: { doc: 'The highest number: right for build ids and timestamps.' },
        desc: { doc: 'The lowest number.' },
      },
    },
    'spec.filterTags.pattern': {
      doc: 'A regular expression (RE2) that tags have to match. Its named groups can be used in `extract`.',
    },
    'spec.filterTags.extract': { doc: 'What the order is made by: `$ts` is the group `(?P<ts>…)` of the pattern.' },
    'spec.digestReflectionPolicy': {
      doc: 'Whether the digest of the chosen tag is written down too. It is asked from the registry with the login of the ImageRepository.',
      since: 'Flux 2.6',
      values: {
        Never: { doc: 'The tag alone. The default.' },
        IfNotPresent: { doc: 'Once for each tag.' },
        Always: { doc: 'Again at every `interval`, which must be set: for tags that move.' },
      },
    },
    'spec.interval': {
      doc: 'How often a digest is asked for again. Legal, and needed, only with `digestReflectionPolicy: Always`.',
      since: 'Flux 2.6',
    },
    'spec.suspend': { ...SUSPEND, since: 'Flux 2.7' },
  },
});
