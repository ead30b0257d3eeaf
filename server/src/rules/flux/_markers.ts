import { isTemplate } from '../../azure/text-kinds.ts';
import type { Span } from '../../text/span.ts';
import type { Node, Tree } from '../../yaml/tree.ts';
import type { View } from '../define.ts';
import { view } from '../views.ts';

/** A comment that tells image-automation-controller which policy a line follows. */
export interface ImageMarker {
  readonly tree: Tree;
  /** The marker from its brace on, without what stands before it in the comment. */
  readonly span: Span;
  readonly text: string;
  /** `undefined` where the marker is not written as the controller reads it. */
  readonly policy: { readonly namespace: string; readonly name: string; readonly span: Span } | undefined;
}

const WORD = '$imagepolicy';
/** Strict JSON with one key. Source: fluxcd/image-automation-controller@v1.2.1 internal/update/setters.go */
const WELL_FORMED = /^\{\s*"\$imagepolicy"\s*:\s*"([^:"/\s]+):([^:"/\s]+)(:(name|tag|digest))?"\s*\}\s*$/;

/** The markers in the comments of a document. */
export const imageMarkers: View<ImageMarker> = view(
  'comments with $imagepolicy',
  function* ({ tree, owner, document }) {
    if (owner || document.uri.endsWith('.json') || !tree.text.includes(WORD)) return;
    for (let at = tree.text.indexOf(WORD); at >= 0; at = tree.text.indexOf(WORD, at + 1)) {
      const marker = markerAt(tree, at);
      if (marker) yield marker;
    }
  },
);

function markerAt(tree: Tree, at: number): ImageMarker | undefined {
  const { text } = tree;
  const lineStart = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
  const before = text.slice(lineStart, at);
  if (!/(^|\s)#/.test(before) || insideScalar(tree.root, at)) return undefined;
  const rest = /^[^\r\n]*/.exec(text.slice(at)) as RegExpExecArray;
  const brace = /\{\s*["']?$/.exec(before);
  // Prose about markers is no marker.
  if (!brace && !/^\$imagepolicy["']?\s*:/.test(rest[0])) return undefined;
  const start = lineStart + (brace ? brace.index : (/["']?$/.exec(before)?.index ?? before.length));
  const body = text.slice(start, at + rest[0].length).trimEnd();
  if (isTemplate(body)) return undefined;
  const match = WELL_FORMED.exec(body);
  const policy = match && `${match[1]}:${match[2]}`;
  const value = policy ? start + body.indexOf(policy, WORD.length) : 0;
  return {
    tree,
    span: { start, end: start + body.length },
    text: body,
    policy: match
      ? {
          namespace: match[1] as string,
          name: match[2] as string,
          span: { start: value, end: value + (policy?.length ?? 0) },
        }
      : undefined,
  };
}

/** True inside a key or a value, a block of text say: what looks like a comment there is none. */
function insideScalar(node: Node | undefined, at: number): boolean {
  if (!node || at < node.span.start || at >= node.span.end) return false;
  if (node.kind === 'map') return node.entries.some((e) => insideScalar(e.key, at) || insideScalar(e.value, at));
  if (node.kind === 'seq') return node.items.some((item) => insideScalar(item, at));
  return node.kind === 'scalar';
}
