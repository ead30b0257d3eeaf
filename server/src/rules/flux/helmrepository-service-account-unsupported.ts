import { removeEntry } from '../../yaml/edits.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, HELM_REPOSITORY } from './_sources.ts';

const INSTEAD: Readonly<Record<string, string>> = {
  serviceAccountName:
    'only the identity of source-controller works here. For an identity of its own use an OCIRepository, and spec.chartRef in the HelmRelease.',
  proxySecretRef:
    'only the proxy of source-controller itself works here. For a proxy of its own use an OCIRepository, and spec.chartRef in the HelmRelease.',
};

export default defineRule({
  id: 'flux/helmrepository-service-account-unsupported',
  on: kinds(HELM_REPOSITORY),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'A HelmRepository has neither `serviceAccountName` nor `proxySecretRef`.',
  why: "No Flux version has these fields on a HelmRepository, and Flux's own server-side apply refuses the object. With `type: oci` and `provider: azure` the controller signs in with its own identity; an identity or proxy per object needs an OCIRepository that a HelmRelease names in `spec.chartRef`.",
  references: [
    'fluxcd/source-controller@v1.9.1 api/v1/helmrepository_types.go',
    'fluxcd/source-controller@v1.9.1 internal/helm/getter/client_opts.go',
    'https://github.com/fluxcd/source-controller/pull/1790',
  ],
  *check(object) {
    for (const [field, instead] of Object.entries(INSTEAD)) {
      const entry = getEntry(object.root, 'spec', field);
      if (!entry) continue;
      const own = editable(object, 'spec', field);
      yield report(entry, `HelmRepository has no spec.${field}: ${instead}`, {
        fix: own && unsafeFix(`Remove ${field}`, removeEntry(own)),
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An identity of its own',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: team-a
spec:
  interval: 1h
  type: oci
  provider: azure
  url: oci://fleetregistry.azurecr.io/charts
  <|serviceAccountName|>: charts-reader # federated with Entra ID
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: team-a
spec:
  interval: 1h
  type: oci
  provider: azure
  url: oci://fleetregistry.azurecr.io/charts
`,
    },
    {
      title: 'A proxy, in a patch',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - charts.yaml
patches:
  - target:
      kind: HelmRepository
    patch: |
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata:
        name: all
      spec:
        <|proxySecretRef|>:
          name: proxy
`,
    },
  ],
  good: [
    {
      title: 'The identity of the controller, and an OCIRepository with one of its own',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  type: oci
  provider: azure
  url: oci://fleetregistry.azurecr.io/charts
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo-chart
spec:
  interval: 1h
  provider: azure
  url: oci://fleetregistry.azurecr.io/charts/podinfo
  serviceAccountName: charts-reader
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
`,
    },
  ],
};
