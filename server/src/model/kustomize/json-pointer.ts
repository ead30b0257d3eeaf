import type { Span } from '../../text/span.ts';
import type { ScalarNode } from '../../yaml/tree.ts';

/** One step of a JSON pointer (RFC 6901). */
export interface PointerStep {
  /** Unescaped: `~1` is `/`, `~0` is `~`. */
  readonly key: string;
  /** Where the step is written, in the text of the tree that holds the pointer. */
  readonly span: Span;
}

/** Longer pointers are not followed: no Kubernetes object is that deep. */
const MAX_STEPS = 100;

/** The steps of a pointer; none for the whole document (`""`). `undefined` for a text that is no pointer. */
export function pointerSteps(path: ScalarNode): PointerStep[] | undefined {
  const pointer = typeof path.value === 'string' ? path.value : undefined;
  if (pointer === undefined) return undefined;
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  const parts = pointer.slice(1).split('/');
  if (parts.length > MAX_STEPS) return undefined;
  // A scalar with escapes or line breaks does not show its text literally: its steps stand where the whole does.
  const shift = path.tree.text.slice(path.span.start, path.span.end).indexOf(pointer);
  let offset = path.span.start + shift + 1;
  return parts.map((part) => {
    const span = shift < 0 ? path.span : { start: offset, end: offset + part.length };
    offset += part.length + 1;
    return { key: part.replaceAll('~1', '/').replaceAll('~0', '~'), span };
  });
}

/** The index a step means in a list; `'-'` for the place behind the last item. */
export function listIndex(key: string): number | '-' | undefined {
  if (key === '-') return '-';
  return /^(0|[1-9][0-9]{0,8})$/.test(key) ? Number(key) : undefined;
}
