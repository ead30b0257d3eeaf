import { atLeast } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isWhole, specsOf } from './_fields.ts';
import { editable, isSet, placeAt } from './_sources.ts';

const REFERENCES = ['configMapRef', 'secretRef'];

export default defineRule({
  id: 'flux/kubeconfig-ref-not-exactly-one',
  on: kinds('kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'),
  severity: 'error',
  summary: '`kubeConfig` has both references to a cluster, or none.',
  why: 'The remote cluster is described either by a ConfigMap (`configMapRef`: no credentials are stored, and Flux signs in to AKS with workload identity) or by a kubeconfig in a Secret (`secretRef`). The API server refuses an object with both or neither.',
  references: ['fluxcd/pkg@e2cfd1a2 apis/meta/reference_types.go KubeConfigReference'],
  versions: 'Flux 2.7 and later; before there is secretRef alone',
  *check(object, { workspace, flux }) {
    const specs = specsOf(object, workspace);
    const maps = specs.flatMap((spec) => asMap(get(spec, 'kubeConfig')) ?? []);
    if (maps.length < specs.length || !isWhole(object, maps, workspace)) return;
    const references = (map: MapNode) => REFERENCES.filter((field) => isSet(map, field)).length;
    const none = maps.every((map) => references(map) === 0);
    // Before 2.7 configMapRef is an unknown field, which is another rule's.
    if (!none && !(atLeast(flux, '2.7') && maps.every((map) => references(map) === 2))) return;
    const place = placeAt(object, 'spec', 'kubeConfig');
    if (none) {
      const advice = atLeast(flux, '2.7')
        ? 'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified. Name the ConfigMap of the cluster, or the Secret with its kubeconfig.'
        : 'spec.kubeConfig.secretRef: Required value. Name the Secret with the kubeconfig.';
      yield report(place, advice);
      return;
    }
    const secret = editable(object, 'spec', 'kubeConfig', 'secretRef');
    const configMap = editable(object, 'spec', 'kubeConfig', 'configMapRef');
    yield report(
      place,
      'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified. Keep configMapRef to sign in to AKS with workload identity, or secretRef to use a stored kubeconfig.',
      {
        fix: [
          secret && unsafeFix('Remove secretRef, to sign in with workload identity', removeEntry(secret)),
          configMap && unsafeFix('Remove configMapRef, to use the stored kubeconfig', removeEntry(configMap)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A ConfigMap and a Secret',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: OCIRepository, name: fleet }
  <|kubeConfig|>:
    configMapRef:
      name: aks-west # the cluster in Amsterdam
    secretRef:
      name: aks-west-kubeconfig
`,
      fixed: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    configMapRef:
      name: aks-west # the cluster in Amsterdam
`,
    },
    {
      title: 'Neither, in a HelmRelease',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: shop }
  <|kubeConfig|>: {}
`,
      message: 'exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified',
    },
    {
      title: 'An overlay adds the second one',
      files: {
        'base/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: shop }
  <|kubeConfig|>:
    secretRef:
      name: aks-west-kubeconfig
`,
        'base/kustomization.yaml': 'resources: [release.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata:
        name: shop
      spec:
        kubeConfig:
          configMapRef:
            name: aks-west
`,
      },
    },
  ],
  good: [
    {
      title: 'One of the two, and a patch that replaces one by the other',
      files: {
        'base/kustomizations.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    secretRef:
      name: aks-west-kubeconfig
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infra
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    \${CLUSTER_REF}:
      name: aks-west
`,
        'base/kustomization.yaml': 'resources: [kustomizations.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: shop
      spec:
        kubeConfig:
          secretRef: null
          configMapRef:
            name: aks-west
`,
      },
    },
    {
      title: 'Both, for a Flux that does not know configMapRef yet',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    configMapRef: { name: aks-west }
    secretRef: { name: aks-west-kubeconfig }
`,
      settings: { fluxVersion: '2.6' },
    },
  ],
};
