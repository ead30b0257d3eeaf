import { isAcrHost } from '../../azure/registries.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { asScalar, get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, HELM_REPOSITORY, IMAGE_REPOSITORY, inAllBuilds, OCI_REPOSITORY, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/acr-insecure',
  on: kinds(OCI_REPOSITORY, HELM_REPOSITORY, IMAGE_REPOSITORY),
  severity: 'warning',
  summary: '`insecure: true` on a registry of Azure Container Registry.',
  why: 'The registry answers over TLS only, so the field makes nothing work. On an OCIRepository without `certSecretRef` it switches the check of the certificate off, and everywhere it allows plain HTTP: whoever stands in between may read the token and change the artifact.',
  references: [
    'fluxcd/source-controller@v1.9.1 internal/controller/ocirepository_controller.go:860,1036-1043',
    'fluxcd/source-controller@v1.9.1 internal/helm/registry/client.go:59',
    'fluxcd/image-reflector-controller@v1.2.0 internal/registry/helper.go:34',
  ],
  *check(object, { workspace }) {
    const entry = getEntry(object.root, 'spec', 'insecure');
    const insecure = inAllBuilds(object, workspace, (root) => {
      if (asScalar(get(root, 'spec', 'insecure'))?.value !== true) return undefined;
      const url = textOr(root, ['spec', object.kind === 'ImageRepository' ? 'image' : 'url'], '');
      if (url === undefined || !isAcrHost(url)) return undefined;
      return object.kind !== 'HelmRepository' || textOr(root, ['spec', 'type'], 'default') === 'oci';
    });
    if (!entry || !insecure) return;
    const own = editable(object, 'spec', 'insecure');
    const effect =
      object.kind === 'OCIRepository' && get(object.root, 'spec', 'certSecretRef') === undefined
        ? 'switches the check of its certificate off and allows plain HTTP'
        : 'only allows plain HTTP';
    yield report(entry, `Azure Container Registry is served over TLS; insecure: true ${effect}. Remove it.`, {
      fix: own && unsafeFix('Remove insecure', removeEntry(own)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Left from a registry for tests',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  <|insecure|>: true
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
`,
    },
    {
      title: 'On an ImageRepository in China',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 10m
  image: fleetregistry.azurecr.cn/worker
  <|insecure|>: true
`,
    },
  ],
  good: [
    {
      title: 'Another registry, and false',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://registry.local:5000/manifests/apps
  insecure: true
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: tools
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/tools
  insecure: false
`,
    },
  ],
};
