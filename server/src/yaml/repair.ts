import type { Span } from '../text/span.ts';
import { endOfLine, startOfLine } from './edits.ts';
import { type FlowPosition, scanFlow } from './flow-scan.ts';

/** Stands in a repaired text for what is being typed: one character of the private use area, a plain scalar in YAML. */
export const MARKER = '\ue0c0';

/** What stands at an offset of a document that is being typed, and a text that can be parsed all the same. */
export interface Typing {
  /** The text with MARKER in place of what is being typed: as a key with a value to come, or as a value. */
  readonly repaired: string;
  /** `key` may also turn out to be an item of a sequence, or a value on a line of its own. */
  readonly kind: 'key' | 'value';
  /** What would be replaced, in offsets of the text; quotes excluded. */
  readonly replace: Span;
  readonly quote: '' | '"' | "'";
  /** A quote to add behind what is inserted, as the one that was opened does not end. */
  readonly close: string;
  /** To insert before it: a blank behind a colon. */
  readonly lead: string;
  /** The column that what is inserted starts at, `lead` included. */
  readonly column: number;
  /** The column of the key that is, or has, what is inserted: further lines are indented from there. */
  readonly base: number;
  /** True for a key that has its colon. */
  readonly hasColon: boolean;
  /** True where a value stands on the line of its key, so that a map or sequence would need a line break. */
  readonly inline: boolean;
  /** Set inside a flow collection; MARKER then stands for the whole collection. */
  readonly flow: FlowPosition | undefined;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#'"{}[\],&*!|>%@`?-][^#]*?|[?-][^\s#][^#]*?)[ \t]*:(?=[ \t]|$)/;

/**
 * Reads the line at the cursor and repairs it. Works on the text alone, so that it does not matter how the parser gets
 * on with the line. `undefined` where nothing can be completed: in comments, in block scalars, on a block's header.
 */
export function typingAt(text: string, offset: number): Typing | undefined {
  const lineStart = startOfLine(text, offset);
  const lineEnd = contentEndOfLine(text, offset);
  const line = text.slice(lineStart, lineEnd);
  const cursor = offset - lineStart;
  const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  if (line.length > MAX_LINE || (line.includes('\t') && /^ *\t/.test(line))) return undefined;

  const flow = flowAround(text, lineStart, offset);
  if (flow) return flow;
  // A line that is still empty is where the next one with content is, if that is indented more.
  const column = blanks === line.length ? Math.max(cursor, nextIndent(text, lineStart)) : blanks;
  if (insideBlockScalar(text, lineStart, column)) return undefined;
  if (blanks === line.length || cursor < blanks)
    return cursor < blanks && blanks < line.length ? undefined : blankLine(text, lineStart, lineEnd, cursor);

  const dashes = /^(?:-[ \t]+)*/.exec(line.slice(blanks))?.[0].length ?? 0;
  let start = blanks + dashes;
  // A lone dash at the end of the line.
  if (start === line.length - 1 && line[start] === '-') {
    if (cursor <= start) return undefined;
    return key(text, { start: lineStart + line.length, end: lineStart + line.length }, line.length + 1, ' ', '', '');
  }
  if (cursor < start) return undefined;
  if (line.startsWith('---') && blanks === 0) {
    if (cursor < 4) return undefined;
    start = 4;
  }
  const rest = line.slice(start);
  const match = KEY.exec(rest);
  if (!match) return word(text, lineStart, line, start, cursor);
  const name = match[1] as string;
  const colon = start + match[0].length - 1;
  if (cursor <= start + name.length) {
    const quote = name[0] === '"' || name[0] === "'" ? name[0] : '';
    const span = { start: lineStart + start + quote.length, end: lineStart + start + name.length - quote.length };
    if (quote && (offset < span.start || offset > span.end)) return undefined;
    const repaired = text.slice(0, lineStart + start) + MARKER + text.slice(lineStart + start + name.length);
    return { ...PLAIN, repaired, kind: 'key', replace: span, quote, column: start, base: start, hasColon: true };
  }
  if (cursor <= colon) return undefined;
  return value(text, lineStart, line, colon + 1, cursor);
}

const PLAIN = { quote: '', close: '', lead: '', hasColon: false, inline: false, flow: undefined } as const;

function key(text: string, span: Span, column: number, lead: string, quote: '' | '"' | "'", close: string): Typing {
  const from = span.start - quote.length;
  const repaired = `${text.slice(0, from)}${lead}${MARKER}: ${text.slice(span.end + (quote && !close ? 1 : 0))}`;
  return { ...PLAIN, repaired, kind: 'key', replace: span, quote, close, lead, column, base: column };
}

/** A line, or the item of a sequence, without a colon: a key being typed, an item, or a value below its key. */
function word(text: string, lineStart: number, line: string, start: number, cursor: number): Typing | undefined {
  const comment = commentStart(line, start);
  if (comment !== undefined && cursor > comment) return undefined;
  const end = line.slice(0, comment).trimEnd().length;
  const first = line[start];
  if (first === '"' || first === "'") {
    const close = closingQuote(line, start, first);
    if (close !== undefined && cursor > close) return undefined;
    if (cursor === start) return undefined;
    const span = { start: lineStart + start + 1, end: lineStart + (close ?? Math.max(end, cursor)) };
    return key(text, span, start, '', first, close === undefined ? first : '');
  }
  if (first !== undefined && '|>&*!#%@`'.includes(first)) return undefined;
  return key(text, { start: lineStart + start, end: lineStart + Math.max(end, cursor) }, start, '', '', '');
}

function value(text: string, lineStart: number, line: string, afterColon: number, cursor: number): Typing | undefined {
  const blanks = /^[ \t]*/.exec(line.slice(afterColon))?.[0].length ?? 0;
  const start = afterColon + blanks;
  const comment = commentStart(line, afterColon);
  if (comment !== undefined && cursor > comment) return undefined;
  const end = line.slice(0, comment).trimEnd().length;
  const first = line[start];
  const empty = end <= afterColon;
  if (!empty && first !== undefined && '|>&*!%@`'.includes(first)) return undefined;
  // What is indented more on the next lines is the value, or goes on with it.
  if (nextIndent(text, lineStart) > keyColumn(line)) return undefined;
  if (!empty && (first === '"' || first === "'") && cursor > start) {
    const close = closingQuote(line, start, first);
    if (close !== undefined && cursor > close) return undefined;
    const span = { start: lineStart + start + 1, end: lineStart + (close ?? Math.max(end, cursor)) };
    const repaired =
      text.slice(0, lineStart + start) + MARKER + text.slice(close === undefined ? span.end : span.end + 1);
    return {
      ...PLAIN,
      repaired,
      kind: 'value',
      replace: span,
      quote: first,
      close: close === undefined ? first : '',
      column: start + 1,
      base: keyColumn(line),
      inline: true,
    };
  }
  if (!empty && cursor < start) return undefined;
  const from = empty ? cursor : start;
  const lead = empty && cursor === afterColon ? ' ' : '';
  const span = { start: lineStart + from, end: lineStart + (empty ? cursor : Math.max(end, cursor)) };
  const gap = from === afterColon ? ' ' : '';
  const repaired = text.slice(0, span.start) + gap + MARKER + text.slice(span.end);
  return {
    ...PLAIN,
    repaired,
    kind: 'value',
    replace: span,
    column: from + lead.length,
    base: keyColumn(line),
    lead,
    inline: true,
  };
}

/** The column of the key of a line, behind its dashes. */
const keyColumn = (line: string): number => /^[ \t]*(?:-[ \t]+)*/.exec(line)?.[0].length ?? 0;

/** An empty line: its place follows from the column of the cursor and from what is above and below. */
function blankLine(text: string, lineStart: number, lineEnd: number, cursor: number): Typing | undefined {
  const above = lineAbove(text, lineStart);
  const columns: number[] = [0];
  let item: number | undefined;
  let column = 0;
  if (above) {
    const own = keyColumn(above.line);
    const opens = /(?::|^[ \t]*-)[ \t]*(?:#.*)?$/.test(above.line) || /:[ \t]+[&!][^\s]*[ \t]*$/.test(above.line);
    for (
      let line: Line | undefined = above, limit = Number.POSITIVE_INFINITY;
      line;
      line = lineAbove(text, line.start)
    ) {
      const at = indentOf(line.line);
      if (at >= limit) continue;
      limit = at;
      columns.push(keyColumn(line.line));
      if (/^[ \t]*-(?:[ \t]|$)/.test(line.line) && item === undefined && at === cursor) item = at;
      if (at === 0) break;
    }
    if (opens && cursor > own) column = cursor;
    else {
      column = Math.max(...columns.filter((c) => c <= cursor));
      if (item === cursor && cursor !== column) column = cursor;
    }
    // What is below and indented more must not be cut off from what it belongs to.
    const next = nextIndent(text, lineStart);
    if (next > column) {
      column = next;
      item = undefined;
    } else if (opens && cursor > own && next > own) column = next;
  }
  const isItem = item !== undefined && column === item && !columns.includes(column);
  const start = lineStart + Math.min(cursor, column);
  const pad = ' '.repeat(Math.max(0, column - cursor));
  const lead = pad + (isItem ? '- ' : '');
  const repaired = `${text.slice(0, lineStart)}${' '.repeat(column)}${isItem ? '- ' : ''}${MARKER}: ${text.slice(lineEnd)}`;
  return {
    ...PLAIN,
    repaired,
    kind: 'key',
    replace: { start, end: lineStart + cursor },
    lead,
    column: column + (isItem ? 2 : 0),
    base: column + (isItem ? 2 : 0),
  };
}

interface Line {
  readonly start: number;
  readonly line: string;
}

/** The nearest line above that is neither empty nor a comment. */
function lineAbove(text: string, from: number): Line | undefined {
  let end = from;
  while (end > 0) {
    const start = startOfLine(text, Math.max(0, end - (text[end - 2] === '\r' && text[end - 1] === '\n' ? 2 : 1)));
    const line = text.slice(start, end).replace(/[\r\n]+$/, '');
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line) || line.startsWith('%')) return undefined;
    if (!/^[ \t]*(?:#|$)/.test(line)) return { start, line };
    end = start;
  }
  return undefined;
}

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** The indentation of the next line with content, -1 at the end. */
function nextIndent(text: string, lineStart: number): number {
  for (let at = endOfLine(text, lineStart); at < text.length; at = endOfLine(text, at)) {
    const line = text.slice(at, contentEndOfLine(text, at));
    if (!/^[ \t]*(?:#|$)/.test(line)) return indentOf(line);
  }
  return -1;
}

function contentEndOfLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** Where a comment starts in a line, quoted scalars passed over. */
function commentStart(line: string, from: number): number | undefined {
  let quote = '';
  for (let at = from; at < line.length; at++) {
    const c = line[at] as string;
    if (quote) {
      if (c === '\\' && quote === '"') at++;
      else if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && /[\s:,[{(-]/.test(line[at - 1] ?? ' ')) quote = c;
    else if (c === '#' && /\s/.test(line[at - 1] ?? ' ')) return at;
  }
  return undefined;
}

function closingQuote(line: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < line.length; at++) {
    if (quote === '"' && line[at] === '\\') at++;
    else if (line[at] === quote) {
      if (quote === "'" && line[at + 1] === "'") at++;
      else return at;
    }
  }
  return undefined;
}

const HEADER = /(?:^|[ \t])[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?$/;

/** True where a line with content at `column` belongs to a block scalar above it. */
export function insideBlockScalar(text: string, lineStart: number, column: number): boolean {
  let limit = column;
  for (let line = lineAboveRaw(text, lineStart); line; line = lineAboveRaw(text, line.start)) {
    if (/^[ \t]*(?:#|$)/.test(line.line)) continue;
    const indent = indentOf(line.line);
    if (indent >= limit) continue;
    if (HEADER.test(line.line)) return keyColumn(line.line) < column;
    if (indent === 0) return false;
    // An ancestor that is no header may itself be content of a scalar further up.
    limit = indent;
  }
  return false;
}

function lineAboveRaw(text: string, from: number): Line | undefined {
  if (from <= 0) return undefined;
  const end = from - (text[from - 2] === '\r' && text[from - 1] === '\n' ? 2 : 1);
  const start = startOfLine(text, Math.max(0, end));
  return { start, line: text.slice(start, Math.max(start, end)) };
}

const FLOW_START =
  /^[ \t]*(?:---[ \t]+)?(?:-[ \t]+)*(?:(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#'"{}[\],&*!|>%@`][^#{}[\]]*?)[ \t]*:[ \t]+)?(?=[{[])/;
/** Longer lines are not looked at: nobody types there, and patterns take their time. */
const MAX_LINE = 2_000;
/** Flow collections longer than this are not looked for their start. */
const MAX_FLOW_LINES = 400;

/** The outermost flow collection around an offset, by its first line; `undefined` where there is none. */
function flowAround(text: string, lineStart: number, offset: number): Typing | undefined {
  const root = /^(?:\ufeff|[ \t\r\n]|#[^\n]*\n|---(?=[ \t\r\n]))*(?=[{[])(?!\{\{)/.exec(text)?.[0].length;
  if (root !== undefined) {
    const flow = root < offset ? scanFlow(text, root, offset) : undefined;
    return flow && holds(text, flow, offset) ? inFlow(text, root, flow, offset) : undefined;
  }
  let found: Typing | undefined;
  let start = lineStart;
  for (let i = 0; i < MAX_FLOW_LINES; i++) {
    const line = text.slice(start, Math.min(start + MAX_LINE, contentEndOfLine(text, start)));
    const match = FLOW_START.exec(line);
    const from = start + (match?.[0].length ?? 0);
    // `{{ … }}` is a template.
    if (match && from < offset && !text.startsWith('{{', from)) {
      const flow = scanFlow(text, from, offset, indentOf(line));
      if (flow && holds(text, flow, offset) && !insideBlockScalar(text, start, indentOf(line)))
        found = inFlow(text, from, flow, offset);
    }
    const above = start === 0 ? undefined : lineAboveRaw(text, start);
    if (!above || /^(?:---|\.\.\.)(?:\s|$)/.test(above.line)) break;
    start = above.start;
  }
  return found;
}

const holds = (text: string, flow: FlowPosition, offset: number): boolean =>
  offset <= flow.end && !(offset === flow.end && /[}\]]/.test(text[offset - 1] ?? ''));

function inFlow(text: string, from: number, flow: FlowPosition, offset: number): Typing {
  const repaired = `${text.slice(0, from)}${MARKER}${text.slice(Math.max(flow.end, offset))}`;
  const lineStart = startOfLine(text, flow.token.start);
  const column = flow.token.start - lineStart;
  return {
    ...PLAIN,
    repaired,
    kind: flow.kind,
    replace: flow.token,
    quote: flow.quote,
    close: flow.closed ? '' : flow.quote,
    column,
    base: Math.min(column, indentOf(text.slice(lineStart, lineStart + column + 1))),
    hasColon: flow.hasColon,
    inline: true,
    flow,
  };
}
