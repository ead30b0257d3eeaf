import type { TextMap } from '../yaml/tree.ts';

/** The map of a text inside a text: `inner` decodes the text of `outer`. */
export function composeMaps(outer: TextMap, inner: TextMap): TextMap {
  return {
    text: inner.text,
    toHost: (offset) => outer.toHost(inner.toHost(offset)),
    spanToHost: (span) => outer.spanToHost(inner.spanToHost(span)),
    fromHost(offset) {
      const between = outer.fromHost(offset);
      return between === undefined ? undefined : inner.fromHost(between);
    },
    edit(edits) {
      const between = inner.edit(edits);
      return between && outer.edit(between);
    },
  };
}
