import type { Entry, MapNode } from '../yaml/tree.ts';
import type { KubernetesObject, PatchTarget } from './object.ts';
import type { ObjectIndex } from './object-index.ts';
import type { SourceDocument, SourceFile } from './source-file.ts';
import type { Unit } from './unit.ts';

/** What is known of a name: an object, that there is none, or that nobody can tell from the files. */
export type Lookup<T> =
  | { readonly state: 'found'; readonly values: readonly T[] }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' };

/** The names something may have once it is built; `undefined` names are unknown and match every other. */
export type Possible = { readonly known: true; readonly names: ReadonlySet<string> } | { readonly known: false };

/** True where two things may be in one namespace: an unknown one may be any. */
export const mayMeet = (a: Possible, b: Possible): boolean =>
  !a.known || !b.known || [...a.names].some((name) => b.names.has(name));

/** A version of a product: the minor (`2.6`), and whether somebody or some file says so or it is the newest by default. */
export interface Version {
  readonly minor: string;
  /** The patch (`2.8.5`) where it is known; a version given as a minor means its newest patch. */
  readonly full?: string | undefined;
  readonly known: boolean;
  /** Where it was found, in words. */
  readonly why: string;
}

export interface Settings {
  readonly fluxVersion?: string | undefined;
  readonly argocdVersion?: string | undefined;
  readonly sopsVersion?: string | undefined;
  readonly kubernetesVersion?: string | undefined;
  readonly azureMode?: 'auto' | 'on' | 'off' | undefined;
  readonly keyVaultSuffixes?: readonly string[] | undefined;
  readonly argocdExtraCommands?: readonly string[] | undefined;
  readonly rules?: Readonly<Record<string, 'off' | 'hint' | 'info' | 'warning' | 'error'>> | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** False where the user does not trust the workspace: then its files do not say how kinds are structured. */
  readonly trusted?: boolean | undefined;
}

/** What a rule can ask about the other files. What it asked is remembered: its findings are renewed when the answer changes. */
export interface Workspace {
  /** Every complete object of a kind; patches are not among them. `''` is the core group. */
  objects(group: string, kind: string): readonly KubernetesObject[];
  /**
   * The complete objects of a kind that an index has under a key. Prefer it to a walk over all objects of a kind: it
   * costs the same in a large workspace, and what is found depends only on the objects it gives.
   */
  having(group: string, kind: string, index: ObjectIndex, key: string): readonly KubernetesObject[];
  /** The complete objects of a kind that end up, or may end up, in one of these namespaces. */
  within(group: string, kind: string, namespaces: Possible): readonly KubernetesObject[];
  /** Every partial object of a kind: what patches, inline or in files, say. */
  patches(group: string, kind: string): readonly KubernetesObject[];
  /**
   * The objects with this name in one of the namespaces of `near` (the object that refers to it), or in `namespace`.
   * `unknown` where a name or namespace is a template or may be rewritten. Absence is no proof that there is none.
   */
  find(
    group: string,
    kind: string,
    name: string,
    near: KubernetesObject | { readonly namespace: string },
  ): Lookup<KubernetesObject>;
  /** Where an object may end up. */
  namespacesOf(object: KubernetesObject): Possible;
  /** What an object may be called once built: kustomize adds prefixes, suffixes and hashes. */
  namesOf(object: KubernetesObject): Possible;
  /** The object with the patches of visible overlays applied; positions stay. The object itself where there are none. */
  patched(object: KubernetesObject): KubernetesObject;
  /**
   * The object as each of its builds makes it: for what is wrong only where two fields come together, which `patched` may
   * take from two overlays. Something is wrong where it is wrong in all of them.
   */
  variants(object: KubernetesObject): readonly KubernetesObject[];
  /**
   * True where every way of the object into a cluster is understood: no transformer, remote patch or missing file may
   * change it unseen. Ask before saying that something is missing.
   */
  isComplete(object: KubernetesObject): boolean;
  /** The labels and annotations that overlays and Flux put on an object, in one build at least. */
  addedTo(object: KubernetesObject): readonly AddedMetadata[];
  /** The patches of visible overlays that select an object. */
  patchesFor(object: KubernetesObject): readonly KubernetesObject[];
  /** The Secrets or ConfigMaps that generators of kustomizations make. */
  generated(kind: 'Secret' | 'ConfigMap'): readonly GeneratedObject[];
  /** The Flux Kustomizations that build a file. */
  fluxKustomizationsOf(uri: string): readonly KubernetesObject[];
  /** The kustomization files that include a file, directly or through others. */
  overlaysOf(uri: string): readonly SourceDocument[];
  /** The complete objects that a patch with this target, or of this own name, is for; `unknown` where none is visible. */
  selectedBy(patch: KubernetesObject): Lookup<KubernetesObject>;
  /** The units of all documents of a language: `.sops.yaml` files, encrypted files … */
  units(language: Unit['language']): readonly Unit[];
  /** The files whose path matches; a URI is looked at as a whole. */
  files(matches: (uri: string) => boolean, key: string): readonly SourceFile[];
  file(uri: string): SourceFile | undefined;
}

/** A label or annotation that a kustomization or Flux puts on an object. */
export interface AddedMetadata {
  readonly kind: 'label' | 'annotation';
  readonly entry: Entry;
  /** True where pod templates get it as well. */
  readonly inTemplate: boolean;
}

/** An object that a generator of a kustomization makes. */
export interface GeneratedObject {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly namespaces: Possible;
  /** The keys of its data, with the literal's text or the file behind each where it is known. */
  readonly keys: readonly { readonly key: string; readonly text?: string; readonly uri?: string }[];
  readonly document: SourceDocument;
  readonly type?: string;
  /** The names it is built under, with prefixes and suffixes, without the hash that `hashed` tells of. */
  readonly names: Possible;
  /** True where a hash of the content is appended to the name; `undefined` where that is unknown. */
  readonly hashed: boolean | undefined;
  /** The item of the generator list. */
  readonly node: MapNode;
  /** True where `envs` files add keys that are not listed. */
  readonly open: boolean;
}

/** What a rule is given besides its subject. */
export interface RuleContext {
  readonly unit: Unit;
  /** The object the unit is, or is inside of. */
  readonly object: KubernetesObject | undefined;
  readonly workspace: Workspace;
  readonly settings: Settings;
  readonly flux: Version;
  readonly argocd: Version;
  readonly sops: Version;
  readonly kubernetes: Version;
}

/** `a` before `b`: negative. Missing parts count as the newest: `2.8` is after `2.8.5`. */
export function compareVersions(a: string, b: string): number {
  const x = a
    .replace(/^v/, '')
    .split('.')
    .map((p) => Number.parseInt(p, 10));
  const y = b
    .replace(/^v/, '')
    .split('.')
    .map((p) => Number.parseInt(p, 10));
  for (let i = 0; i < 3; i++) {
    const left = x[i] ?? Number.POSITIVE_INFINITY;
    const right = y[i] ?? Number.POSITIVE_INFINITY;
    if (left !== right && !(Number.isNaN(left) || Number.isNaN(right))) return left < right ? -1 : 1;
  }
  return 0;
}

/** True where the version is known to be older than `version`, a minor (`2.14`) or a patch (`3.0.7`). */
export const isBefore = ({ known, minor, full }: Version, version: string): boolean =>
  known &&
  (version.split('.').length > 2 ? compareVersions(full ?? minor, version) : compareVersions(minor, version)) < 0;

/** True for versions from `minor` on, in whole minors. */
export const atLeast = (version: Version, minor: string): boolean => compareVersions(version.minor, minor) >= 0;

export type { PatchTarget };
