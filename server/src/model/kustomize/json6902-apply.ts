import { asMap, asSeq, entries, follow, get } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode, SeqNode, Tree } from '../../yaml/tree.ts';
import { listIndex, type PointerStep } from './json-pointer.ts';
import type { PatchOperation } from './json6902.ts';
import { syntheticKey, syntheticMap, syntheticSeq } from './synthetic.ts';

/**
 * Applies one operation to an object and gives the new root; what it does not touch is shared. `undefined` where it does
 * not apply. An `add` below a map that is not there makes the map: upstream refuses that, but what was meant is clear.
 * `additive` leaves out what would be removed.
 */
export function applyOperation(root: MapNode, operation: PatchOperation, additive: boolean): MapNode | undefined {
  const { op, steps, value, from, path } = operation;
  const { tree } = path;
  switch (op) {
    case 'add':
    case 'replace':
      return value && asMap(change(root, steps, { kind: op, value, tree }));
    case 'remove':
      return additive || steps.length === 0 ? undefined : asMap(change(root, steps, { kind: 'remove', tree }));
    case 'move':
    case 'copy': {
      const moved = from && at(root, from);
      if (!from || !moved) return undefined;
      const rest = op === 'move' && !additive ? asMap(change(root, from, { kind: 'remove', tree })) : root;
      return rest && asMap(change(rest, steps, { kind: 'add', value: moved, tree }));
    }
    default:
      return undefined;
  }
}

type Change =
  | { readonly kind: 'add' | 'replace'; readonly value: Node; readonly tree: Tree }
  | { readonly kind: 'remove'; readonly tree: Tree };

function at(root: Node, steps: readonly PointerStep[]): Node | undefined {
  let current: Node | undefined = root;
  for (const { key } of steps) {
    if (!asSeq(current)) current = get(current, key);
    else {
      const index: number | '-' | undefined = listIndex(key);
      current = typeof index === 'number' ? get(current, index) : undefined;
    }
  }
  return current;
}

/** `undefined` where the change does not apply. */
function change(node: Node, steps: readonly PointerStep[], what: Change): Node | undefined {
  const [step, ...rest] = steps;
  if (!step) return what.kind === 'remove' ? undefined : what.value;
  const content = follow(node);
  if (content?.kind === 'map') return changeMap(content, step, rest, what);
  if (content?.kind === 'seq') return changeSeq(content, step, rest, what);
  return undefined;
}

function changeMap(map: MapNode, step: PointerStep, rest: readonly PointerStep[], what: Change): MapNode | undefined {
  const pairs = new Map<string, readonly [ScalarNode, Node]>(entries(map).map((e) => [e.key.text, [e.key, e.value]]));
  const [key, value] = pairs.get(step.key) ?? [];
  if (rest.length === 0) {
    if (what.kind === 'remove') {
      if (!pairs.delete(step.key)) return undefined;
    } else pairs.set(step.key, [syntheticKey(what.tree, step.span, step.key), what.value]);
  } else {
    const isMissing = value === undefined || (value.kind === 'scalar' && value.value === null);
    if (isMissing && what.kind !== 'add') return undefined;
    const child = isMissing ? empty(what.tree, step, rest[0] as PointerStep) : value;
    const changed = change(child, rest, what);
    if (!changed) return undefined;
    pairs.set(step.key, [key ?? syntheticKey(what.tree, step.span, step.key), changed]);
  }
  return syntheticMap(map.tree, map.span, pairs.values(), map);
}

function changeSeq(seq: SeqNode, step: PointerStep, rest: readonly PointerStep[], what: Change): SeqNode | undefined {
  const index = listIndex(step.key);
  if (index === undefined) return undefined;
  const items = [...seq.items];
  if (rest.length > 0) {
    const child = index === '-' ? undefined : items[index];
    const changed = child && change(child, rest, what);
    if (!changed) return undefined;
    items[index as number] = changed;
  } else if (what.kind === 'add') {
    items.splice(index === '-' ? items.length : Math.min(index, items.length), 0, what.value);
  } else {
    if (index === '-' || index >= items.length) return undefined;
    if (what.kind === 'remove') items.splice(index, 1);
    else items[index] = what.value;
  }
  return syntheticSeq(seq.tree, seq.span, items, seq);
}

const empty = (tree: Tree, step: PointerStep, next: PointerStep): Node =>
  next.key === '-' || next.key === '0' ? syntheticSeq(tree, step.span, []) : syntheticMap(tree, step.span, []);
