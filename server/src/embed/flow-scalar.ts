import type { Span } from '../text/span.ts';
import { type PieceBuilder, type Pieces, pieceBuilder } from './pieces.ts';

/**
 * Decodes plain and quoted scalars as the `yaml` library does, malformed ones included: unknown escapes stay as they
 * are written, a missing closing quote costs the last character.
 */
export function decodeFlowScalar(source: string, span: Span, style: 'plain' | 'single' | 'double'): Pieces {
  const pieces = pieceBuilder(source);
  const raw = source.slice(span.start, span.end);
  if (style === 'plain') {
    unfold(raw, span.start, pieces, (start, end) => pieces.copy(start, end - start));
    return pieces.finish(span);
  }
  const content = { start: Math.min(span.start + 1, span.end), end: Math.max(span.start + 1, span.end - 1) };
  content.end = Math.min(content.end, span.end);
  if (style === 'single') {
    unfold(raw.slice(1, -1), content.start, pieces, (start, end) => unquote(source, start, end, pieces));
  } else {
    readDouble(raw, span.start, pieces);
  }
  return pieces.finish(content);
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';

/**
 * Joins the lines of `raw`, which stands at `base` of the host: blanks around a line break go, one break is a blank,
 * more are one break less. `write` gets the host offsets of what remains of each line.
 */
function unfold(raw: string, base: number, pieces: PieceBuilder, write: (start: number, end: number) => void): void {
  let breakAt = raw.indexOf('\n');
  if (breakAt < 0) {
    write(base, base + raw.length);
    return;
  }
  const endOfContent = (from: number, lineBreak: number): number => {
    let end = lineBreak > from && raw[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak;
    while (end > from && isBlank(raw[end - 1])) end--;
    return end;
  };
  let written = endOfContent(0, breakAt);
  write(base, base + written);
  let breaks = [breakAt];
  for (let line = breakAt + 1; ; line = breakAt + 1) {
    breakAt = raw.indexOf('\n', line);
    const last = breakAt < 0;
    let start = line;
    while (isBlank(raw[start])) start++;
    const end = last ? raw.length : endOfContent(start, breakAt);
    if (last || end > start) {
      writeFold(base, written, breaks, pieces);
      write(base + start, base + end);
      if (last) return;
      written = end;
      breaks = [breakAt];
    } else {
      breaks.push(breakAt);
    }
  }
}

/** One break is a blank; of more breaks the first shares its character with the second. */
function writeFold(base: number, from: number, breaks: readonly number[], pieces: PieceBuilder): void {
  if (breaks.length === 1) {
    pieces.replace(base + from, base + (breaks[0] as number) + 1, ' ');
    return;
  }
  let start = from;
  for (let i = 1; i < breaks.length; i++) {
    const end = (breaks[i] as number) + 1;
    pieces.replace(base + start, base + end, '\n');
    start = end;
  }
}

function unquote(source: string, start: number, end: number, pieces: PieceBuilder): void {
  for (let i = start; i < end; i++) {
    if (source[i] === "'" && i + 1 < end && source[i + 1] === "'") {
      pieces.replace(i, i + 2, "'");
      i++;
    } else {
      pieces.copy(i, 1);
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

const hexLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readDouble(raw: string, base: number, pieces: PieceBuilder): void {
  const last = raw.length - 1;
  let trimmedFrom = -1;
  let i = 1;
  while (i < last) {
    const c = raw[i];
    if (c === '\n') {
      i = foldBreaks(raw, base, i, trimmedFrom < 0 ? i : trimmedFrom, pieces);
      trimmedFrom = -1;
    } else if (c === '\r' && raw[i + 1] === '\n') {
      if (trimmedFrom < 0) trimmedFrom = i;
      i++;
    } else if (isBlank(c)) {
      const start = i;
      while (isBlank(raw[i])) i++;
      if (isBreak(raw, i)) trimmedFrom = start;
      else pieces.copy(base + start, i - start);
    } else if (c === '\\') {
      i = readEscape(raw, base, i, pieces);
    } else {
      pieces.copy(base + i, 1);
      i++;
    }
  }
}

const isBreak = (raw: string, at: number): boolean => raw[at] === '\n' || (raw[at] === '\r' && raw[at + 1] === '\n');

/** Folds the breaks from the one at `at` on; `from` is where the blanks before it start. Returns where to go on. */
function foldBreaks(raw: string, base: number, at: number, from: number, pieces: PieceBuilder): number {
  const breaks: number[] = [];
  let i = at;
  for (; isBlank(raw[i]) || isBreak(raw, i); i++) if (raw[i] === '\n') breaks.push(i);
  writeFold(base, from, breaks, pieces);
  return i;
}

/** Reads the escape at `at` and returns where to go on. */
function readEscape(raw: string, base: number, at: number, pieces: PieceBuilder): number {
  const next = raw[at + 1] as string;
  const simple = escapes[next];
  if (simple !== undefined) {
    pieces.replace(base + at, base + at + 2, simple);
    return at + 2;
  }
  if (isBreak(raw, at + 1)) {
    let i = at + (next === '\n' ? 2 : 3);
    while (isBlank(raw[i])) i++;
    return i;
  }
  const digits = hexLength[next];
  if (digits === undefined) {
    pieces.copy(base + at, 2);
    return at + 2;
  }
  const end = at + 2 + digits;
  const hex = raw.slice(at + 2, end);
  const code = hex.length === digits && /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : -1;
  if (code >= 0 && code <= 0x10ffff) pieces.replace(base + at, base + end, String.fromCodePoint(code));
  else pieces.copy(base + at, Math.min(end, raw.length) - at);
  return end;
}
