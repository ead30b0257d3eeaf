import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast, type Workspace } from '../../model/context.ts';
import { annotation, readObject } from '../../model/object.ts';
import { dirname } from '../../text/uri.ts';
import { addAt, addItems, type Data } from '../../yaml/edits.ts';
import { asMap, asSeq, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, type FixPlan, report, unsafeFix } from '../define.ts';
import { controllerDeployments, installOf } from '../flux-install.ts';
import { GATE, isGateOn } from './_gates.ts';
import { identities, type UsedIdentity } from './_identities.ts';

export default defineRule({
  id: 'flux/feature-gate-missing',
  on: identities,
  severity: 'warning',
  summary: 'An object has a ServiceAccount for Azure, but the controller does not look at it.',
  why: 'Identities of single objects are behind the feature gate `ObjectLevelWorkloadIdentity`, which is off by default in every version from Flux 2.6 to 2.9. A controller without it stops at the object: `to use spec.serviceAccountName for provider authentication please enable the ObjectLevelWorkloadIdentity feature gate in the controller`.',
  references: [
    'fluxcd/pkg@e2cfd1a2 auth/feature_gates.go',
    'fluxcd/source-controller@v1.9.1 internal/controller/ocirepository_controller.go',
    'fluxcd/kustomize-controller@v1.9.4 internal/controller',
  ],
  versions: 'Flux 2.6 and later',
  *check(identity, { workspace, flux }) {
    const { object, account, field, since, controllers } = identity;
    if (!atLeast(flux, since) || isTemplate(account.text) || isForPullSecrets(identity, workspace)) return;
    const off = controllers.filter(
      (name) =>
        (name !== 'helm-controller' || atLeast(flux, '2.7')) &&
        installOf(name, workspace) === 'visible' &&
        !isGateOn(name, workspace),
    );
    const [controller] = off;
    if (controller === undefined || !isDeployed(object.document.uri, off, workspace)) return;
    yield report(
      account,
      `${field} needs the feature gate ObjectLevelWorkloadIdentity in ${off.join(' and ')}, and nothing in this workspace enables it. Add --feature-gates=ObjectLevelWorkloadIdentity=true to the arguments of the controller.`,
      { fix: fixes(off, workspace) },
    );
  },
});

/**
 * True where the files show that an install deploys the object: by its sync, a FluxInstance or the Kustomization beside
 * the controllers, and the Kustomizations that this one deploys. An install elsewhere in them may be for other things.
 */
function isDeployed(uri: string, controllers: readonly string[], workspace: Workspace, depth = 0): boolean {
  const folders = new Set(
    controllers.flatMap((name) => controllerDeployments(name, workspace)).map((d) => dirname(d.document.uri)),
  );
  const synced = workspace.objects('fluxcd.controlplane.io', 'FluxInstance').some(({ root }) => {
    const path = textAt(root, 'spec', 'sync', 'path')?.replace(/^\.?\/+|\/+$/g, '');
    return path !== undefined && path !== '' && uri.includes(`/${path}/`);
  });
  return (
    synced ||
    workspace
      .fluxKustomizationsOf(uri)
      .some(
        ({ document }) =>
          folders.has(dirname(document.uri)) ||
          (depth < 5 && document.uri !== uri && isDeployed(document.uri, controllers, workspace, depth + 1)),
      )
  );
}

/** The ServiceAccount of an image source may be there for its pull secrets, which go before the provider. */
function isForPullSecrets({ object, account, pullSecrets }: UsedIdentity, workspace: Workspace): boolean {
  if (!pullSecrets) return false;
  const found = workspace.find('', 'ServiceAccount', account.text, object);
  return (
    found.state === 'found' &&
    found.values.every(
      (a) =>
        get(a.root, 'imagePullSecrets') !== undefined &&
        !annotation(workspace.patched(a), 'azure.workload.identity/client-id'),
    )
  );
}

/** In the FluxInstance, or in the kustomization.yaml that patches the controllers. */
function fixes(controllers: readonly string[], workspace: Workspace): FixPlan[] {
  const [instance, ...others] = workspace.objects('fluxcd.controlplane.io', 'FluxInstance');
  if (instance && others.length === 0) {
    const edit = addAt(instance.root, ['spec', 'cluster', 'objectLevelWorkloadIdentity'], true);
    const fix = edit && unsafeFix('Enable the feature gate in the FluxInstance', edit);
    return fix ? [fix] : [];
  }
  const deployments = controllers.flatMap((name) => controllerDeployments(name, workspace));
  const files = new Set(deployments.flatMap((d) => workspace.overlaysOf(d.document.uri)));
  const [file] = files;
  const root = file && asMap(file.tree.root);
  // With several clusters nobody can tell which one is meant.
  if (!root || files.size !== 1 || !readObject(file, root, { type: KUSTOMIZATION })) return [];
  const patches: Data[] = [
    {
      target: {
        kind: 'Deployment',
        name: controllers.length === 1 ? (controllers[0] as string) : `(${controllers.join('|')})`,
      },
      patch: `- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: --feature-gates=${GATE}=true\n`,
    },
  ];
  const list = asSeq(get(root, 'patches'));
  const edit = list ? addItems(list, patches) : addAt(root, ['patches'], patches);
  const fix = edit && unsafeFix(`Enable the feature gate in ${file.uri.split('/').slice(-2).join('/')}`, edit);
  return fix ? [fix] : [];
}

const KUSTOMIZATION = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  group: 'kustomize.config.k8s.io',
  version: 'v1beta1',
  kind: 'Kustomization',
};

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: <|apps-reader|>
`;
const CONTROLLER = `apiVersion: apps/v1
kind: Deployment
metadata: { name: source-controller, namespace: flux-system }
spec:
  template:
    spec:
      containers:
        - name: manager
          image: ghcr.io/fluxcd/source-controller:v1.9.4
          args: [--log-level=info]
`;
const SYNC = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const GOOD = SOURCE.replace('<|', '').replace('|>', '');

export const examples: Examples = {
  bad: [
    {
      title: 'The controllers are here, without the gate',
      files: {
        'apps/source.yaml': SOURCE,
        'flux-system/gotk-sync.yaml': SYNC,
        'flux-system/gotk-components.yaml': CONTROLLER,
        'flux-system/kustomization.yaml': `resources:
  - gotk-components.yaml
patches:
  - patch: |
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: source-controller, namespace: flux-system }
`,
      },
      fixed: {
        'flux-system/kustomization.yaml': `resources:
  - gotk-components.yaml
patches:
  - patch: |
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: source-controller, namespace: flux-system }
  - target:
      kind: Deployment
      name: source-controller
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --feature-gates=ObjectLevelWorkloadIdentity=true
`,
      },
    },
    {
      title: 'A FluxInstance that does not enable it, and a remote cluster',
      files: {
        'clusters/west/aks.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: aks-west, namespace: flux-system }
data:
  provider: azure
  cluster: \${CLUSTER_ID}
  serviceAccountName: <|deployer|>
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: apps }
  kubeConfig: { configMapRef: { name: aks-west } }
`,
        'flux.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: OCIRepository, url: oci://fleetregistry.azurecr.io/fleet, ref: latest, path: ./clusters/west }
  cluster:
    type: azure
`,
      },
      fixed: {
        'flux.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: OCIRepository, url: oci://fleetregistry.azurecr.io/fleet, ref: latest, path: ./clusters/west }
  cluster:
    type: azure
    objectLevelWorkloadIdentity: true
`,
      },
      message: 'in kustomize-controller',
    },
  ],
  good: [
    {
      title: 'A patch enables it for several controllers',
      files: {
        'apps/source.yaml': GOOD,
        'flux-system/gotk-sync.yaml': SYNC,
        'flux-system/gotk-components.yaml': CONTROLLER,
        'flux-system/kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: (source|kustomize)-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --feature-gates=OOMWatch=true,ObjectLevelWorkloadIdentity=true
`,
      },
    },
    {
      title: 'Flux is installed by something else',
      files: { 'apps/source.yaml': GOOD, 'flux-system/gotk-sync.yaml': SYNC },
    },
    {
      title: 'Nothing here deploys the object',
      files: {
        'examples/source.yaml': GOOD,
        'examples/flux.yaml': SYNC.replace('./apps', './examples'),
        'flux-system/gotk-components.yaml': CONTROLLER,
        'flux-system/gotk-sync.yaml': SYNC,
      },
    },
    {
      title: 'Flux is installed by a chart',
      files: {
        'apps/source.yaml': GOOD,
        'flux-system/gotk-sync.yaml': SYNC,
        'flux.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: flux-instance }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: flux-instance }
`,
        'flux-system/gotk-components.yaml': CONTROLLER,
      },
    },
    {
      title: 'The ServiceAccount is there for its pull secrets',
      files: {
        'flux-system/gotk-sync.yaml': SYNC,
        'apps/source.yaml': `${GOOD}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: apps-reader, namespace: flux-system }
imagePullSecrets: [{ name: registry }]
`,
        'flux-system/gotk-components.yaml': CONTROLLER,
      },
    },
  ],
};
