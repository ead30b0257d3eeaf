import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { literalAt, OCI_REPOSITORY } from './_sources.ts';

export default defineRule({
  id: 'flux/oci-url-scheme',
  on: kinds(OCI_REPOSITORY),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'The URL of an OCIRepository does not start with `oci://`.',
  why: 'The CRD asks for the scheme `oci://` in lower case, so that the API server refuses every other URL: an `https://` one as well as the bare login server that `az acr` prints.',
  references: ['fluxcd/source-controller@v1.9.1 config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml'],
  *check(object) {
    const url = literalAt(object.root, 'spec', 'url');
    if (!url || url.text.startsWith('oci://')) return;
    const rest = url.text.replace(/^([a-z][a-z0-9+.-]*:)?\/*/i, (scheme) => (/^[^/]*:$/.test(scheme) ? scheme : ''));
    yield report(url, "spec.url in body should match '^oci://.*$': write oci:// and the repository behind it.", {
      fix: rest === '' ? undefined : unsafeFix(`Write oci://${rest}`, replaceText(url, `oci://${rest}`)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The address of the registry in a browser',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: <|"https://fleetregistry.azurecr.io/manifests/apps"|>
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: "oci://fleetregistry.azurecr.io/manifests/apps"
  provider: azure
`,
    },
    {
      title: 'The bare login server, in a JSON6902 patch',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
patches:
  - target:
      group: source.toolkit.fluxcd.io
      version: v1
      kind: OCIRepository
      name: apps
    patch: |
      - op: replace
        path: /spec/url
        value: <|fleetregistry.azurecr.io:443/manifests/apps|>
`,
      fixed: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
patches:
  - target:
      group: source.toolkit.fluxcd.io
      version: v1
      kind: OCIRepository
      name: apps
    patch: |
      - op: replace
        path: /spec/url
        value: oci://fleetregistry.azurecr.io:443/manifests/apps
`,
    },
  ],
  good: [
    {
      title: 'With oci://, with a variable, and a HelmRepository',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: tools
spec:
  interval: 10m
  url: \${REGISTRY_URL}/tools
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 10m
  url: https://charts.contoso.com
`,
    },
  ],
};
