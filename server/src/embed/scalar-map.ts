import type { Span } from '../text/span.ts';
import type { ScalarStyle, TextMap } from '../yaml/tree.ts';
import { editBlockScalar } from './block-edit.ts';
import { decodeBlockScalar } from './block-scalar.ts';
import { editFlowScalar } from './flow-edit.ts';
import { decodeFlowScalar } from './flow-scalar.ts';
import { normalizeEdits } from './normalize-edits.ts';
import type { Pieces } from './pieces.ts';

/**
 * The map of a YAML scalar: from its decoded text to `source`, the text of the tree that holds it. `span` is the scalar
 * as written, from its quote or block header on; offsets are UTF-16. The decoded text is the one of the `yaml` library,
 * which for a plain scalar is the text as written with its lines folded. Never throws; a span that holds no scalar of
 * the style has some text.
 *
 * `edit` keeps the style. A plain or single-quoted scalar that cannot hold the new text becomes a double-quoted one;
 * a block scalar that cannot gives `undefined`.
 */
export function scalarMap(source: string, span: Span, style: ScalarStyle): TextMap {
  const start = Math.min(Math.max(span.start || 0, 0), source.length);
  const range = { start, end: Math.min(Math.max(span.end || 0, start), source.length) };
  if (style === 'literal' || style === 'folded') {
    const scalar = decodeBlockScalar(source, range, style === 'folded');
    return textMap(scalar.pieces, (edits) => editBlockScalar(source, range, scalar, style === 'folded', edits));
  }
  const pieces = decodeFlowScalar(source, range, style);
  return textMap(pieces, (edits) => editFlowScalar(source, range, pieces, style, edits));
}

function textMap(pieces: Pieces, edit: TextMap['edit']): TextMap {
  const { text, toHost, spanToHost, fromHost } = pieces;
  return {
    text,
    toHost,
    spanToHost,
    fromHost,
    edit(edits) {
      const normal = normalizeEdits(text, edits);
      return normal.length === 0 ? [] : edit(normal);
    },
  };
}
