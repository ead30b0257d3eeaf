import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import {
  editable,
  HELM_REPOSITORY,
  inAllBuilds,
  isSet,
  OCI_REPOSITORY,
  placeAt,
  providerOf,
  textOr,
} from './_sources.ts';

export default defineRule({
  id: 'flux/secret-overrides-provider',
  on: kinds(OCI_REPOSITORY, HELM_REPOSITORY),
  severity: 'warning',
  summary: 'An OCIRepository or HelmRepository with `provider: azure` has a `secretRef` too.',
  why: 'Static credentials go first: an OCIRepository asks Azure only when its Secret yields nothing for the registry, and a HelmRepository only when it has no `secretRef` at all. As long as the Secret is there workload identity is not used, and what expires with the Secret goes unnoticed until then. ImageRepository and GitRepository do it the other way round.',
  references: [
    'fluxcd/source-controller@v1.9.1 internal/controller/ocirepository_controller.go',
    'fluxcd/source-controller@v1.9.1 internal/helm/getter/client_opts.go',
    'https://github.com/fluxcd/source-controller/issues/874',
  ],
  *check(object, { workspace }) {
    const both = inAllBuilds(
      object,
      workspace,
      (root) =>
        providerOf(root) === 'azure' &&
        isSet(root, 'spec', 'secretRef') &&
        (object.kind !== 'HelmRepository' || textOr(root, ['spec', 'type'], 'default') === 'oci'),
    );
    if (!both) return;
    const secret = editable(object, 'spec', 'secretRef');
    const provider = editable(object, 'spec', 'provider');
    yield report(
      placeAt(object, 'spec', 'secretRef'),
      `The Secret wins: provider: azure is not used by ${object.kind === 'OCIRepository' ? 'an' : 'a'} ${object.kind} while secretRef is set. Remove secretRef to sign in with Azure, or provider to keep the Secret.`,
      {
        fix: [
          secret && unsafeFix('Remove secretRef, to sign in with Azure', removeEntry(secret)),
          provider && unsafeFix('Remove provider, to keep the Secret', removeEntry(provider)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both on an OCIRepository',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  <|secretRef|>:
    name: fleetregistry-token
  ref:
    tag: latest
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  ref:
    tag: latest
`,
    },
    {
      title: 'Both on a HelmRepository of a registry',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 10m
  type: oci
  url: oci://fleetregistry.azurecr.io/charts
  provider: azure
  <|secretRef|>: { name: fleetregistry-token }
`,
    },
    {
      title: 'A patch adds the provider to a source with a Secret',
      files: {
        'base/apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  <|secretRef|>:
    name: fleetregistry-token
`,
        'base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
`,
        'azure/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base
patches:
  - target:
      kind: OCIRepository
    patch: |
      - op: add
        path: /spec/provider
        value: azure
`,
      },
    },
  ],
  good: [
    {
      title: 'A Secret or the provider',
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
`,
    },
    {
      title: 'The certificate of a proxy in between',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  certSecretRef:
    name: proxy-ca
`,
    },
    {
      title: 'Two overlays, one with the provider and one with a Secret',
      files: {
        'base/apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
`,
        'base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
`,
        'azure/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base
patches:
  - target:
      kind: OCIRepository
    patch: |
      - op: add
        path: /spec/provider
        value: azure
`,
        'local/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base
patches:
  - target:
      kind: OCIRepository
    patch: |
      - op: add
        path: /spec/secretRef
        value:
          name: fleetregistry-token
`,
      },
    },
  ],
};
