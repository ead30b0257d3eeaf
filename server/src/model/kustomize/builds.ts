import { isTemplate } from '../../azure/text-kinds.ts';
import { get, getEntry, text } from '../../yaml/navigate.ts';
import type { Entry, Node } from '../../yaml/tree.ts';
import type { AddedMetadata } from '../context.ts';
import { type KubernetesObject, type ObjectType, readObject } from '../object.ts';
import type { Chain, Chains, Step } from './chains.ts';
import type { FluxKustomization } from './flux-kustomization.ts';
import { objectOfJson6902, operationsOf } from './json6902.ts';
import { type Documents, loadPatches, type Patch, type PatchSet } from './patch-content.ts';
import type { KustomizationFile } from './read.ts';
import { both, type Identity, identityOf, isRenderedFirst, matchesTarget, type Trilean } from './selector.ts';
import { isClusterScoped, keepsItsName } from './well-known-kinds.ts';
import { certainText, type Written } from './written.ts';

/** One way an object gets into a cluster: what kustomizations and Flux make of it. */
export interface Build {
  /** The Flux Kustomization at the end, if one is visible. */
  readonly flux: FluxKustomization | undefined;
  /** Innermost first. */
  readonly kustomizations: readonly KustomizationFile[];
  /** `undefined` where it is unknown. A hash that a generator adds is not part of it. */
  readonly name: string | undefined;
  /** `undefined` where it is unknown, `''` for an object that has none by its kind. */
  readonly namespace: string | undefined;
  /** In the order they are applied. */
  readonly patches: readonly AppliedPatch[];
  readonly added: readonly AddedMetadata[];
  /** False where there may be more patches, labels and annotations than these. */
  readonly complete: boolean;
}

export interface AppliedPatch {
  readonly object: KubernetesObject;
  /** False where the patch may select the object and may not. */
  readonly certain: boolean;
}

interface State {
  readonly identity: Identity & { names: (string | undefined)[]; namespaces: (string | undefined)[] };
  labels: { values: Map<string, string>; complete: boolean };
  annotations: { values: Map<string, string>; complete: boolean };
  readonly kustomizations: KustomizationFile[];
  readonly patches: AppliedPatch[];
  readonly added: AddedMetadata[];
  flux: FluxKustomization | undefined;
  complete: boolean;
}

/** Follows an object through each of the chains. */
export function buildsOf(object: KubernetesObject, chains: Chains, documents: Documents): Build[] {
  return buildsOfIdentity(identityOf(object), chains, documents);
}

export function buildsOfIdentity(identity: Identity, chains: Chains, documents: Documents): Build[] {
  return chains.map((chain) => follow(identity, chain, documents));
}

function follow(start: Identity, chain: Chain | undefined, documents: Documents): Build {
  const labels = { values: new Map(start.labels.values), complete: start.labels.complete };
  const annotations = { values: new Map(start.annotations.values), complete: start.annotations.complete };
  const state: State = {
    identity: { ...start, names: [...start.names], namespaces: [...start.namespaces], labels, annotations },
    labels,
    annotations,
    kustomizations: [],
    patches: [],
    added: [],
    flux: undefined,
    complete: chain?.certain ?? true,
  };
  for (let current = chain; current; current = current.next) take(state, current.step, documents);
  const certain = chain?.certain ?? true;
  const name = state.identity.names.at(-1);
  const namespace = isClusterScoped(start) ? '' : state.identity.namespaces.at(-1);
  const hasUnknownStep = !certain && state.flux === undefined;
  return {
    flux: state.flux,
    kustomizations: state.kustomizations,
    name: name === undefined || isTemplate(name) || hasUnknownStep ? undefined : name,
    namespace:
      namespace === undefined ||
      isTemplate(namespace) ||
      (namespace === '' && !isClusterScoped(start)) ||
      hasUnknownStep
        ? undefined
        : namespace,
    patches: state.patches,
    added: state.added,
    complete: state.complete,
  };
}

/** The built-in transformers in kustomize's order (api/internal/target/kusttarget_configplugin.go). */
function take(state: State, { kustomization, flux }: Step, documents: Documents): void {
  if (kustomization) state.kustomizations.push(kustomization);
  if (flux) state.flux = flux;
  const sets: PatchSet[] = [];
  if (kustomization) sets.push(loadPatches(kustomization, documents));
  if (flux)
    sets.push(loadPatches({ document: flux.object.document, patches: flux.patches, folder: undefined }, documents));
  if (sets.some((set) => !set.complete)) state.complete = false;
  const patches = sets.flatMap((set) => set.patches);
  const inList = (list: Patch['entry']['list']) => patches.filter((patch) => patch.entry.list === list);
  for (const patch of [...inList('patchesStrategicMerge'), ...inList('patches')]) apply(state, patch);
  setNamespace(state, flux?.targetNamespace ?? kustomization?.namespace);
  rename(state, flux?.namePrefix ?? kustomization?.namePrefix, flux?.nameSuffix ?? kustomization?.nameSuffix);
  if (kustomization) addMetadata(state, kustomization);
  for (const patch of inList('patchesJson6902')) apply(state, patch);
  if (kustomization) transformUnseen(state, kustomization);
  if (flux) {
    for (const entry of flux.commonLabels) add(state, 'label', entry, false);
    for (const entry of flux.commonAnnotations) add(state, 'annotation', entry, false);
  }
}

function setNamespace(state: State, namespace: Written | undefined): void {
  if (!namespace) return;
  const { identity } = state;
  // kustomize calls a Namespace object what it sets for others (api/konfig/builtinpluginconsts/namespace.go).
  if (identity.kind === 'Namespace' && identity.group === '') identity.names.push(namespace.text);
  else if (!isClusterScoped(identity)) identity.namespaces.push(namespace.text);
}

function rename(state: State, prefix: Written | undefined, suffix: Written | undefined): void {
  const { identity } = state;
  if ((!prefix && !suffix) || keepsItsName(identity)) return;
  const name = identity.names.at(-1);
  const [before, after] = [prefix ? prefix.text : '', suffix ? suffix.text : ''];
  const known = name !== undefined && before !== undefined && after !== undefined;
  identity.names.push(known ? before + name + after : undefined);
}

function addMetadata(state: State, file: KustomizationFile): void {
  for (const set of file.labels)
    for (const entry of set.pairs)
      add(state, 'label', entry, set.includeTemplates || set.includeSelectors || set.fields !== undefined);
  for (const entry of file.commonLabels) add(state, 'label', entry, true);
  for (const entry of file.commonAnnotations) add(state, 'annotation', entry, true);
}

function add(state: State, kind: AddedMetadata['kind'], entry: Entry, inTemplate: boolean): void {
  state.added.push({ kind, entry, inTemplate });
  const map = kind === 'label' ? state.labels : state.annotations;
  const value = entry.value.kind === 'scalar' ? entry.value.text : undefined;
  if (value === undefined) map.complete = false;
  else map.values.set(entry.key.text, value);
}

/** Transformers and replacements do what no list here says. */
function transformUnseen(state: State, file: KustomizationFile): void {
  if (file.transformers.length > 0) {
    state.complete = false;
    state.labels.complete = false;
    state.annotations.complete = false;
    state.identity.names.push(undefined);
    state.identity.namespaces.push(undefined);
  }
  for (const { path, fieldPaths } of file.replacements) {
    state.complete = false;
    const writes = (field: string) => path !== undefined || fieldPaths.some((f) => f.text === field);
    if (writes('metadata.name')) state.identity.names.push(undefined);
    if (writes('metadata.namespace')) state.identity.namespaces.push(undefined);
  }
}

function apply(state: State, patch: Patch): void {
  const selected = selects(patch, state.identity);
  if (selected === false) return;
  const { identity } = state;
  const type: ObjectType = identity;
  const object =
    patch.body.kind === 'operations'
      ? objectOfJson6902(patch.document, patch.body.seq, patch.target, {
          apiVersion: type.apiVersion,
          group: type.group,
          version: type.version,
          kind: type.kind,
        })
      : mergeObject(patch, type);
  if (!object) {
    state.complete = false;
    return;
  }
  state.patches.push({ object, certain: selected === true });
  if (patch.renames) renameByPatch(state, patch, object, selected === true);
  relabel(state, patch, object, selected === true);
}

const mergeObjects = new WeakMap<Patch, Map<string, KubernetesObject | undefined>>();

/** A strategic merge patch as an object; the type it does not say itself is that of what it selects. */
function mergeObject(patch: Patch, type: ObjectType): KubernetesObject | undefined {
  if (patch.body.kind !== 'merge') return undefined;
  const known = mergeObjects.get(patch) ?? new Map<string, KubernetesObject | undefined>();
  mergeObjects.set(patch, known);
  const key = `${type.apiVersion} ${type.kind}`;
  if (!known.has(key)) {
    const { apiVersion, group, version, kind } = type;
    const options = {
      partial: true,
      type: { apiVersion, group, version, kind },
      ...(patch.target ? { target: patch.target } : {}),
    };
    known.set(key, readObject(patch.document, patch.body.map, options));
  }
  return known.get(key);
}

/** Whether a patch selects what is called so: by its target, or a strategic merge by what it says itself. */
function selects(patch: Patch, identity: Identity): Trilean {
  if (patch.target) return matchesTarget(patch.target, identity);
  if (patch.entry.targetNode || patch.body.kind === 'operations') return 'unknown';
  const { map, type } = patch.body;
  if (!type) return 'unknown';
  if (type.kind !== identity.kind || type.group !== identity.group) return false;
  const name = text(get(map, 'metadata', 'name'));
  const byName = name === undefined ? 'unknown' : isOneOf(name, identity.names);
  // kustomize asks for the same version and namespace and fails the build otherwise; somebody meant this object then.
  const byVersion: Trilean = type.version === identity.version ? true : 'unknown';
  const namespace = text(get(map, 'metadata', 'namespace')) ?? '';
  const sameNamespace = isClusterScoped(identity)
    ? true
    : isOneOf(
        namespace || 'default',
        identity.namespaces.map((n) => (n === '' ? 'default' : n)),
      );
  const byNamespace = sameNamespace === false && namespace === '' ? 'unknown' : sameNamespace;
  return both(both(byName, byVersion), byNamespace);
}

function isOneOf(value: string, values: readonly (string | undefined)[]): Trilean {
  if (values.includes(value)) return true;
  return isRenderedFirst(value) || values.some((v) => v === undefined || isRenderedFirst(v)) ? 'unknown' : false;
}

function renameByPatch({ identity }: State, patch: Patch, object: KubernetesObject, certain: boolean): void {
  const moved =
    patch.body.kind === 'operations' &&
    operationsOf(patch.body.seq).some(
      (o) => o.steps[0]?.key === 'metadata' && !['add', 'replace', 'test'].includes(o.op),
    );
  for (const [field, list] of [
    ['name', identity.names],
    ['namespace', identity.namespaces],
  ] as const) {
    if (field === 'namespace' && patch.body.kind === 'merge') continue;
    const value = getEntry(object.root, 'metadata', field);
    if (!value && !moved) continue;
    const content =
      value && certain && !moved ? certainText({ text: text(value.value), node: value.value }) : undefined;
    list.push(content);
  }
}

/** Labels that a patch sets count for the selectors of later patches. */
function relabel(state: State, patch: Patch, object: KubernetesObject, certain: boolean): void {
  for (const [field, map] of [
    ['labels', state.labels],
    ['annotations', state.annotations],
  ] as const) {
    const removes =
      patch.body.kind === 'operations' &&
      operationsOf(patch.body.seq).some(
        (o) => o.op !== 'add' && o.op !== 'replace' && o.op !== 'test' && touches(o.steps, field),
      );
    if (removes) map.complete = false;
    const node = get(object.root, 'metadata', field);
    if (!node) continue;
    for (const entry of node.kind === 'map' ? node.entries : []) setLabel(map, entry.key.text, entry.value, certain);
    if (node.kind !== 'map') map.complete = false;
  }
}

const touches = (steps: readonly { readonly key: string }[], field: string): boolean =>
  steps.length === 0 || (steps[0]?.key === 'metadata' && (steps.length === 1 || steps[1]?.key === field));

function setLabel(
  map: { values: Map<string, string>; complete: boolean },
  key: string,
  value: Node,
  certain: boolean,
): void {
  if (!certain || key.startsWith('$') || value.kind !== 'scalar') {
    map.complete = false;
    map.values.delete(key);
  } else if (value.value === null) map.values.delete(key);
  else map.values.set(key, value.text);
}
