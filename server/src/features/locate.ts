import { embeddedDocuments } from '../embed/embedded.ts';
import { spanInDocument } from '../embed/locate.ts';
import type { Session } from '../engine/session.ts';
import type { SourceDocument, SourceFile } from '../model/source-file.ts';
import type { Unit } from '../model/unit.ts';
import type { Span } from '../text/span.ts';
import { follow } from '../yaml/navigate.ts';
import type { Entry, Node, ScalarNode, Tree } from '../yaml/tree.ts';

/** The innermost text at an offset of a file: a document, or one inside a string of it, however deep. */
export interface Place {
  readonly file: SourceFile;
  readonly document: SourceDocument;
  readonly tree: Tree;
  /** UTF-16, into `tree.text`. */
  readonly offset: number;
  /** The unit that the tree, or the part of it at the offset, is; `undefined` where nothing is known of it. */
  readonly unit: Unit | undefined;
}

/** Finds the innermost tree at an offset of a file; `undefined` for a file that is not there. */
export function placeAt(session: Session, uri: string, offset: number): Place | undefined {
  const file = session.file(uri);
  const document = file?.documentAt(offset);
  if (!file || !document) return undefined;
  const units = session.unitsOf(document);
  const at = offset - document.start;
  let tree = document.tree;
  let inner = at;
  for (const candidate of treesOf(units)) {
    if (depthOf(candidate) <= depthOf(tree)) continue;
    const position = offsetInTree(candidate, at);
    if (position === undefined) continue;
    tree = candidate;
    inner = position;
  }
  return { file, document, tree, offset: inner, unit: unitAt(units, tree, inner) };
}

/** The trees of units, and those inside their strings that are no units of their own: a patch not yet written, say. */
export function treesOf(units: readonly Unit[]): Set<Tree> {
  const trees = new Set<Tree>();
  for (const unit of units) {
    trees.add(unit.tree);
    if (unit.object) for (const embedded of embeddedDocuments(unit.object.root, unit.object)) trees.add(embedded.tree);
  }
  return trees;
}

/** How many strings a tree is inside of. */
function depthOf(tree: Tree): number {
  let depth = 0;
  for (let t = tree; t.host; t = t.host.node.tree) depth++;
  return depth;
}

/** An offset of a document as one of a tree inside it; `undefined` where the tree does not show it. */
export function offsetInTree(tree: Tree, documentOffset: number): number | undefined {
  if (!tree.host) return documentOffset;
  const outer = offsetInTree(tree.host.node.tree, documentOffset);
  return outer === undefined ? undefined : tree.host.map.fromHost(outer);
}

/** The unit of a tree at an offset: of several objects in one document the one that the offset is in. */
export function unitAt(units: readonly Unit[], tree: Tree, offset: number): Unit | undefined {
  const own = units.filter((u) => u.tree === tree);
  return (
    own.find((u) => u.root !== undefined && u.root.span.start <= offset && offset <= u.root.span.end) ??
    own.findLast((u) => u.root !== undefined && u.root.span.start <= offset) ??
    own[0]
  );
}

/** A span of a tree as one of the file. */
export function spanInFile(place: Pick<Place, 'document'>, tree: Tree, span: Span): Span {
  const inner = spanInDocument(tree, span);
  return { start: inner.start + place.document.start, end: inner.end + place.document.start };
}

/** What stands at an offset of a tree, seen from a root. */
export interface Spot {
  /** From the root: for a key and its value the same. */
  readonly path: readonly (string | number)[];
  readonly node: Node;
  /** The entry whose key or value is at the offset. */
  readonly entry: Entry | undefined;
  readonly onKey: boolean;
}

/**
 * The innermost scalar at an offset, or the collection where it is in none. Maps that a JSON6902 patch stands for are
 * looked through: their steps are where the path names them.
 */
export function spotAt(root: Node | undefined, offset: number): Spot | undefined {
  return root && descend(root, offset, [], undefined, 0);
}

function descend(
  node: Node,
  offset: number,
  path: readonly (string | number)[],
  entry: Entry | undefined,
  depth: number,
): Spot | undefined {
  if (depth > 200) return undefined;
  if (node.kind === 'map') {
    for (const e of node.entries) {
      if (touches(e.key, offset)) return { path: [...path, e.key.text], node: e.key, entry: e, onKey: true };
      if (e.value.synthetic || touches(e.value, offset)) {
        const found = descend(e.value, offset, [...path, e.key.text], e, depth + 1);
        if (found) return found;
      }
    }
  } else if (node.kind === 'seq') {
    for (const [index, item] of node.items.entries())
      if (item.synthetic || touches(item, offset)) {
        const found = descend(item, offset, [...path, index], undefined, depth + 1);
        if (found) return found;
      }
  }
  return !node.synthetic && touches(node, offset) ? { path, node, entry, onKey: false } : undefined;
}

const touches = (node: Node, offset: number): boolean =>
  node.span.start <= offset && offset <= node.span.end && node.span.end > node.span.start;

/** The scalar at an offset of a tree, whatever it is part of. */
export function scalarAt(root: Node | undefined, offset: number): ScalarNode | undefined {
  const spot = spotAt(root, offset);
  const node = spot && (spot.node.kind === 'alias' ? follow(spot.node) : spot.node);
  return node?.kind === 'scalar' ? node : undefined;
}
