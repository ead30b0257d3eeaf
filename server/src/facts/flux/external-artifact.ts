import { defineFacts } from '../define.ts';
import { fluxDocs, sourceName } from './_fields.ts';

export default defineFacts({
  group: 'source.toolkit.fluxcd.io',
  kinds: ['ExternalArtifact'],
  version: 'v1',
  doc: 'An artifact that a controller outside source-controller made: an ArtifactGenerator’s, for example. Kustomizations and HelmReleases accept it with the feature gate `ExternalArtifact`.',
  link: fluxDocs('source/externalartifacts/'),
  fields: {
    'spec.sourceRef': { doc: 'The object that the artifact was made by. Its controller writes this.' },
    'spec.sourceRef.name': sourceName('The name of the object that made the artifact.'),
  },
});
