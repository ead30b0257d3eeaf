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

// Source: fluxcd/image-reflector-controller v1.2.0 internal/registry/{helper,options}.go.
export default defineFacts({
  group: 'image.toolkit.fluxcd.io',
  kinds: ['ImageRepository'],
  version: 'v1',
  doc: 'Scans the tags of an image, in Azure Container Registry for example.',
  link: fluxDocs('image/imagerepositories/'),
  fields: {
    'spec.image': {
      doc: 'The image without scheme, tag and digest: `{registry}.azurecr.io/{repository}`. With `provider: azure` the host must be one of Azure Container Registry.',
      snippet: '${1:registry}.azurecr.io/${2:repository}',
      suggestions: [
        {
          value: '${1:registry}.azurecr.io/${2:repository}',
          label: '….azurecr.io/…',
          doc: 'Azure Container Registry.',
        },
        {
          value: '${1:registry}.azurecr.cn/${2:repository}',
          label: '….azurecr.cn/…',
          doc: 'Azure Container Registry in China.',
        },
        {
          value: '${1:registry}.azurecr.us/${2:repository}',
          label: '….azurecr.us/…',
          doc: 'Azure Container Registry in Azure US Government.',
        },
      ],
    },
    'spec.interval': INTERVAL,
    'spec.provider': {
      doc: 'How Flux logs in to the registry. Other than in an OCIRepository the provider goes first: with one set, `secretRef` and the pull secrets of the ServiceAccount are not read.',
      link: fluxDocs('image/imagerepositories/#azure'),
      values: {
        generic: { doc: 'No cloud login: pull secrets, or anonymous. Right for `mcr.microsoft.com`.' },
        azure: {
          doc: 'Logs in to Azure Container Registry with a token of Entra ID: of the ServiceAccount in `serviceAccountName`, else of image-reflector-controller. The identity needs AcrPull. The lookups of an ImagePolicy for digests use the same login.',
        },
        aws: AWS,
        gcp: GCP,
      },
    },
    'spec.serviceAccountName': serviceAccount(
      'With `provider: azure`, the identity of this object alone; with `generic`, its image pull secrets are used.',
      'Flux 2.6 (image pull secrets: always)',
    ),
    'spec.secretRef': {
      doc: 'A pull secret of type `kubernetes.io/dockerconfigjson`. Not read with `provider: azure`.',
    },
    'spec.secretRef.name': secretName(
      'registry-pull',
      'A Secret of type `kubernetes.io/dockerconfigjson` in the namespace of this object.',
    ),
    ...certificateSecret('spec'),
    ...proxySecret('spec', 'Flux 2.4'),
    'spec.insecure': { doc: 'Plain HTTP. Azure Container Registry never needs it.' },
    'spec.accessFrom': { doc: 'Namespaces, by label, whose ImagePolicies may use this object.' },
    'spec.exclusionList': {
      doc: 'Regular expressions; tags that match one are left out. Without it signatures (`^.*\\.sig$`) are.',
    },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'ImageRepository in Azure Container Registry',
      doc: 'Scans an image in ACR with workload identity of the object.',
      body: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: \${1:app}
  namespace: \${2:flux-system}
spec:
  interval: \${3:15m}
  image: \${4:registry}.azurecr.io/\${5:app}
  provider: azure
  serviceAccountName: \${6:registry-reader}
`,
    },
  ],
});
