import { defineFacts } from '../define.ts';
import { fluxDocs, INTERVAL, SUSPEND, sourceName } from './_fields.ts';

export default defineFacts({
  group: 'source.toolkit.fluxcd.io',
  kinds: ['HelmChart'],
  version: 'v1',
  doc: 'One chart of a source. A HelmRelease with `chart` makes one by itself.',
  link: fluxDocs('source/helmcharts/'),
  fields: {
    'spec.chart': { doc: 'The chart’s name in a HelmRepository, or its folder in a GitRepository or Bucket.' },
    'spec.interval': INTERVAL,
    'spec.sourceRef': {
      doc: 'Where the chart is. Credentials, and with them `provider: azure`, are those of the source.',
    },
    'spec.sourceRef.kind': {
      doc: 'The kind of the source.',
      values: {
        HelmRepository: { doc: 'A Helm repository; the one kind that `verify` works with.' },
        GitRepository: { doc: 'A folder of a Git repository.' },
        Bucket: { doc: 'A folder of a Bucket.' },
      },
    },
    'spec.sourceRef.name': sourceName('A source in the namespace of this object.'),
    'spec.suspend': SUSPEND,
  },
});
