import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Tree } from '../yaml/tree.ts';

/** A span of a tree in offsets of the document of the file that holds it, through all strings between. */
export function spanInDocument(tree: Tree, span: Span): Span {
  let current = span;
  for (let t = tree; t.host; t = t.host.node.tree) current = t.host.map.spanToHost(current);
  return current;
}

/** Edits of a tree as edits of the document of the file; `undefined` where a string between cannot hold the result. */
export function editsInDocument(tree: Tree, edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  let current: readonly TextEdit[] | undefined = edits;
  for (let t = tree; t.host && current; t = t.host.node.tree) current = t.host.map.edit(current);
  return current;
}

/** True where an edit of this tree has to encode again what a person cannot read. */
export function isEncoded(tree: Tree): boolean {
  for (let t = tree; t.host; t = t.host.node.tree) if (t.host.encoded) return true;
  return false;
}
