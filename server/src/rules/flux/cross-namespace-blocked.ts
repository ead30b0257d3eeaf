import { isTemplate } from '../../azure/text-kinds.ts';
import { referencesOf } from '../../facts/references.ts';
import type { Workspace } from '../../model/context.ts';
import { fullMatch } from '../../model/kustomize/selector.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { byText } from '../../model/object-index.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { asScalar, entryOf, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { argumentsOf, switchesOn } from './_references.ts';
import { IMAGE_AUTOMATION, IMAGE_POLICY } from './_sources.ts';

/** Who reads the reference, by kind. source-controller has no such flag. */
const READERS: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize-controller',
  HelmRelease: 'helm-controller',
  ImagePolicy: 'image-reflector-controller',
  ImageUpdateAutomation: 'image-automation-controller',
  Alert: 'notification-controller',
  Receiver: 'notification-controller',
  ArtifactGenerator: 'source-watcher',
};

const FLAG = 'no-cross-namespace-refs';

const blocks = (deployment: KubernetesObject): boolean =>
  podTemplateOf(deployment)?.containers.some((c) => argumentsOf(c.node).some((a) => switchesOn(a, FLAG))) ?? false;

/** Whether every install of a controller that the files show has the lock. */
function isLocked(controller: string, workspace: Workspace): boolean {
  const isFor = (patch: KubernetesObject): boolean =>
    patch.target?.name === undefined
      ? patch.name === controller || (patch.target !== undefined && patch.name === undefined)
      : fullMatch(patch.target.name, controller) === true;
  const patches = workspace.patches('apps', 'Deployment').filter((p) => blocks(p) && isFor(p));
  const installs = workspace.having('apps', 'Deployment', byText('metadata', 'name'), controller);
  const instances = workspace.objects('fluxcd.controlplane.io', 'FluxInstance');
  if (installs.length + instances.length === 0) return patches.length > 0;
  return (
    installs.every((d) => workspace.variants(d).every(blocks)) &&
    instances.every(
      (i) =>
        asScalar(get(i.root, 'spec', 'cluster', 'multitenant'))?.value === true ||
        patches.some((p) => p.document === i.document),
    )
  );
}

export default defineRule({
  id: 'flux/cross-namespace-blocked',
  on: kinds(
    'kustomize.toolkit.fluxcd.io/Kustomization',
    'helm.toolkit.fluxcd.io/HelmRelease',
    IMAGE_POLICY,
    IMAGE_AUTOMATION,
    'notification.toolkit.fluxcd.io/Alert',
    'notification.toolkit.fluxcd.io/Receiver',
    'source.extensions.fluxcd.io/ArtifactGenerator',
  ),
  severity: 'error',
  summary: 'A reference to another namespace, which the controllers of this workspace do not allow.',
  why: 'A cluster of several tenants runs the controllers with `--no-cross-namespace-refs`, by a patch of the bootstrap or by `multitenant` of a FluxInstance. A source, policy or event source of another namespace is then refused with `AccessDenied`; `dependsOn` is not looked at.',
  references: [
    'fluxcd/kustomize-controller@v1.9.4 internal/controller/kustomization_controller.go getSource',
    'fluxcd/helm-controller@v1.6.3 internal/acl',
    'fluxcd/website@6da0f383 content/en/flux/installation/configuration/multitenancy.md',
  ],
  *check(object, { workspace }) {
    const controller = READERS[object.kind];
    if (controller === undefined) return;
    let locked: boolean | undefined;
    for (const { path, kind, name, namespaceNode } of referencesOf(object)) {
      if (!namespaceNode || path.startsWith('spec.dependsOn')) continue;
      if (typeof namespaceNode.value !== 'string' || namespaceNode.text === '' || isTemplate(namespaceNode.text))
        continue;
      const own = workspace.namespacesOf(object);
      if (!own.known || own.names.has(namespaceNode.text)) continue;
      locked ??= isLocked(controller, workspace);
      if (!locked) return;
      yield report(
        entryOf(namespaceNode) ?? namespaceNode,
        `can't access '${kind}/${namespaceNode.text}/${name}', cross-namespace references have been blocked by --${FLAG} of ${controller}. Refer to one in the namespace of the ${object.kind} itself.`,
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A patch of the bootstrap locks two controllers',
      files: {
        'apps/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
    <|namespace|>: flux-system
  dependsOn:
    - name: base
      namespace: flux-system
`,
        'flux-system/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - gotk-components.yaml
patches:
  - target:
      kind: Deployment
      name: "(kustomize-controller|helm-controller)"
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --no-cross-namespace-refs=true
`,
      },
      message: "can't access 'GitRepository/flux-system/fleet', cross-namespace references have been blocked",
    },
    {
      title: 'A FluxInstance for several tenants',
      files: {
        'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: podinfo
    <|namespace|>: flux-system
`,
        'flux.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  distribution:
    version: 2.x
    registry: ghcr.io/fluxcd
  cluster:
    multitenant: true
`,
      },
    },
  ],
  good: [
    {
      title: 'The lock of another controller, and of one cluster of two',
      files: {
        'apps/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
    namespace: flux-system
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: podinfo
    namespace: apps
`,
        'flux-system/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - gotk-components.yaml
patches:
  - target:
      kind: Deployment
      name: helm-controller
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --no-cross-namespace-refs=true
`,
      },
    },
  ],
};
