import { FLUX_REGISTRY_HOST } from '../../azure/registries.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { asScalar, get, getEntry, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, partOf, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';

/** Where each kind writes the registry, and where the provider. `undefined`: the kind implies Azure. */
const PLACES: Readonly<Record<string, { readonly url: readonly string[]; readonly provider?: readonly string[] }>> = {
  OCIRepository: { url: ['spec', 'url'], provider: ['spec', 'provider'] },
  HelmRepository: { url: ['spec', 'url'], provider: ['spec', 'provider'] },
  ImageRepository: { url: ['spec', 'image'], provider: ['spec', 'provider'] },
  FluxInstance: { url: ['spec', 'sync', 'url'], provider: ['spec', 'sync', 'provider'] },
  ResourceSetInputProvider: { url: ['spec', 'url'] },
};

export default defineRule({
  id: 'flux/registry-not-acr',
  on: kinds(
    'source.toolkit.fluxcd.io/OCIRepository',
    'source.toolkit.fluxcd.io/HelmRepository',
    'image.toolkit.fluxcd.io/ImageRepository',
    'fluxcd.controlplane.io/FluxInstance',
    'fluxcd.controlplane.io/ResourceSetInputProvider',
  ),
  severity: 'error',
  summary: '`provider: azure` works with hosts of Azure Container Registry only.',
  why: 'With `provider: azure` the controller asks Entra ID for a token for the registry, and refuses every host that is not below `azurecr.io`, `azurecr.cn`, `azurecr.de` or `azurecr.us`. `mcr.microsoft.com`, `ghcr.io` and custom domains of a registry are among those; they work with the generic provider.',
  references: [
    'fluxcd/pkg@e2cfd1a2 auth/azure/provider.go ParseArtifactRepository',
    'https://fluxcd.io/blog/2025/05/flux-v2.6.0/',
  ],
  versions: 'Flux 2.6 and later; before, such a host was ignored silently',
  *check(object, { workspace, flux }) {
    const place = PLACES[object.kind];
    const value = asScalar(get(object.root, ...(place?.url ?? [])));
    if (!place || !value || typeof value.value !== 'string' || isTemplate(value.text) || !atLeast(flux, '2.6')) return;
    if (place.provider) {
      if (textAt(object.root, ...place.provider) !== 'azure') return;
      // A static secret goes before the provider there, which is then not used at all.
      if (
        (object.kind === 'OCIRepository' || object.kind === 'HelmRepository') &&
        get(object.root, 'spec', 'secretRef')
      )
        return;
      if (object.kind === 'HelmRepository' && textAt(object.root, 'spec', 'type') !== 'oci') return;
      if (object.kind === 'FluxInstance' && textAt(object.root, 'spec', 'sync', 'kind') !== 'OCIRepository') return;
    } else if (textAt(object.root, 'spec', 'type') !== 'ACRArtifactTag') return;
    const start = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value.text)?.[0].length ?? 0;
    const slash = value.text.indexOf('/', start);
    const authority = value.text.slice(start, slash < 0 ? undefined : slash);
    const host = authority.replace(/:\d+$/, '');
    if (FLUX_REGISTRY_HOST.test(host)) return;
    const entry = place.provider && getEntry(object.root, ...place.provider);
    const privateCloud = [...workspace.objects('apps', 'Deployment'), ...workspace.patches('apps', 'Deployment')].some(
      (d) => podTemplateOf(d)?.containers.some((c) => c.env.some((e) => e.nameText === 'AZURE_ENVIRONMENT_FILEPATH')),
    );
    yield report(
      partOf(value, start, start + host.length),
      `invalid Azure registry: '${host}'. must match ^.+\\.(azurecr\\.io|azurecr\\.cn|azurecr\\.de|azurecr\\.us)$ With provider azure Flux signs in to Azure Container Registry and nothing else.`,
      {
        severity: privateCloud ? 'warning' : undefined,
        fix: entry && unsafeFix('Remove provider: azure', removeEntry(entry)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A public registry of Microsoft',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: aks-charts
  namespace: flux-system
spec:
  interval: 10m
  url: oci://<|mcr.microsoft.com|>/oss/kubernetes
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: aks-charts
  namespace: flux-system
spec:
  interval: 10m
  url: oci://mcr.microsoft.com/oss/kubernetes
`,
    },
    {
      title: 'An image of GitHub',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
spec:
  interval: 10m
  image: <|ghcr.io|>/stefanprodan/podinfo
  provider: azure
`,
    },
  ],
  good: [
    {
      title: 'Azure Container Registry, public and in China',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps-cn
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.cn/manifests/apps
  provider: azure
`,
    },
    {
      title: 'Another registry with the generic provider, and a host that is filled in later',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
spec:
  interval: 10m
  url: oci://ghcr.io/stefanprodan/manifests/podinfo
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://\${REGISTRY}/manifests/apps
  provider: azure
`,
    },
  ],
};
