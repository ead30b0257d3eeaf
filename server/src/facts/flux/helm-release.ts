import { defineFacts } from '../define.ts';
import { fluxDocs, INTERVAL, remoteCluster, SUSPEND, sourceName } from './_fields.ts';

export default defineFacts({
  group: 'helm.toolkit.fluxcd.io',
  kinds: ['HelmRelease'],
  version: 'v2',
  doc: 'Installs a Helm chart. It has no `provider`: credentials for Azure belong to the chart’s source and to `kubeConfig`.',
  link: fluxDocs('helm/helmreleases/'),
  fields: {
    'spec.interval': INTERVAL,
    'spec.chart': {
      doc: 'The chart, in a HelmRepository, GitRepository or Bucket. Either this or `chartRef`.',
      snippet:
        '\n  spec:\n    chart: ${1}\n    version: "${2:1.x}"\n    sourceRef:\n      kind: ${3|HelmRepository,GitRepository,Bucket|}\n      name: ${4}',
    },
    'spec.chart.spec.chart': { doc: 'The chart’s name in the HelmRepository, or its folder.' },
    'spec.chart.spec.version': { doc: 'A version or a range. Ignored for a GitRepository or Bucket.' },
    'spec.chart.spec.sourceRef.kind': {
      doc: 'The kind of the source.',
      values: {
        HelmRepository: { doc: 'A Helm repository; with `provider: azure` it uses source-controller’s own identity.' },
        GitRepository: { doc: 'A folder of a Git repository.' },
        Bucket: { doc: 'A folder of a Bucket.' },
      },
    },
    'spec.chart.spec.sourceRef.name': sourceName('The source’s name.'),
    'spec.chartRef': {
      doc: 'The chart as an artifact of its own: an OCIRepository in Azure Container Registry can have its own identity, which a HelmRepository cannot.',
      since: 'Flux 2.3',
      snippet: '\n  kind: OCIRepository\n  name: ${1}',
    },
    'spec.chartRef.kind': {
      doc: 'The kind of the source.',
      values: {
        OCIRepository: { doc: 'A chart in a registry, with `layerSelector.operation: copy`.' },
        HelmChart: { doc: 'A HelmChart object.' },
        ExternalArtifact: {
          doc: 'An artifact that another controller made. Needs the feature gate `ExternalArtifact`.',
          since: 'Flux 2.7',
        },
      },
    },
    'spec.chartRef.name': sourceName('The source’s name.'),
    'spec.serviceAccountName': {
      doc: 'The account that installs the chart: Kubernetes permissions, never a cloud identity.',
      refersTo: { kind: 'ServiceAccount', group: '' },
    },
    ...remoteCluster(),
    'spec.valuesFrom[].kind': {
      doc: 'Where the values are.',
      values: { ConfigMap: { doc: 'Plain values.' }, Secret: { doc: 'Confidential ones.' } },
    },
    'spec.valuesFrom[].name': {
      doc: 'In the namespace of this object.',
      refersTo: { kind: 'ConfigMap', group: '', kindField: 'kind' },
    },
    'spec.dependsOn[].name': {
      doc: 'A HelmRelease that has to be ready first.',
      refersTo: { kind: 'HelmRelease', group: 'helm.toolkit.fluxcd.io', namespaceField: 'namespace' },
    },
    'spec.targetNamespace': {
      doc: 'The namespace the chart is installed to. The subject of a federated credential names this one.',
    },
    'spec.postRenderers': {
      doc: 'Patches for what the chart renders: the way to put the label `azure.workload.identity/use` on pods of a chart that has no value for it.',
    },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'HelmRelease of a chart in Azure Container Registry',
      doc: 'By way of an OCIRepository, which can have its own identity.',
      body: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: \${1:app}
  namespace: \${2:flux-system}
spec:
  interval: \${3:30m}
  chartRef:
    kind: OCIRepository
    name: \${4:app}
  values:
    \${5}
`,
    },
  ],
});
