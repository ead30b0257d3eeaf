import { isAcrHost, registryHostOf } from '../../azure/registries.ts';
import { addAt, setValue } from '../../yaml/edits.ts';
import { defineRule, type Examples, partOf, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import {
  editable,
  HELM_REPOSITORY,
  IMAGE_REPOSITORY,
  inAllBuilds,
  isSet,
  literalAt,
  OCI_REPOSITORY,
  providerOf,
  textOr,
} from './_sources.ts';

export default defineRule({
  id: 'flux/acr-no-credentials',
  on: kinds(OCI_REPOSITORY, HELM_REPOSITORY, IMAGE_REPOSITORY),
  severity: 'off',
  summary: 'A source of Azure Container Registry has no credentials.',
  why: 'Without a Secret, a ServiceAccount or `provider: azure` the controller pulls anonymously, which works only where anonymous pull is switched on. That the kubelet may pull from an attached registry helps the controllers only with `provider: azure`. Off by default, because a patch that the files do not show often adds the provider.',
  references: [
    'fluxcd/source-controller@v1.9.1 docs/spec/v1/ocirepositories.md',
    'https://github.com/Azure/AKS/issues/3091',
    'https://github.com/fluxcd/flux2/issues/3041',
  ],
  *check(object, { workspace }) {
    const anonymous = inAllBuilds(
      object,
      workspace,
      (root) =>
        providerOf(root) === 'generic' &&
        !isSet(root, 'spec', 'secretRef') &&
        !isSet(root, 'spec', 'serviceAccountName') &&
        (object.kind !== 'HelmRepository' || textOr(root, ['spec', 'type'], 'default') === 'oci'),
    );
    if (!anonymous || !workspace.isComplete(object)) return;
    const url = literalAt(object.root, 'spec', object.kind === 'ImageRepository' ? 'image' : 'url');
    if (!url || !isAcrHost(url.text)) return;
    const host = registryHostOf(url.text);
    const start = url.text.indexOf(host);
    const own = editable(object, 'spec', 'provider');
    yield report(
      partOf(url, start, start + host.length),
      `No credentials for ${host}: this works only with anonymous pull. Add provider: azure to sign in with the identity of the controller or node.`,
      {
        fix: unsafeFix(
          'Set provider: azure',
          own ? setValue(own, 'azure') : addAt(object.root, ['spec', 'provider'], 'azure'),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Nothing to sign in with',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://<|fleetregistry.azurecr.io|>/manifests/apps
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
  ],
  good: [
    {
      title: 'A provider, a Secret, a ServiceAccount with pull secrets',
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
  name: tools
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/tools
  secretRef:
    name: fleetregistry-token
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
  serviceAccountName: puller
`,
    },
  ],
};
