import { defineFacts } from '../define.ts';
import { AWS, certificateSecret, fluxDocs, GCP, INTERVAL, SUSPEND, secretName } from './_fields.ts';

// Source: fluxcd/source-controller v1.9.1 internal/helm/getter/client_opts.go, api/v1/helmrepository_types.go.
export default defineFacts({
  group: 'source.toolkit.fluxcd.io',
  kinds: ['HelmRepository'],
  version: 'v1',
  doc: 'Helm charts on a web server or, with `type: oci`, in a registry. It knows no identity of its own: for Azure Container Registry an OCIRepository with `chartRef` in the HelmRelease is the better choice.',
  link: fluxDocs('source/helmrepositories/'),
  fields: {
    'spec.url': {
      doc: 'The folder that the charts are in. The chart’s name is appended to it and is no part of the URL: `oci://{registry}.azurecr.io/helm` for a chart `helm/podinfo`.',
      snippet: 'oci://${1:registry}.azurecr.io/${2:charts}',
      suggestions: [
        {
          value: 'oci://${1:registry}.azurecr.io/${2:charts}',
          label: 'oci://….azurecr.io/…',
          doc: 'Charts in Azure Container Registry; needs `type: oci`.',
        },
        { value: 'https://${1:host}/${2:charts}', label: 'https://…', doc: 'A chart museum or static web server.' },
      ],
    },
    'spec.type': {
      doc: 'What the URL is. Azure Container Registry serves charts as OCI artifacts only.',
      values: {
        default: { doc: 'A web server with an `index.yaml`. `provider` is ignored.' },
        oci: { doc: 'A container registry. Needed for an `oci://` URL, and for `provider` to mean anything.' },
      },
    },
    'spec.provider': {
      doc: 'How Flux logs in to the registry. Read only with `type: oci`, and only without a `secretRef`.',
      link: fluxDocs('source/helmrepositories/#azure'),
      values: {
        generic: { doc: 'No cloud login: the credentials of `secretRef`, or none.' },
        azure: {
          doc: 'Logs in to Azure Container Registry with source-controller’s own identity: workload identity of its pod, then the identity of the node. An identity for this object alone does not exist for this kind. The identity needs AcrPull.',
        },
        aws: AWS,
        gcp: GCP,
      },
    },
    'spec.interval': INTERVAL,
    'spec.secretRef': {
      doc: 'A pull secret (`kubernetes.io/dockerconfigjson`), or `username` and `password`. It wins over `provider: azure`.',
    },
    'spec.secretRef.name': secretName('helm-repository', 'A Secret in the namespace of this object.'),
    ...certificateSecret('spec'),
    'spec.insecure': { doc: 'Plain HTTP, for `type: oci` only. Azure Container Registry never needs it.' },
    'spec.passCredentials': {
      doc: 'Sends the credentials to whatever host the index names for a chart. Leave it off where the hosts differ.',
    },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'HelmRepository in Azure Container Registry',
      doc: 'Charts in ACR, pulled with source-controller’s identity.',
      body: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: \${1:charts}
  namespace: \${2:flux-system}
spec:
  type: oci
  interval: \${3:1h}
  url: oci://\${4:registry}.azurecr.io/\${5:charts}
  provider: azure
`,
    },
  ],
});
