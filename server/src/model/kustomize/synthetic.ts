import type { Span } from '../../text/span.ts';
import type { Entry, MapNode, Node, ScalarNode, SeqNode, Tree } from '../../yaml/tree.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const base = (tree: Tree, span: Span) => ({
  tree,
  span,
  parent: undefined,
  damaged: false,
  synthetic: true,
  anchor: undefined,
  tag: undefined,
});

/** A key that is not written as such. `span` is the place in `tree` it comes from. */
export const syntheticKey = (tree: Tree, span: Span, key: string): ScalarNode => ({
  ...base(tree, span),
  kind: 'scalar',
  style: 'plain',
  text: key,
  value: key,
});

/**
 * A map that is not written as such. Synthetic keys and values get it for their parent; real ones keep their own, so
 * that edits and pathOf go by where they are written.
 */
export function syntheticMap(
  tree: Tree,
  span: Span,
  pairs: Iterable<readonly [key: ScalarNode, value: Node]>,
  like?: MapNode,
): MapNode {
  const map: Mutable<MapNode> = {
    ...base(tree, span),
    kind: 'map',
    flow: false,
    entries: [],
    damaged: !!like?.damaged,
  };
  const entries: Entry[] = [];
  for (const [key, value] of pairs) {
    adopt(key, map);
    adopt(value, map);
    entries.push({ key, value, map });
  }
  map.entries = entries;
  return map;
}

/** A sequence that is not written as such; see syntheticMap. */
export function syntheticSeq(tree: Tree, span: Span, items: readonly Node[], like?: SeqNode): SeqNode {
  const seq: SeqNode = { ...base(tree, span), kind: 'seq', flow: false, items, damaged: !!like?.damaged };
  for (const item of items) adopt(item, seq);
  return seq;
}

function adopt(node: Node, parent: MapNode | SeqNode): void {
  if (node.synthetic) (node as Mutable<Node>).parent = parent;
}
