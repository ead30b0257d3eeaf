import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import {
  type BlockHeader,
  type BlockParent,
  type BlockScalar,
  blockParent,
  blockScalarEnd,
  decodeBlockScalar,
} from './block-scalar.ts';
import { trimmedEdit, widenEdits } from './normalize-edits.ts';
import { isPrintable, lineBreakAt } from './scalar-text.ts';

/** All that the ways to write an edit share. */
interface Task extends BlockScalar {
  readonly source: string;
  readonly span: Span;
  readonly folded: boolean;
  readonly parent: BlockParent;
  readonly eol: string;
  readonly edits: readonly TextEdit[];
  readonly expected: string;
  /** Whether the blank lines behind the scalar go: those with many blanks would belong to a scalar of less indentation. */
  readonly alone: boolean;
}

/**
 * Writes normal edits of the decoded text into the block scalar at `span`: the lines they touch if that reads back as
 * the edited text, else the whole scalar. The header follows where the line breaks at the end or blanks at the start
 * ask for another one. `undefined` where a block scalar cannot hold the text.
 */
export function editBlockScalar(
  source: string,
  span: Span,
  scalar: BlockScalar,
  folded: boolean,
  edits: readonly TextEdit[],
): TextEdit[] | undefined {
  const expected = applyEdits(scalar.pieces.text, edits);
  if (/\p{Surrogate}/u.test(expected) || !edits.every((edit) => isPrintable(edit.newText))) return undefined;
  const parent = blockParent(source, span.start);
  const eol = lineBreakAt(source, span.start);
  const task: Task = { ...scalar, source, span, folded, parent, eol, edits, expected, alone: false };
  const usual = parent.indent + 2;
  const indent = scalar.header.indicator > 0 ? parent.indent + scalar.header.indicator : (scalar.indent ?? usual);
  const ways = [
    () => (folded ? foldedInPlace(task) : literalLines(task)),
    () => wholeScalar(task, indent),
    () => wholeScalar({ ...task, alone: true }, indent),
    () => (indent === usual ? undefined : wholeScalar({ ...task, alone: true }, usual)),
  ];
  for (const way of ways) {
    const written = way();
    if (written && readsBack(task, written)) return written;
  }
  return undefined;
}

function readsBack({ source, span, folded, parent, expected }: Task, written: readonly TextEdit[]): boolean {
  const after = applyEdits(source, written);
  const end = blockScalarEnd(after, span.start, parent);
  return decodeBlockScalar(after, { start: span.start, end }, folded).pieces.text === expected;
}

/** Edits within the lines of a folded scalar; what touches line breaks is left to the rewriting of the whole. */
function foldedInPlace({ pieces, edits }: Task): TextEdit[] | undefined {
  const body = bodyLength(pieces.text);
  const inLine = edits.every(
    ({ span, newText }) => span.end <= body && !/\n/.test(newText + pieces.text.slice(span.start, span.end)),
  );
  if (!inLine) return undefined;
  return edits.map(({ span, newText }) => ({
    span: { start: pieces.toHost(span.start), end: pieces.toHost(span.end) },
    newText,
  }));
}

/** Edits of a literal scalar, line by line; those that touch its last line, or what follows it, are one to its end. */
function literalLines(task: Task): TextEdit[] | undefined {
  const { pieces, header, indent, source, eol, edits } = task;
  const { text } = pieces;
  const written = writtenHeader(task, indent ?? 0);
  if (indent === undefined || written === undefined) return undefined;
  const body = bodyLength(text);
  const lastLine = lineStart(text, body);
  const lines = widenEdits(text, edits, ({ start, end }) => ({
    start: lineStart(text, Math.min(start, body)),
    end: end < lastLine ? text.indexOf('\n', end) : text.length,
  }));
  const result = written === source.slice(task.span.start, header.end) ? [] : [headerEdit(task, written)];
  for (const { span, newText } of lines) {
    const start = source.lastIndexOf('\n', pieces.toHost(span.start) - 1) + 1;
    const host = indentLines(newText, indent, eol);
    if (span.end < text.length) result.push(trimmedEdit(source, start, pieces.toHost(span.end), host));
    else result.push(editToEnd(task, start, host + (newText === '' || newText.endsWith('\n') ? '' : eol)));
  }
  return result;
}

/** The scalar written anew with `indent` columns of indentation; lines of a folded one that stay keep their folds. */
function wholeScalar(task: Task, indent: number): TextEdit[] | undefined {
  const { source, span, header, expected, eol, folded } = task;
  const written = writtenHeader(task, indent);
  if (written === undefined) return undefined;
  let headerEnd = header.body;
  while (headerEnd > header.end && /[\r\n]/.test(source[headerEnd - 1] as string)) headerEnd--;
  const body = expected.slice(0, bodyLength(expected));
  const breaks = expected.length - body.length;
  const lines = folded ? foldLines(task, body, indent) : indentLines(body, indent, eol);
  let result = written + source.slice(header.end, headerEnd) + eol;
  if (body !== '') result += lines + eol + eol.repeat(Math.max(0, breaks - 1));
  else result += eol.repeat(breaks);
  return [editToEnd(task, span.start, result)];
}

/** Replaces the scalar from `start` to its end by whole lines; a file that ends without a line break goes on to do so. */
function editToEnd(task: Task, start: number, lines: string): TextEdit {
  const { source, header, expected, eol } = task;
  const chomp = chompOf(header, expected);
  const end = endOfScalar(task, chomp);
  const open = chomp !== '+' && end === source.length && source[end - 1] !== '\n' && lines.endsWith(eol);
  return trimmedEdit(source, start, end, open ? lines.slice(0, -eol.length) : lines);
}

/** The body of a folded scalar. Offsets of unchanged lines are taken from the first and last edit. */
function foldLines({ pieces, source, edits, expected, eol, ...task }: Task, body: string, indent: number): string {
  const { text } = pieces;
  const lines = body.split('\n');
  const kept = keptLines(text, edits, expected);
  const host = (line: KeptLine): string => {
    if (indent !== task.indent || line.start === line.end) return text.slice(line.start, line.end);
    const { start, end } = pieces.spanToHost(line);
    return source.slice(start, end);
  };
  let result = '';
  let previous = -1;
  let previousSpaced = false;
  lines.forEach((line, i) => {
    if (line === '') return;
    const spaced = line.startsWith(' ') || line.startsWith('\t');
    // Between two lines that start without a blank one break would fold away.
    const breaks = previous < 0 ? i : i - previous + (spaced || previousSpaced ? 0 : 1);
    const old = kept(i);
    result += eol.repeat(breaks) + ' '.repeat(indent) + (old === undefined ? line : host(old));
    previous = i;
    previousSpaced = spaced;
  });
  return result;
}

interface KeptLine {
  readonly start: number;
  readonly end: number;
}

/** Finds the span in the old text of a line of the new one, for the lines before the first and behind the last edit. */
function keptLines(text: string, edits: readonly TextEdit[], expected: string): (line: number) => KeptLine | undefined {
  const starts = lineStarts(text);
  const oldCount = starts.length;
  const newCount = lineStarts(expected).length;
  const before = lineStarts(text.slice(0, edits[0]?.span.start)).length - 1;
  const behind = lineStarts(text.slice(edits.at(-1)?.span.end)).length - 1;
  return (line) => {
    const old = line < before ? line : line >= newCount - behind ? oldCount - newCount + line : undefined;
    const start = old === undefined ? undefined : starts[old];
    if (old === undefined || start === undefined) return undefined;
    return { start, end: (starts[old + 1] ?? text.length + 1) - 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** The chomping indicator under which the line breaks at the end of `text` are kept, none more and none less. */
function chompOf(header: BlockHeader, text: string): '' | '-' | '+' {
  const body = bodyLength(text);
  const breaks = text.length - body;
  if (body === 0) {
    if (breaks > 0) return '+';
    return header.chomp === '+' ? '-' : header.chomp;
  }
  if (breaks === 0) return '-';
  return breaks > 1 || header.chomp === '+' ? '+' : '';
}

/** The header the new text asks for, as it is where it will do; `undefined` if no indicator can tell `indent`. */
function writtenHeader({ source, span, header, expected, parent }: Task, indent: number): string | undefined {
  const chomp = chompOf(header, expected);
  let indicator = header.indicator;
  // Where the first line starts with blanks the indentation cannot be found from it.
  if (/^\n*[ \t]/.test(expected) || indicator > 0) {
    indicator = indent - parent.indent;
    if (indicator < 1 || indicator > 9) return undefined;
  }
  if (chomp === header.chomp && indicator === header.indicator) return source.slice(span.start, header.end);
  return (source[span.start] ?? '') + (indicator === 0 ? '' : indicator) + chomp;
}

const headerEdit = ({ source, span, header }: Task, written: string): TextEdit =>
  trimmedEdit(source, span.start, header.end, written);

/** Where the lines of the scalar end: under `+` the blank lines behind it would belong to it. */
function endOfScalar({ source, span, alone }: Task, chomp: '' | '-' | '+'): number {
  let end = span.end;
  if ((chomp !== '+' && !alone) || source[end - 1] !== '\n') return end;
  while (true) {
    let next = end;
    while (source[next] === ' ') next++;
    if (source[next] === '\r') next++;
    if (source[next] !== '\n') return next === source.length ? next : end;
    end = next + 1;
  }
}

const bodyLength = (text: string): number => {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end--;
  return end;
};

const lineStart = (text: string, offset: number): number => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

/** Indents every line that has content. */
function indentLines(text: string, indent: number, eol: string): string {
  const blanks = ' '.repeat(indent);
  const lines = text.split('\n').map((line) => (line === '' ? '' : blanks + line));
  return lines.join(eol);
}
