import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { decodeFlowScalar } from './flow-scalar.ts';
import { shiftEdits, widenEdits } from './normalize-edits.ts';
import type { Pieces } from './pieces.ts';
import {
  escapeDouble,
  escapeSingle,
  isDoubleQuoted,
  isOtherType,
  isPlain,
  isPrintable,
  isSingleQuoted,
  lineBreakAt,
  unfoldBreaks,
} from './scalar-text.ts';

type FlowStyle = 'plain' | 'single' | 'double';

/** What the ways to write an edit share. */
interface Task {
  readonly source: string;
  readonly span: Span;
  readonly raw: string;
  readonly pieces: Pieces;
  readonly style: FlowStyle;
  readonly expected: string;
  /** The indentation of the lines behind the first. */
  readonly indent: string;
}

/**
 * Writes normal edits of the decoded text into the scalar at `span`: where they stand if the result reads back as the
 * edited text, else as the whole scalar written anew, in its style or, where that cannot hold it, in double quotes.
 */
export function editFlowScalar(
  source: string,
  span: Span,
  pieces: Pieces,
  style: FlowStyle,
  edits: readonly TextEdit[],
): TextEdit[] {
  const { text } = pieces;
  const expected = applyEdits(text, edits);
  const raw = source.slice(span.start, span.end);
  const task: Task = { source, span, raw, pieces, style, expected, indent: continuationIndent(source, span, raw) };
  const halfPair = hasHalfPair(expected);
  if (style === 'double' || (!halfPair && edits.every((edit) => isPrintable(edit.newText)))) {
    const encode = encoder(task);
    if (!halfPair && raw !== '') {
      for (const widen of [wholePieces(pieces), wholeFolds(text)]) {
        const local = widenEdits(text, edits, widen).map(({ span, newText }) => ({
          span: { start: pieces.toHost(span.start), end: pieces.toHost(span.end) },
          newText: encode(newText),
        }));
        if (readsBack(task, applyEdits(raw, shiftEdits(local, -span.start)))) return local;
      }
    }
    const quote = { plain: '', single: "'", double: '"' }[style];
    const anew = quote + encode(expected) + quote;
    if ((style === 'double' || isPrintable(expected)) && readsBack(task, anew)) {
      return [{ span, newText: spaced(source, span, anew) }];
    }
  }
  return [{ span, newText: spaced(source, span, `"${escapeDouble(expected)}"`) }];
}

const wholePieces =
  (pieces: Pieces) =>
  ({ start, end }: Span): Span => ({
    start: pieces.wholeAt(start)?.start ?? start,
    end: pieces.wholeAt(end)?.end ?? end,
  });

/** Line breaks next to each other are written as one fold, whose length depends on their number. */
const wholeFolds =
  (text: string) =>
  ({ start, end }: Span): Span => {
    let from = start;
    let to = end;
    while (from > 0 && text[from - 1] === '\n') from--;
    while (text[to] === '\n') to++;
    return { start: from, end: to };
  };

function encoder({ source, span, style, indent }: Task): (text: string) => string {
  if (style === 'double') return escapeDouble;
  const eol = lineBreakAt(source, span.start);
  return style === 'single' ? (text) => escapeSingle(text, eol, indent) : (text) => unfoldBreaks(text, eol, indent);
}

/** The indentation of the lines behind the first: as they have it, else two columns more than what holds the scalar. */
function continuationIndent(source: string, span: Span, raw: string): string {
  const existing = /\n([ \t]+)[^\s]/.exec(raw)?.[1];
  if (existing !== undefined) return existing;
  const lineStart = span.start === 0 ? 0 : source.lastIndexOf('\n', span.start - 1) + 1;
  const lead = /^ *(?:[-?:] +)*/.exec(source.slice(lineStart, span.start))?.[0] ?? '';
  return ' '.repeat(lead.length + 2);
}

/** Whether `written` in the place of the scalar is one scalar of its style with the edited text. */
function readsBack(task: Task, written: string): boolean {
  const { raw, style, expected, indent } = task;
  if (written.includes('\n') && isKey(task)) return false;
  if (leastIndent(written) < Math.min(leastIndent(raw), indent.length)) return false;
  if (style === 'single' && !isSingleQuoted(written)) return false;
  if (style === 'double' && !isDoubleQuoted(written)) return false;
  if (style === 'plain' && !isPlainHere(task, written)) return false;
  return decodeFlowScalar(written, { start: 0, end: written.length }, style).text === expected;
}

/** Whether the scalar is a key before a colon, which has to stand on one line. */
function isKey({ source, span }: Task): boolean {
  let i = span.end;
  while (source[i] === ' ' || source[i] === '\t') i++;
  return source[i] === ':';
}

function isPlainHere({ source, span, raw, pieces, expected }: Task, written: string): boolean {
  // A scalar with a bracket or a comma, and one behind no opening bracket at all, does not stand between brackets.
  const inFlow = !/[,[\]{}]/.test(raw) && /[[{]/.test(source.slice(0, span.start));
  return isPlain(written, inFlow) && (!isOtherType(expected) || isOtherType(pieces.text));
}

/** The least number of spaces before the content of a line behind the first. */
function leastIndent(raw: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) {
    let i = at + 1;
    while (raw[i] === ' ') i++;
    if (i < raw.length && raw[i] !== '\n' && raw[i] !== '\r') least = Math.min(least, i - at - 1);
  }
  return least;
}

/** A value where there was none needs blanks around it: `key:` has no place for one yet. */
function spaced(source: string, span: Span, written: string): string {
  if (span.end > span.start) return written;
  const before = span.start === 0 || /\s/.test(source[span.start - 1] as string) ? '' : ' ';
  const after = span.end >= source.length || /[\s,\]}]/.test(source[span.end] as string) ? '' : ' ';
  return before + written + after;
}

/** Half a surrogate pair has to be escaped: a file cannot hold it. */
const hasHalfPair = (text: string): boolean => /\p{Surrogate}/u.test(text);
