import type { Span } from '../../text/span.ts';
import { asMap, asScalar, asSeq, entries, get, textAt } from '../../yaml/navigate.ts';
import type { Node, ScalarNode, SeqNode, Tree } from '../../yaml/tree.ts';
import { type KubernetesObject, type ObjectType, type PatchTarget, readObject } from '../object.ts';
import type { SourceDocument } from '../source-file.ts';
import { listIndex, type PointerStep, pointerSteps } from './json-pointer.ts';
import { syntheticKey, syntheticMap, syntheticSeq } from './synthetic.ts';
import { typeOfKind } from './well-known-kinds.ts';

/** One operation of a JSON6902 patch (RFC 6902). */
export interface PatchOperation {
  readonly op: string;
  readonly node: Node;
  readonly path: ScalarNode;
  readonly steps: readonly PointerStep[];
  readonly value: Node | undefined;
  /** The source of `move` and `copy`. */
  readonly from: readonly PointerStep[] | undefined;
}

const isOperation = (node: Node): boolean => textAt(node, 'op') !== undefined && textAt(node, 'path') !== undefined;

/** True for a list of operations, rather than a strategic merge patch. An empty list is one. */
export const isJson6902 = (node: Node | undefined): node is SeqNode =>
  node?.kind === 'seq' &&
  node.items.every((item) => asMap(item) !== undefined) &&
  (node.items.length === 0 || node.items.some(isOperation));

/** The operations of a patch in their order. Items that are none, or whose path is no JSON pointer, are left out. */
export function operationsOf(seq: SeqNode): PatchOperation[] {
  return seq.items.flatMap((item) => {
    const node = asMap(item);
    const op = textAt(node, 'op');
    const path = asScalar(get(node, 'path'));
    const steps = path && pointerSteps(path);
    if (!node || op === undefined || !path || !steps) return [];
    const from = asScalar(get(node, 'from'));
    return [{ op, node, path, steps, value: get(node, 'value'), from: from && pointerSteps(from) }];
  });
}

/** Kinds of targets are regular expressions: only a plain word names one kind. */
const WORD = /^[A-Za-z][A-Za-z0-9]*$/;
const PLAIN_GROUP = /^[a-z0-9.-]+$/;
const PLAIN_VERSION = /^v[a-z0-9]+$/;

/**
 * The type a patch target stands for: group and version come from the kind where the target does not say them.
 * `undefined` where the target may mean several kinds, or a kind nobody here knows without its group.
 */
export function typeOfTarget(target: PatchTarget | undefined): ObjectType | undefined {
  const kind = target?.kind;
  if (!target || kind === undefined || !WORD.test(kind)) return undefined;
  const known = typeOfKind(kind);
  const group = target.group ?? known?.group;
  if (group === undefined || (target.group !== undefined && !PLAIN_GROUP.test(target.group))) return undefined;
  const newest = known?.group === group ? known.version : 'v1';
  const version = target.version !== undefined && PLAIN_VERSION.test(target.version) ? target.version : newest;
  return { apiVersion: group === '' ? version : `${group}/${version}`, group, version, kind };
}

const operationLists = new WeakMap<Node, SeqNode>();

/** The list of operations that an object of objectOfJson6902 stands for. */
export const operationListOf = (object: KubernetesObject): SeqNode | undefined => operationLists.get(object.root);

/**
 * A JSON6902 patch as the partial object that its `add` and `replace` operations write, so that rules see values where
 * they end up. The maps and sequences on the way are synthetic, as are their keys, whose span is the step's place in
 * `path`. The values are the real ones: their `parent` is the map of the operation, not the synthetic map above them.
 *
 * A step that is an index, or `-`, makes a sequence that holds what the patch puts into it and nothing else: the index of
 * an item says nothing about its place in the patched object. `test`, `remove`, `move` and `copy` write nothing that is
 * known.
 *
 * `type` is for a caller that knows which object the patch meets; without it the target names the type, and where it does
 * not, the result is `undefined`.
 */
export function objectOfJson6902(
  document: SourceDocument,
  seq: SeqNode,
  target: PatchTarget | undefined,
  type: ObjectType | undefined = typeOfTarget(target),
): KubernetesObject | undefined {
  if (!type) return undefined;
  const key = JSON.stringify([type.apiVersion, type.kind, target]);
  const made = madeObjects.get(seq) ?? new Map<string, KubernetesObject | undefined>();
  madeObjects.set(seq, made);
  if (!made.has(key)) made.set(key, make(document, seq, target, type));
  return made.get(key);
}

/** One patch, one object: whoever reads it again is given the same nodes. */
const madeObjects = new WeakMap<SeqNode, Map<string, KubernetesObject | undefined>>();

function make(
  document: SourceDocument,
  seq: SeqNode,
  target: PatchTarget | undefined,
  type: ObjectType,
): KubernetesObject | undefined {
  const root: MapDraft = { kind: 'map', tree: seq.tree, span: seq.span, children: new Map() };
  for (const operation of operationsOf(seq))
    if (operation.op === 'add' || operation.op === 'replace') write(root, operation);
  const map = build(root);
  const object = readObject(document, map, { partial: true, target, type });
  if (object) operationLists.set(object.root, seq);
  return object;
}

/** What becomes a node once all operations have written into it. */
type Draft = MapDraft | SeqDraft | { readonly kind: 'leaf'; readonly node: Node };

interface MapDraft {
  readonly kind: 'map';
  readonly tree: Tree;
  readonly span: Span;
  readonly children: Map<string, { readonly key: ScalarNode; draft: Draft }>;
}

interface SeqDraft {
  readonly kind: 'seq';
  readonly tree: Tree;
  readonly span: Span;
  readonly items: { readonly index: number | '-'; draft: Draft }[];
}

/** Maps of strings: what looks like an index below them is a key. */
const STRING_MAPS = new Set([
  'labels',
  'annotations',
  'data',
  'stringData',
  'binaryData',
  'matchLabels',
  'nodeSelector',
]);

function write(root: MapDraft, { steps, value, path, op }: PatchOperation): void {
  if (value === undefined) return;
  const leaf: Draft = { kind: 'leaf', node: value };
  if (steps.length === 0) {
    const whole = open(leaf);
    if (whole?.kind !== 'map') return;
    root.children.clear();
    for (const [key, child] of whole.children) root.children.set(key, child);
    return;
  }
  let current: MapDraft | SeqDraft = root;
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    const next = last ? leaf : containerFor(steps[i + 1] as PointerStep, step, path.tree);
    const slot =
      current.kind === 'map'
        ? mapSlot(current, step, path.tree, next)
        : seqSlot(current, step, next, last && op === 'add');
    if (!slot) return;
    if (last) {
      // The last operation that writes a key is the one to point at.
      if (current.kind === 'map') current.children.set(step.key, newSlot(step, path.tree, leaf));
      else slot.draft = leaf;
      return;
    }
    const opened = open(slot.draft);
    if (!opened) return;
    slot.draft = opened;
    current = opened;
  }
}

/** The container of a step, by the look of the step after it. */
function containerFor(next: PointerStep, step: PointerStep, tree: Tree): MapDraft | SeqDraft {
  return listIndex(next.key) === undefined || STRING_MAPS.has(step.key)
    ? { kind: 'map', tree, span: step.span, children: new Map() }
    : { kind: 'seq', tree, span: step.span, items: [] };
}

function mapSlot(map: MapDraft, step: PointerStep, tree: Tree, fresh: Draft): { draft: Draft } {
  const known = map.children.get(step.key);
  if (known) return known;
  const slot = newSlot(step, tree, fresh);
  map.children.set(step.key, slot);
  return slot;
}

const newSlot = (step: PointerStep, tree: Tree, draft: Draft) => ({
  key: syntheticKey(tree, step.span, step.key),
  draft,
});

function seqSlot(seq: SeqDraft, step: PointerStep, fresh: Draft, inserts: boolean): { draft: Draft } | undefined {
  const index = listIndex(step.key);
  if (index === undefined) return undefined;
  const known = index === '-' || inserts ? undefined : seq.items.find((item) => item.index === index);
  if (known) return known;
  const slot = { index, draft: fresh };
  seq.items.push(slot);
  return slot;
}

/** A draft that further operations can write into; a value that is already there is taken apart, its parts stay real. */
function open(draft: Draft): MapDraft | SeqDraft | undefined {
  if (draft.kind !== 'leaf') return draft;
  const { node } = draft;
  const map = asMap(node);
  if (map)
    return {
      kind: 'map',
      tree: map.tree,
      span: map.span,
      children: new Map(entries(map).map((e) => [e.key.text, { key: e.key, draft: { kind: 'leaf', node: e.value } }])),
    };
  const seq = asSeq(node);
  if (seq)
    return {
      kind: 'seq',
      tree: seq.tree,
      span: seq.span,
      items: seq.items.map((item, index) => ({ index, draft: { kind: 'leaf', node: item } })),
    };
  return undefined;
}

function build(draft: Draft): Node {
  if (draft.kind === 'leaf') return draft.node;
  if (draft.kind === 'seq')
    return syntheticSeq(
      draft.tree,
      draft.span,
      draft.items.map((item) => build(item.draft)),
    );
  return syntheticMap(
    draft.tree,
    draft.span,
    [...draft.children.values()].map(({ key, draft: child }) => [key, build(child)] as const),
  );
}
