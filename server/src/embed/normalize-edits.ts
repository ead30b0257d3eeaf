import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/**
 * The same change as `applyEdits` makes of `edits`, as edits in order that do not touch; none if the text stays as it
 * is. Edits that overlap an earlier one are dropped; offsets outside the text are moved to its ends.
 */
export function normalizeEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const clamp = (offset: number): number => Math.min(Math.max(offset || 0, 0), text.length);
  const clamped = edits.map(({ span, newText }) => {
    const start = clamp(span.start);
    return { span: { start, end: Math.max(start, clamp(span.end)) }, newText };
  });
  clamped.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const result: TextEdit[] = [];
  let last = 0;
  for (const edit of clamped) {
    const previous = result.at(-1);
    if (edit.span.start < last) continue;
    last = edit.span.end;
    if (edit.newText === text.slice(edit.span.start, edit.span.end)) continue;
    if (previous?.span.end === edit.span.start) {
      const span = { start: previous.span.start, end: edit.span.end };
      result[result.length - 1] = { span, newText: previous.newText + edit.newText };
    } else {
      result.push(edit);
    }
  }
  return applyEdits(text, result) === text ? [] : result;
}

/** The same change as normal edits make, each over the span that `widen` makes of its own. */
export function widenEdits(text: string, edits: readonly TextEdit[], widen: (span: Span) => Span): TextEdit[] {
  const groups: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of edits) {
    const previous = groups.at(-1);
    if (previous && edit.span.end <= previous.end) {
      previous.edits.push(edit);
      continue;
    }
    const { start, end } = widen(edit.span);
    if (previous && start <= previous.end) {
      previous.edits.push(edit);
      previous.end = end;
    } else {
      groups.push({ start, end, edits: [edit] });
    }
  }
  return groups.map(({ start, end, edits }) => ({
    span: { start, end },
    newText: applyEdits(text.slice(start, end), shiftEdits(edits, -start)),
  }));
}

export const shiftEdits = (edits: readonly TextEdit[], by: number): TextEdit[] =>
  edits.map(({ span, newText }) => ({ span: { start: span.start + by, end: span.end + by }, newText }));

/** One edit that makes `newText` of a span, without the characters both have in common at its ends. */
export function trimmedEdit(source: string, start: number, end: number, newText: string): TextEdit {
  let from = 0;
  const shorter = Math.min(end - start, newText.length);
  while (from < shorter && source[start + from] === newText[from]) from++;
  if (from > 0 && splits(newText, from, source, start + from)) from--;
  let to = 0;
  while (to < shorter - from && source[end - 1 - to] === newText[newText.length - 1 - to]) to++;
  if (to > 0 && splits(newText, newText.length - to, source, end - to)) to--;
  return { span: { start: start + from, end: end - to }, newText: newText.slice(from, newText.length - to) };
}

/** Whether one of the offsets stands inside a surrogate pair or a CRLF. */
const splits = (a: string, i: number, b: string, j: number): boolean => splitsAt(a, i) || splitsAt(b, j);

function splitsAt(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  if (before === 13) return after === 10;
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}
