import type { Span } from '../text/span.ts';

/** Where an offset stands inside a flow collection: JSON, or `{ … }` and `[ … ]` in YAML, as far as it is written. */
export interface FlowPosition {
  /** From the start of the flow collection: for a key the map it would be in, for a value the place it would have. */
  readonly path: readonly (string | number)[];
  readonly kind: 'key' | 'value';
  /** The other keys of the map that a key would be in. */
  readonly keys: ReadonlySet<string>;
  /** What stands there already, without its quotes; empty at the offset where nothing does. */
  readonly token: Span;
  readonly quote: '' | '"' | "'";
  /** False for a string that does not end on its line. */
  readonly closed: boolean;
  /** True for a key that a colon follows. */
  readonly hasColon: boolean;
  /** Where a comma is missing before it, behind the element before. */
  readonly commaBefore: number | undefined;
  /** True where something follows that needs a comma after this. */
  readonly commaAfter: boolean;
  /** Where the collection ends, or where its text does. */
  readonly end: number;
}

interface Frame {
  readonly map: boolean;
  state: 'key' | 'colon' | 'value' | 'comma';
  key: string;
  index: number;
  readonly keys: string[];
  /** Where the last element ended. */
  last: number;
}

interface Token {
  readonly type: '{' | '}' | '[' | ']' | ',' | ':' | 'scalar';
  readonly start: number;
  readonly end: number;
  readonly quote: '' | '"' | "'";
  readonly closed: boolean;
}

type Draft = { -readonly [K in keyof FlowPosition]: FlowPosition[K] } & { frame: Frame | undefined };

/**
 * Reads the flow collection at `start` token by token, forgiving whatever is missing, and says where `offset` stands in
 * it; `undefined` where the collection ends before it. `blockIndent` is the indentation of the line it starts on, for
 * flow inside block YAML: a line that is not indented more and starts with a key ends a collection left open.
 */
export function scanFlow(text: string, start: number, offset: number, blockIndent?: number): FlowPosition | undefined {
  const textEnd = stopOf(text, start, blockIndent);
  const stack: Frame[] = [];
  let found: Draft | undefined;
  let awaitsNext = false;
  let at = start;
  for (;;) {
    const token = nextToken(text, at, textEnd);
    const stop = token?.start ?? textEnd;
    if (!found && offset <= stop && (stack.length > 0 || token === undefined)) {
      // Between tokens. A string is entered behind its quote, a plain scalar touched on either side.
      if (!(token?.type === 'scalar' && token.quote === '' && offset === token.start)) {
        found = position(stack, { start: offset, end: offset }, '', true);
        awaitsNext = true;
      }
    }
    if (!token) {
      if (found) found.end = stop;
      break;
    }
    if (!found && token.type === 'scalar' && inside(token, offset)) {
      const quoted = token.quote === '' ? 0 : 1;
      const span = { start: token.start + quoted, end: token.end - (token.closed ? quoted : 0) };
      found = position(stack, span, token.quote, token.closed);
      awaitsNext = true;
    } else if (found && awaitsNext) {
      awaitsNext = false;
      if (token.type === ':') found.hasColon = found.kind === 'key';
      else found.commaAfter = token.type === 'scalar' || token.type === '{' || token.type === '[';
    }
    advance(stack, token, text);
    at = token.end;
    if (stack.length === 0) {
      if (found) found.end = at;
      if (!found && offset < at) found = position(stack, { start: offset, end: offset }, '', true);
      break;
    }
  }
  if (!found) return undefined;
  const { frame, ...result } = found;
  const own = result.kind === 'key' ? text.slice(result.token.start, result.token.end) : undefined;
  const keys = new Set(frame?.keys);
  if (own !== undefined) keys.delete(own);
  return { ...result, keys };
}

const inside = (token: Token, offset: number): boolean =>
  token.quote === ''
    ? token.start <= offset && offset <= token.end
    : token.start < offset && (token.closed ? offset < token.end : offset <= token.end);

function position(stack: readonly Frame[], token: Span, quote: Token['quote'], closed: boolean): Draft {
  const frame = stack[stack.length - 1];
  const kind = !frame?.map || frame.state === 'colon' || frame.state === 'value' ? 'value' : 'key';
  const path: (string | number)[] = stack.slice(0, -1).map((f) => (f.map ? f.key : f.index));
  if (frame && !frame.map) path.push(frame.index + (frame.state === 'comma' ? 1 : 0));
  else if (frame && kind === 'value') path.push(frame.key);
  return {
    path,
    kind,
    keys: new Set(),
    token,
    quote,
    closed,
    hasColon: false,
    commaBefore: frame?.state === 'comma' ? frame.last : undefined,
    commaAfter: false,
    end: token.end,
    frame,
  };
}

function advance(stack: Frame[], token: Token, text: string): void {
  const frame = stack[stack.length - 1];
  switch (token.type) {
    case '{':
    case '[':
      if (frame) startElement(frame);
      stack.push({
        map: token.type === '{',
        state: token.type === '{' ? 'key' : 'value',
        key: '',
        index: 0,
        keys: [],
        last: token.end,
      });
      return;
    case '}':
    case ']': {
      stack.pop();
      const outer = stack[stack.length - 1];
      if (outer) endElement(outer, token.end);
      return;
    }
    case ',':
      if (!frame) return;
      if (!frame.map) frame.index++;
      frame.state = frame.map ? 'key' : 'value';
      frame.last = token.end;
      return;
    case ':':
      if (frame?.map) frame.state = 'value';
      return;
    case 'scalar':
      if (!frame) return;
      if (frame.map && (frame.state === 'key' || frame.state === 'comma' || frame.state === 'colon')) {
        const quoted = token.quote === '' ? 0 : 1;
        frame.key = text.slice(token.start + quoted, token.end - (token.closed ? quoted : 0));
        frame.keys.push(frame.key);
        frame.state = 'colon';
        frame.last = token.end;
        return;
      }
      startElement(frame);
      endElement(frame, token.end);
  }
}

/** A second element without a comma between: as if there were one. */
function startElement(frame: Frame): void {
  if (!frame.map && frame.state === 'comma') frame.index++;
}

function endElement(frame: Frame, end: number): void {
  frame.state = 'comma';
  frame.last = end;
}

const PUNCTUATION = '{}[],:';

function nextToken(text: string, from: number, stop: number): Token | undefined {
  let at = from;
  while (at < stop) {
    const c = text[at] as string;
    if (c === '#' && (at === 0 || /\s/.test(text[at - 1] as string))) {
      while (at < stop && text[at] !== '\n') at++;
    } else if (/\s/.test(c)) at++;
    else break;
  }
  if (at >= stop) return undefined;
  const c = text[at] as string;
  if (c === ':' && !isColon(text, at)) return plainToken(text, at, stop);
  if (PUNCTUATION.includes(c)) return { type: c as ':', start: at, end: at + 1, quote: '', closed: true };
  return c === '"' || c === "'" ? stringToken(text, at, stop, c) : plainToken(text, at, stop);
}

/** In JSON a colon may touch its value; in YAML a plain word such as `oci://` goes on behind one. */
const isColon = (text: string, at: number): boolean => {
  const before = text[at - 1];
  return before === '"' || before === "'" || /[\s,[\]{}"']/.test(text[at + 1] ?? ' ');
};

function stringToken(text: string, start: number, stop: number, quote: '"' | "'"): Token {
  let at = start + 1;
  while (at < stop && text[at] !== '\n' && text[at] !== '\r') {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return { type: 'scalar', start, end: at + 1, quote, closed: true };
    }
    at++;
  }
  return { type: 'scalar', start, end: Math.min(at, stop), quote, closed: false };
}

function plainToken(text: string, start: number, stop: number): Token {
  let at = start + 1;
  while (at < stop && !/[\n\r,[\]{}]/.test(text[at] as string)) {
    if (text[at] === ':' && isColon(text, at)) break;
    if (text[at] === '#' && /\s/.test(text[at - 1] as string)) break;
    at++;
  }
  let end = at;
  while (end > start + 1 && /\s/.test(text[end - 1] as string)) end--;
  return { type: 'scalar', start, end, quote: '', closed: true };
}

/** Where the collection is cut off: at a line of block YAML that is not inside it, or at the end. */
function stopOf(text: string, from: number, blockIndent: number | undefined): number {
  if (blockIndent === undefined) return text.length;
  const pattern = new RegExp(`\\n {0,${blockIndent}}(?:- |[\\w./-]+:(?:\\s|$))`, 'g');
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match ? match.index + 1 : text.length;
}
