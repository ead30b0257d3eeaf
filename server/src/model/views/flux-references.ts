import { asScalar, get, getEntry, items, text, textAt } from '../../yaml/navigate.ts';
import type { Entry, Node, ScalarNode } from '../../yaml/tree.ts';
import type { Workspace } from '../context.ts';
import type { KubernetesObject } from '../object.ts';

/**
 * The names by which Flux objects refer to others. Names without a namespace field are of the object's own namespace: no
 * `LocalObjectReference` has one (fluxcd/pkg@e2cfd1a2 apis/meta/reference_types.go).
 */
export interface FluxReference {
  readonly object: KubernetesObject;
  /** The field that holds the name or the map with the name: `spec.secretRef`. */
  readonly field: string;
  readonly name: ScalarNode;
  readonly group: string;
  readonly kind: string;
  /** The namespace that is written beside the name. */
  readonly namespace: Entry | undefined;
  /** True where the kind of reference may have a namespace of its own. */
  readonly crossNamespace: boolean;
  /** True where the object works without what is referred to (`optional: true`). */
  readonly optional: boolean;
}

const SOURCE = 'source.toolkit.fluxcd.io';
const IMAGE = 'image.toolkit.fluxcd.io';
const NOTIFICATION = 'notification.toolkit.fluxcd.io';

/** The groups of the kinds that `kind` fields of references name. */
const GROUPS: Readonly<Record<string, string>> = {
  GitRepository: SOURCE,
  OCIRepository: SOURCE,
  HelmRepository: SOURCE,
  HelmChart: SOURCE,
  Bucket: SOURCE,
  ExternalArtifact: SOURCE,
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  ImageRepository: IMAGE,
  ImagePolicy: IMAGE,
  ImageUpdateAutomation: IMAGE,
  Receiver: NOTIFICATION,
  Provider: NOTIFICATION,
  Secret: '',
  ConfigMap: '',
  ServiceAccount: '',
};

/** One place of a name. `kind` is fixed, or read from the map beside the name, with `fallback` where it is not written. */
interface Place {
  readonly path: readonly string[];
  /** True for a list of maps with a name each. */
  readonly list?: boolean;
  readonly kind?: string;
  readonly fallback?: string;
  readonly crossNamespace?: boolean;
}

const secret = (...path: string[]): Place => ({ path, kind: 'Secret' });
const account = (...path: string[]): Place => ({ path, kind: 'ServiceAccount' });

const PLACES: Readonly<Record<string, readonly Place[]>> = {
  [`${SOURCE}/GitRepository`]: [
    secret('spec', 'secretRef'),
    secret('spec', 'proxySecretRef'),
    secret('spec', 'verify', 'secretRef'),
    account('spec', 'serviceAccountName'),
  ],
  [`${SOURCE}/OCIRepository`]: [
    secret('spec', 'secretRef'),
    secret('spec', 'certSecretRef'),
    secret('spec', 'proxySecretRef'),
    secret('spec', 'verify', 'secretRef'),
    secret('spec', 'verify', 'trustedRootSecretRef'),
    account('spec', 'serviceAccountName'),
  ],
  [`${SOURCE}/HelmRepository`]: [secret('spec', 'secretRef'), secret('spec', 'certSecretRef')],
  [`${SOURCE}/HelmChart`]: [{ path: ['spec', 'sourceRef'] }, secret('spec', 'verify', 'secretRef')],
  [`${SOURCE}/Bucket`]: [
    secret('spec', 'secretRef'),
    secret('spec', 'certSecretRef'),
    secret('spec', 'proxySecretRef'),
    secret('spec', 'sts', 'secretRef'),
    secret('spec', 'sts', 'certSecretRef'),
    account('spec', 'serviceAccountName'),
  ],
  [`${IMAGE}/ImageRepository`]: [
    secret('spec', 'secretRef'),
    secret('spec', 'certSecretRef'),
    secret('spec', 'proxySecretRef'),
    account('spec', 'serviceAccountName'),
  ],
  [`${IMAGE}/ImagePolicy`]: [{ path: ['spec', 'imageRepositoryRef'], kind: 'ImageRepository', crossNamespace: true }],
  [`${IMAGE}/ImageUpdateAutomation`]: [
    { path: ['spec', 'sourceRef'], fallback: 'GitRepository', crossNamespace: true },
    secret('spec', 'git', 'commit', 'signingKey', 'secretRef'),
  ],
  [`${GROUPS['Kustomization']}/Kustomization`]: [
    { path: ['spec', 'sourceRef'], crossNamespace: true },
    secret('spec', 'decryption', 'secretRef'),
    account('spec', 'decryption', 'serviceAccountName'),
    secret('spec', 'kubeConfig', 'secretRef'),
    { path: ['spec', 'kubeConfig', 'configMapRef'], kind: 'ConfigMap' },
    { path: ['spec', 'postBuild', 'substituteFrom'], list: true },
    { path: ['spec', 'dependsOn'], list: true, kind: 'Kustomization', crossNamespace: true },
  ],
  [`${GROUPS['HelmRelease']}/HelmRelease`]: [
    { path: ['spec', 'chart', 'spec', 'sourceRef'], crossNamespace: true },
    secret('spec', 'chart', 'spec', 'verify', 'secretRef'),
    { path: ['spec', 'chartRef'], crossNamespace: true },
    secret('spec', 'kubeConfig', 'secretRef'),
    { path: ['spec', 'kubeConfig', 'configMapRef'], kind: 'ConfigMap' },
    { path: ['spec', 'valuesFrom'], list: true },
    { path: ['spec', 'dependsOn'], list: true, kind: 'HelmRelease', crossNamespace: true },
  ],
  [`${NOTIFICATION}/Provider`]: [
    secret('spec', 'secretRef'),
    secret('spec', 'certSecretRef'),
    secret('spec', 'proxySecretRef'),
    account('spec', 'serviceAccountName'),
  ],
  [`${NOTIFICATION}/Alert`]: [
    { path: ['spec', 'providerRef'], kind: 'Provider' },
    { path: ['spec', 'eventSources'], list: true, crossNamespace: true },
  ],
  [`${NOTIFICATION}/Receiver`]: [
    secret('spec', 'secretRef'),
    { path: ['spec', 'resources'], list: true, crossNamespace: true },
  ],
  'source.extensions.fluxcd.io/ArtifactGenerator': [{ path: ['spec', 'sources'], list: true, crossNamespace: true }],
};

/** The kinds that fluxReferencesOf knows. */
export const REFERRING_KINDS: readonly string[] = Object.keys(PLACES);

/** The references of a Flux object, in the order of its kind's fields; none for other kinds. */
export function* fluxReferencesOf(object: KubernetesObject): Iterable<FluxReference> {
  for (const place of PLACES[`${object.group}/${object.kind}`] ?? []) {
    const node = get(object.root, ...place.path);
    if (!node) continue;
    for (const item of place.list ? items(node) : [node]) {
      const reference = referenceAt(object, place, item);
      if (reference) yield reference;
    }
  }
}

function referenceAt(object: KubernetesObject, place: Place, node: Node): FluxReference | undefined {
  const map = node.kind === 'map' ? node : undefined;
  const name = asScalar(map ? get(map, 'name') : node);
  const kind = place.kind ?? text(get(map, 'kind')) ?? place.fallback;
  const group = kind === undefined ? undefined : GROUPS[kind];
  if (!name || typeof name.value !== 'string' || name.text === '' || kind === undefined || group === undefined)
    return undefined;
  return {
    object,
    field: place.path.join('.'),
    name,
    group,
    kind,
    namespace: place.crossNamespace ? getEntry(map, 'namespace') : undefined,
    crossNamespace: place.crossNamespace ?? false,
    optional: asScalar(get(map, 'optional'))?.value === true,
  };
}

/**
 * The complete objects of these kinds (`group/Kind`) that name an object at a path, which ends in the name, in what may be
 * the same namespace. Where a namespace is unknown the name decides alone, if only one object has it.
 */
export function referrersOf(
  target: KubernetesObject,
  kinds: readonly string[],
  path: readonly string[],
  workspace: Workspace,
): KubernetesObject[] {
  const { name } = target;
  if (name === undefined) return [];
  const found: KubernetesObject[] = [];
  for (const type of kinds) {
    const slash = type.lastIndexOf('/');
    for (const object of workspace.objects(type.slice(0, slash), type.slice(slash + 1))) {
      if (textAt(object.root, ...path) !== name) continue;
      const own = workspace.namespacesOf(target);
      const theirs = workspace.namespacesOf(object);
      const same =
        own.known && theirs.known
          ? [...own.names].some((n) => theirs.names.has(n))
          : workspace.objects(target.group, target.kind).filter((o) => o.name === name).length === 1;
      if (same) found.push(object);
    }
  }
  return found;
}
