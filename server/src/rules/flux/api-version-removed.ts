import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { moveTo, versioned } from './_versions.ts';

export default defineRule({
  id: 'flux/api-version-removed',
  on: versioned,
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'An apiVersion that this Flux version no longer serves.',
  why: 'Flux 2.7, 2.8 and 2.9 removed the beta versions of its kinds step by step; the CRDs of 2.9 hold one version each. The API server does not know the object any more, and neither do `flux migrate` and the controllers once they are upgraded.',
  references: [
    'CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4',
    'fluxcd/website@6da0f383 content/en/blog, the posts on Flux 2.7, 2.8 and 2.9',
  ],
  versions: 'Flux 2.7 and later; a warning where no file or setting says which Flux runs',
  *check(subject, { flux }) {
    const { object, node, served, newest } = subject;
    if (served.removedIn === undefined || !atLeast(flux, served.removedIn)) return;
    yield report(
      node,
      `${object.apiVersion} was removed in Flux ${served.removedIn}: no matches for kind "${object.kind}" in version "${object.apiVersion}". Use ${newest ?? 'a newer version'}${
        flux.known ? '' : ', or say in fluxVersion which Flux runs'
      }.`,
      {
        severity: flux.known ? undefined : 'warning',
        fix: newest === undefined ? undefined : moveTo(newest, subject, flux),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In Flux 2.8',
      yaml: `apiVersion: <|source.toolkit.fluxcd.io/v1beta2|>
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
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
      settings: { fluxVersion: '2.8' },
      severity: 'error',
      message: 'no matches for kind "OCIRepository" in version "source.toolkit.fluxcd.io/v1beta2"',
    },
    {
      title: 'In a Flux that nobody names',
      yaml: `apiVersion: <|"image.toolkit.fluxcd.io/v1beta2"|>
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
`,
      fixed: `apiVersion: "image.toolkit.fluxcd.io/v1"
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'In Flux 2.7, which still serves it',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1beta2
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
`,
      settings: { fluxVersion: '2.7' },
    },
    {
      title: 'Beta versions that are the newest; a kind of somebody else',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: chat
spec:
  type: slack
---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: apps
spec:
  sources:
    - alias: apps
      kind: OCIRepository
      name: apps
  artifacts:
    - name: apps
      copy:
        - from: "@apps/**"
          to: "@artifact/"
---
apiVersion: example.com/v1beta1
kind: GitRepository
metadata:
  name: other
`,
    },
  ],
};
