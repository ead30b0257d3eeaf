import { asMap, asScalar, asSeq, entries, follow, get } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode, SeqNode } from '../../yaml/tree.ts';
import type { KubernetesObject } from '../object.ts';
import { operationListOf, operationsOf } from './json6902.ts';
import { applyOperation } from './json6902-apply.ts';
import { syntheticMap, syntheticSeq } from './synthetic.ts';
import { isBuiltInGroup } from './well-known-kinds.ts';

export interface ApplyOptions {
  /**
   * Takes what the patches add and change, but not what they remove. For patches that may belong to different builds, or
   * may not apply: what one of them takes away may be there in the end.
   */
  readonly additive?: boolean;
}

/**
 * An object as it is after patches, in their order: strategic merges with the list keys of Kubernetes for its own kinds
 * and whole lists replaced for others, and JSON6902 patches. Maps and lists that a patch changes are synthetic; every
 * value that is left is the node it is written as, with its place in the object's file or the patch's.
 *
 * Name, namespace and type are what they were: a strategic merge cannot change them, and names go by Build.name. An
 * object that a patch deletes comes back as it was, as a partial one: nothing can be said about what it lacks.
 */
export function applyPatches(
  object: KubernetesObject,
  patches: readonly KubernetesObject[],
  options: ApplyOptions = {},
): KubernetesObject {
  let root = object.root;
  let deleted = false;
  for (const patch of patches) {
    const operations = operationListOf(patch);
    if (operations) {
      for (const operation of operationsOf(operations))
        root = applyOperation(root, operation, options.additive ?? false) ?? root;
      continue;
    }
    const merged = new Merge(isBuiltInGroup(object.group), options.additive ?? false).object(root, patch.root);
    if (merged) root = merged;
    else deleted = true;
  }
  if (root === object.root && !deleted) return object;
  return { ...object, root, partial: object.partial || deleted };
}

/** What makes items of a list the same one, by the name of the list (Kubernetes' OpenAPI, x-kubernetes-patch-merge-key). */
const MERGE_KEYS: ReadonlyMap<string, string> = new Map([
  ['containers', 'name'],
  ['initContainers', 'name'],
  ['ephemeralContainers', 'name'],
  ['volumes', 'name'],
  ['env', 'name'],
  ['imagePullSecrets', 'name'],
  ['secrets', 'name'],
  ['resourceClaims', 'name'],
  ['webhooks', 'name'],
  ['volumeMounts', 'mountPath'],
  ['volumeDevices', 'devicePath'],
  ['hostAliases', 'ip'],
  ['topologySpreadConstraints', 'topologyKey'],
  ['conditions', 'type'],
  ['ownerReferences', 'uid'],
]);

class Merge {
  constructor(
    /** True for kinds of Kubernetes itself: lists of custom resources are replaced. */
    readonly byKeys: boolean,
    readonly additive: boolean,
  ) {}

  /** `undefined` where the patch deletes the object. What says which object it is stays as it is. */
  object(base: MapNode, patch: MapNode): MapNode | undefined {
    const directive = directiveOf(patch);
    if (directive === 'delete') return this.additive ? base : undefined;
    const kept = directive === 'replace' && !this.additive ? without(base, (key) => IDENTITY.has(key)) : base;
    return this.#map(kept, patch, 'object');
  }

  #map(base: MapNode, patch: MapNode, place: Place): MapNode {
    const pairs = pairsOf(base);
    for (const { key, value: written } of entries(patch)) {
      const name = key.text;
      if (name.startsWith('$') || FIXED[place].includes(name)) continue;
      const value = follow(written) ?? written;
      const before = follow(pairs.get(name)?.[1]);
      const after = this.#value(before, value, name, place === 'object' && name === 'metadata' ? 'metadata' : 'inside');
      if (after === undefined) {
        if (!this.additive) pairs.delete(name);
      } else pairs.set(name, [pairs.get(name)?.[0] ?? key, after]);
    }
    return syntheticMap(base.tree, base.span, pairs.values(), base);
  }

  /** `undefined` for what the patch removes. */
  #value(before: Node | undefined, value: Node, name: string, place: Place): Node | undefined {
    if (value.kind === 'scalar' && value.value === null) return undefined;
    if (value.kind === 'map') {
      const directive = directiveOf(value);
      if (directive === 'delete') return undefined;
      const base = before?.kind === 'map' && (directive !== 'replace' || this.additive) ? before : undefined;
      if (base) return this.#map(base, value, place);
      return directive === undefined ? value : without(value, (key) => !key.startsWith('$'));
    }
    if (value.kind === 'seq' && before?.kind === 'seq' && this.byKeys) return this.#seq(before, value, name) ?? value;
    return value;
  }

  /** Merges lists whose items have a key; `undefined` where the patch's list replaces the other. */
  #seq(base: SeqNode, patch: SeqNode, name: string): SeqNode | undefined {
    const keyOf = itemKey(name, base);
    if (!keyOf) return undefined;
    const maps = patch.items.map((item) => asMap(item));
    if (maps.some((map) => !map)) return undefined;
    const isReplaced = maps.some(
      (map) => directiveOf(map as MapNode) === 'replace' && keyOf(map as MapNode) === undefined,
    );
    const items = isReplaced && !this.additive ? [] : [...base.items];
    const fresh: Node[] = [];
    for (const map of maps as MapNode[]) {
      const key = keyOf(map);
      const directive = directiveOf(map);
      if (key === undefined) {
        if (directive === undefined) fresh.push(map);
        continue;
      }
      const at = items.findIndex((item) => keyOf(item) === key);
      if (directive === 'delete') {
        if (at >= 0 && !this.additive) items.splice(at, 1);
        continue;
      }
      const before = asMap(items[at]);
      if (before && (directive !== 'replace' || this.additive)) items[at] = this.#map(before, map, 'inside');
      else if (before) items[at] = without(map, (k) => !k.startsWith('$'));
      else fresh.push(directive === undefined ? map : without(map, (k) => !k.startsWith('$')));
    }
    // New items come first (kustomize, api/filters/patchstrategicmerge).
    return syntheticSeq(base.tree, base.span, [...fresh, ...items], base);
  }
}

const IDENTITY = new Set(['apiVersion', 'kind', 'metadata']);

type Place = 'object' | 'metadata' | 'inside';

/** What a strategic merge leaves as it is (kustomize, api/resource/resource.go, ApplySmPatch). */
const FIXED: Record<Place, readonly string[]> = {
  object: ['apiVersion', 'kind'],
  metadata: ['name', 'namespace'],
  inside: [],
};

function directiveOf(map: MapNode): 'delete' | 'replace' | undefined {
  const directive = asScalar(get(map, '$patch'))?.value;
  return directive === 'delete' || directive === 'replace' ? directive : undefined;
}

type Pair = readonly [key: ScalarNode, value: Node];

const pairsOf = (map: MapNode): Map<string, Pair> => new Map(entries(map).map((e) => [e.key.text, [e.key, e.value]]));

function without(map: MapNode, keep: (key: string) => boolean): MapNode {
  return syntheticMap(
    map.tree,
    map.span,
    [...pairsOf(map)].filter(([key]) => keep(key)).map(([, pair]) => pair),
    map,
  );
}

function itemKey(name: string, base: SeqNode): ((item: Node | undefined) => string | undefined) | undefined {
  const scalarAt = (item: Node | undefined, key: string): string | undefined => asScalar(get(item, key))?.text;
  if (name === 'ports') {
    // Ports of containers go by containerPort, those of Services by port.
    const key = base.items.some((item) => get(item, 'containerPort')) ? 'containerPort' : 'port';
    return (item) => {
      const port = scalarAt(item, key);
      return port === undefined ? undefined : `${port}/${scalarAt(item, 'protocol') ?? 'TCP'}`;
    };
  }
  const key = MERGE_KEYS.get(name);
  return key === undefined || (base.items.length > 0 && !asSeqOfMaps(base)) ? undefined : (item) => scalarAt(item, key);
}

const asSeqOfMaps = (seq: SeqNode): boolean => asSeq(seq)?.items.every((item) => asMap(item)) ?? false;
