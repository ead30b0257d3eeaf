import type { Span } from '../text/span.ts';
import { type PieceBuilder, type Pieces, pieceBuilder } from './pieces.ts';

/** What precedes a block scalar: the column its indentation indicator counts from. */
export interface BlockParent {
  readonly indent: number;
  /** True for the root of a document, whose content needs no indentation. */
  readonly root: boolean;
}

export interface BlockHeader {
  /** The indentation indicator, 0 without one. */
  readonly indicator: number;
  readonly chomp: '' | '-' | '+';
  /** Host offset behind the indicators. */
  readonly end: number;
  /** Host offset of the first line of content; the end of the scalar where the header's line has no end. */
  readonly body: number;
}

export interface BlockScalar {
  readonly pieces: Pieces;
  readonly header: BlockHeader;
  /** The indentation of the content in columns; `undefined` where there is no content to tell. */
  readonly indent: number | undefined;
}

interface Line {
  readonly start: number;
  /** Offset of the first character that is not a space. */
  readonly content: number;
  /** Offset behind the content, before LF or CRLF. */
  readonly end: number;
  readonly blank: boolean;
}

/**
 * Decodes a literal or folded scalar as the `yaml` library does. It differs from the YAML specification where a file
 * ends without a line break: the library adds the one that clipping would have kept.
 */
export function decodeBlockScalar(source: string, span: Span, folded: boolean): BlockScalar {
  const header = readHeader(source, span);
  const lines = splitLines(source, { start: header.body, end: span.end });
  const pieces = pieceBuilder(source);
  let chompStart = lines.length;
  while (chompStart > 0 && lines[chompStart - 1]?.blank) chompStart--;
  if (chompStart === 0) {
    if (header.chomp === '+' && lines.length > 0) {
      for (let i = 1; i < lines.length; i++) lineBreak(lines, i, pieces);
      if (lines.length === 1) pieces.replace(span.end, span.end, '\n');
    }
    return { pieces: pieces.finish({ start: header.body }), header, indent: undefined };
  }
  const first = lines.findIndex((line) => !line.blank);
  const indent =
    header.indicator > 0 ? blockParent(source, span.start).indent + header.indicator : widthOf(lines[first] as Line);
  // Blank lines at the end with more blanks than the indentation are content.
  for (let i = lines.length - 1; i >= chompStart; i--) {
    if (widthOf(lines[i] as Line) > indent) chompStart = i + 1;
  }
  const copyFrom = (line: Line): void => {
    const start = Math.min(line.start + indent, line.content);
    pieces.copy(start, line.end - start);
  };
  for (let i = 0; i < first; i++) {
    copyFrom(lines[i] as Line);
    lineBreak(lines, i + 1, pieces);
  }
  if (folded) {
    foldLines(lines, first, chompStart, indent, source, pieces, copyFrom);
  } else {
    for (let i = first; i < chompStart; i++) {
      if (i > first) lineBreak(lines, i, pieces);
      copyFrom(lines[i] as Line);
    }
  }
  if (header.chomp !== '-') {
    if (chompStart === lines.length) pieces.replace(span.end, span.end, '\n');
    else lineBreak(lines, chompStart, pieces);
  }
  if (header.chomp === '+') for (let i = chompStart + 1; i < lines.length; i++) lineBreak(lines, i, pieces);
  return { pieces: pieces.finish({ start: header.body }), header, indent };
}

/** Writes the break before line `i`, from the end of the content of the line before to the line's start. */
function lineBreak(lines: readonly Line[], i: number, pieces: PieceBuilder): void {
  const from = (lines[i - 1] as Line).end;
  const to = (lines[i] as Line).start;
  if (to - from === 1) pieces.copy(from, 1);
  else pieces.replace(from, to, '\n');
}

function foldLines(
  lines: readonly Line[],
  first: number,
  end: number,
  indent: number,
  source: string,
  pieces: PieceBuilder,
  copyFrom: (line: Line) => void,
): void {
  let previous = -1;
  let previousSpaced = false;
  for (let i = first; i < end; i++) {
    const line = lines[i] as Line;
    const spaced = widthOf(line) > indent || (line.end > line.content && source[line.content] === '\t');
    if (!spaced && line.content === line.end) continue;
    if (previous >= 0) {
      // Lines that start with a blank keep every break around them; between two others one break folds away.
      const keeps = spaced || previousSpaced;
      if (!keeps && i === previous + 1) {
        pieces.replace((lines[previous] as Line).end, line.start, ' ');
      } else {
        let k = previous + 1;
        if (!keeps) {
          k++;
          pieces.replace((lines[previous] as Line).end, (lines[k] as Line).start, '\n');
          k++;
        }
        for (; k <= i; k++) lineBreak(lines, k, pieces);
      }
    }
    copyFrom(line);
    previous = i;
    previousSpaced = spaced;
  }
}

const widthOf = (line: Line): number => line.content - line.start;

function readHeader(source: string, span: Span): BlockHeader {
  let end = span.start + 1;
  let indicator = 0;
  let chomp: '' | '-' | '+' = '';
  for (; end < span.end; end++) {
    const c = source[end] as string;
    if (c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '#') break;
    if (chomp === '' && (c === '-' || c === '+')) chomp = c;
    else if (indicator === 0 && c >= '1' && c <= '9') indicator = Number(c);
  }
  end = Math.min(end, span.end);
  let body = end;
  while (body < span.end && source[body] !== '\n') body++;
  return { indicator, chomp, end, body: Math.min(body + 1, span.end) };
}

function splitLines(source: string, span: Span): Line[] {
  const lines: Line[] = [];
  if (span.end <= span.start) return lines;
  for (let start = span.start; ; ) {
    let content = start;
    while (content < span.end && source[content] === ' ') content++;
    let next = content;
    while (next < span.end && source[next] !== '\n') next++;
    const end = next > content && source[next - 1] === '\r' ? next - 1 : next;
    lines.push({ start, content, end, blank: end === content });
    if (next >= span.end) return lines;
    start = next + 1;
  }
}

/**
 * Where an indentation indicator of the block scalar whose header is at `start` counts from: the column of the block
 * mapping or sequence that holds it. Found by reading back to the key or the indicator that introduces the scalar.
 */
export function blockParent(source: string, start: number): BlockParent {
  let end = start;
  while (true) {
    const lineStart = end === 0 ? 0 : source.lastIndexOf('\n', end - 1) + 1;
    const parent = readParent(source.slice(lineStart, end));
    if (parent) return parent;
    if (lineStart === 0) return { indent: 0, root: true };
    end = lineStart - 1;
  }
}

/** What the text before a header on its line, or a whole line before it, says; `undefined` if it says nothing. */
function readParent(line: string): BlockParent | undefined {
  let i = line.startsWith('\ufeff') ? 1 : 0;
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return { indent: 0, root: !/^---\s+(?:[-?:](?:\s|$)|[^\s#!&])/.test(line) };
  let indent = 0;
  let indicator = -1;
  while (line[i] === ' ') {
    i++;
    indent++;
  }
  while (/[-?:]/.test(line[i] ?? '') && /\s/.test(line[i + 1] ?? ' ')) {
    indicator = indent++;
    i++;
    const blanks = i;
    while (isBlank(line[i])) i++;
    if (line[blanks] === ' ') indent += i - blanks;
  }
  while (isBlank(line[i])) i++;
  while (line[i] === '!' || line[i] === '&') {
    while (i < line.length && !/\s/.test(line[i] as string)) i++;
    while (isBlank(line[i])) i++;
  }
  const key = i < line.length && line[i] !== '#' && line[i] !== '\r';
  if (key) return { indent, root: false };
  return indicator < 0 ? undefined : { indent: indicator, root: false };
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';

/**
 * Where the block scalar whose header starts at `start` ends for the lexer of the `yaml` library: what an edit wrote
 * has to stay inside.
 */
export function blockScalarEnd(source: string, start: number, parent: BlockParent): number {
  const header = readHeader(source, { start, end: source.length });
  const body = header.body;
  const parentIndent = parent.root ? 0 : parent.indent + 1;
  let indent = 0;
  let lastBreak = body - 1;
  for (let i = body; i < source.length; i++) {
    const c = source[i];
    if (c === ' ') indent++;
    else if (c === '\n') {
      lastBreak = i;
      indent = 0;
    } else if (c !== '\r' || source[i + 1] !== '\n') break;
  }
  if (indent >= parentIndent) {
    const least = header.indicator === 0 ? indent : header.indicator - 1 + (parentIndent === 0 ? 1 : parentIndent);
    while (lastBreak >= 0 && lastBreak < source.length && belongs(source, lastBreak + 1, least)) {
      const next = source.indexOf('\n', lastBreak + 1);
      lastBreak = next < 0 ? source.length : next;
    }
  }
  let after = lastBreak + 1;
  while (source[after] === ' ') after++;
  if (source[after] === '\t') {
    while (after < source.length && /[ \t\r\n]/.test(source[after] as string)) after++;
    return after;
  }
  while (header.chomp !== '+') {
    let i = lastBreak - 1;
    if (source[i] === '\r') i--;
    const lineEnd = i;
    while (source[i] === ' ') i--;
    if (source[i] !== '\n' || i < body || lineEnd - i > indent) break;
    lastBreak = i;
  }
  return Math.min(lastBreak + 1, source.length);
}

/** Whether the line at `at` belongs to a block scalar whose lines have at least `least` spaces. */
function belongs(source: string, at: number, least: number): boolean {
  if (least === 0) return !/^(?:---|\.\.\.)(?:\s|$)/.test(source.slice(at, at + 4));
  let i = at;
  while (source[i] === ' ') i++;
  if (i - at >= least || source[i] === '\n') return true;
  return source[i] === '\r' && source[i + 1] === '\n';
}
