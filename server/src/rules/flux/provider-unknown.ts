import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';

const REGISTRIES = ['generic', 'aws', 'azure', 'gcp'];
/** The enum of `provider` in the newest CRD of each kind. */
const PROVIDERS: Readonly<Record<string, { readonly path: readonly string[]; readonly values: readonly string[] }>> = {
  GitRepository: { path: ['spec', 'provider'], values: ['generic', 'aws', 'azure', 'github'] },
  Bucket: { path: ['spec', 'provider'], values: ['generic', 'aws', 'gcp', 'azure'] },
  OCIRepository: { path: ['spec', 'provider'], values: REGISTRIES },
  HelmRepository: { path: ['spec', 'provider'], values: REGISTRIES },
  ImageRepository: { path: ['spec', 'provider'], values: REGISTRIES },
  FluxInstance: { path: ['spec', 'sync', 'provider'], values: [...REGISTRIES, 'github'] },
};
/** What people write who mean Azure. */
const AZURE = /^(azure|azure-?devops|ado|acr|azure-?blob|azurerm)$/i;

export default defineRule({
  id: 'flux/provider-unknown',
  on: kinds(
    'source.toolkit.fluxcd.io/GitRepository',
    'source.toolkit.fluxcd.io/Bucket',
    'source.toolkit.fluxcd.io/OCIRepository',
    'source.toolkit.fluxcd.io/HelmRepository',
    'image.toolkit.fluxcd.io/ImageRepository',
    'fluxcd.controlplane.io/FluxInstance',
  ),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'The provider is none that the kind supports.',
  why: 'The API server compares the value with a closed list, letter by letter, and refuses the object. The provider for everything on Azure is `azure`: Container Registry, Azure DevOps and Blob Storage alike.',
  references: [
    'fluxcd/source-controller@v1.9.1 config/crd/bases',
    'fluxcd/image-reflector-controller@v1.2.0 config/crd/bases',
    'controlplaneio-fluxcd/flux-operator@v0.58.1',
  ],
  *check(object) {
    const known = PROVIDERS[object.kind];
    const value = asScalar(get(object.root, ...(known?.path ?? [])));
    if (
      !known ||
      !value ||
      typeof value.value !== 'string' ||
      isTemplate(value.text) ||
      known.values.includes(value.text)
    )
      return;
    const meant = AZURE.test(value.text) ? 'azure' : nearest(value.text.toLowerCase(), known.values, 2);
    yield report(
      value,
      `Unsupported provider "${value.text}" for ${object.kind}; supported: ${known.values.join(', ')}.`,
      {
        fix: meant ? unsafeFix(`Write ${meant}`, replaceText(value, meant)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: "The service's name instead of azure",
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/fleet/_git/clusters
  provider: <|AzureDevOps|>
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/fleet/_git/clusters
  provider: azure
`,
    },
  ],
  good: [
    {
      title: 'azure, and a variable',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/fleet/_git/clusters
  provider: azure
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: fleet
spec:
  interval: 1m
  bucketName: fleet
  endpoint: https://contosofleet.blob.core.windows.net
  provider: \${PROVIDER:=azure}
`,
    },
  ],
};
