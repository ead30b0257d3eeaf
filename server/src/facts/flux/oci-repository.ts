import { defineFacts } from '../define.ts';
import {
  AWS,
  certificateSecret,
  fluxDocs,
  GCP,
  INTERVAL,
  proxySecret,
  SUSPEND,
  secretName,
  serviceAccount,
} from './_fields.ts';

// Source: fluxcd/source-controller v1.9.1 internal/controller/ocirepository_controller.go; fluxcd/pkg auth/azure.
export default defineFacts({
  group: 'source.toolkit.fluxcd.io',
  kinds: ['OCIRepository'],
  version: 'v1',
  doc: 'An artifact (manifests or a Helm chart) in a container registry such as Azure Container Registry.',
  link: fluxDocs('source/ocirepositories/'),
  fields: {
    'spec.url': {
      doc: 'The repository in the registry, without tag and digest: those go into `ref`. With `provider: azure` the host must be below `azurecr.io`, `azurecr.cn` or `azurecr.us`.',
      link: fluxDocs('source/ocirepositories/#url'),
      snippet: 'oci://${1:registry}.azurecr.io/${2:manifests/app}',
      suggestions: [
        {
          value: 'oci://${1:registry}.azurecr.io/${2:repository}',
          label: 'oci://….azurecr.io/…',
          doc: 'Azure Container Registry.',
        },
        {
          value: 'oci://${1:registry}.azurecr.cn/${2:repository}',
          label: 'oci://….azurecr.cn/…',
          doc: 'Azure Container Registry in China.',
        },
        {
          value: 'oci://${1:registry}.azurecr.us/${2:repository}',
          label: 'oci://….azurecr.us/…',
          doc: 'Azure Container Registry in Azure US Government.',
        },
      ],
    },
    'spec.interval': INTERVAL,
    'spec.provider': {
      doc: 'How Flux logs in to the registry. A static credential goes first: with a `secretRef`, or image pull secrets on the ServiceAccount, that match the registry, the provider is not asked.',
      link: fluxDocs('source/ocirepositories/#azure'),
      values: {
        generic: {
          doc: 'No cloud login: a pull secret, or anonymous pull. Right for `mcr.microsoft.com` and for registries with anonymous pull.',
        },
        azure: {
          doc: 'Logs in to Azure Container Registry with a token of Entra ID: of the ServiceAccount in `serviceAccountName`, else of source-controller itself (workload identity, then the identity of the node). The identity needs AcrPull on the registry.',
        },
        aws: AWS,
        gcp: GCP,
      },
    },
    'spec.serviceAccountName': serviceAccount(
      'With `provider: azure`, the identity of this object alone. Its image pull secrets are used as well, and go first: an account that has some for this registry switches workload identity off.',
      'Flux 2.6 (image pull secrets: always)',
    ),
    'spec.secretRef': {
      doc: 'A pull secret of type `kubernetes.io/dockerconfigjson`. It wins over `provider: azure`. Secrets of another type are skipped without a word, and the pull is anonymous.',
    },
    'spec.secretRef.name': secretName(
      'registry-pull',
      'A Secret of type `kubernetes.io/dockerconfigjson` in the namespace of this object.',
    ),
    ...certificateSecret('spec'),
    ...proxySecret('spec', 'Flux 2.4'),
    'spec.insecure': {
      doc: 'Talks to the registry over plain HTTP, or without checking its certificate. Azure Container Registry never needs it.',
    },
    'spec.ref': {
      doc: 'Which artifact: a digest wins over a semver range, that over a tag. Without it `latest`.',
      snippet: '\n  tag: ${1:latest}',
    },
    'spec.ref.digest': { doc: 'One artifact by its digest, `sha256:…`.' },
    'spec.ref.semver': {
      doc: 'The newest tag in a range: `>= 1.0.0`. Listing tags needs a role that may read repository metadata; AcrPull may.',
    },
    'spec.ref.semverFilter': { doc: 'A regular expression that tags have to match before the range is looked at.' },
    'spec.ref.tag': { doc: 'A tag. One that moves, such as `latest`, is pulled again when its digest changes.' },
    'spec.layerSelector': {
      doc: 'Which layer of the artifact to take, where it was not made by `flux push artifact`: charts pushed by Helm, for example.',
    },
    'spec.layerSelector.mediaType': {
      doc: 'The media type of the layer.',
      suggestions: [
        {
          value: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
          doc: 'A Helm chart, as `helm push` writes it.',
        },
      ],
    },
    'spec.layerSelector.operation': {
      doc: 'What to do with the layer.',
      values: {
        extract: { doc: 'Unpack it: for manifests.' },
        copy: { doc: 'Keep the archive as it is: for a Helm chart that a HelmRelease refers to by `chartRef`.' },
      },
    },
    'spec.verify': { doc: 'Verifies the signature of the artifact before it is used.' },
    'spec.verify.provider': {
      doc: 'The tool that signed the artifact.',
      values: {
        cosign: { doc: 'Cosign, with a key or keyless.' },
        notation: { doc: 'Notation of the Notary Project, which signs with certificates of Key Vault.' },
      },
    },
    'spec.verify.secretRef.name': secretName(
      'verification',
      'A Secret with the public keys, or for Notation the trust policy and certificates.',
    ),
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'OCIRepository in Azure Container Registry',
      doc: 'An artifact in ACR, pulled with workload identity of the object.',
      body: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: \${1:app}
  namespace: \${2:flux-system}
spec:
  interval: \${3:10m}
  url: oci://\${4:registry}.azurecr.io/\${5:manifests/app}
  ref:
    tag: \${6:latest}
  provider: azure
  serviceAccountName: \${7:registry-reader}
`,
    },
  ],
});
