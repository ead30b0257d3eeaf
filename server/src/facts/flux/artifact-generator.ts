import { defineFacts } from '../define.ts';
import { sourceName } from './_fields.ts';

export default defineFacts({
  group: 'source.extensions.fluxcd.io',
  kinds: ['ArtifactGenerator'],
  version: 'v1beta1',
  doc: 'Composes artifacts from several sources, or splits one. Azure matters through its sources alone.',
  fields: {
    'spec.sources': {
      doc: 'The sources, each with an alias that `artifacts` use.',
      snippet:
        '\n  - alias: ${1:fleet}\n    kind: ${2|GitRepository,OCIRepository,Bucket,HelmChart,ExternalArtifact|}\n    name: ${3}',
    },
    'spec.sources[].kind': { doc: 'The kind of the source.' },
    'spec.sources[].name': sourceName('The source’s name.'),
    'spec.artifacts': { doc: 'The artifacts to make; each becomes an ExternalArtifact.' },
  },
});
