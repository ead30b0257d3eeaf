import type { Span } from '../text/span.ts';

/** The first syntax error of a JSON text as Go's `encoding/json` reports it. */
export interface GoJsonError {
  /** The text of Go's `SyntaxError`, word for word. */
  readonly message: string;
  /** Go's `SyntaxError.Offset`: the number of UTF-8 bytes read, the offending one included. */
  readonly byteOffset: number;
  /** The offending character in UTF-16 offsets; empty, at the end of the text, where the text ends too early. */
  readonly span: Span;
}

/**
 * Checks a text as `json.Unmarshal` does before it decodes anything; `undefined` if it is valid JSON. The wording and
 * the point of failure are those of https://github.com/golang/go/blob/go1.24.0/src/encoding/json/scanner.go, which has
 * two ways of its own: it reads bytes, so that a character outside ASCII is named by its first byte, and it meets the
 * end of the text as a blank, so that an unfinished literal is told as `invalid character ' ' in literal true`.
 * Linear; nothing nests on the stack.
 */
export function checkGoJson(text: string): GoJsonError | undefined {
  const scanner = goScanner();
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    const width = code > 0xffff ? 2 : 1;
    const first = firstByte(code);
    const context = scanner(first);
    if (context !== undefined) {
      return { message: invalid(first, context), byteOffset: bytes + 1, span: { start: i, end: i + width } };
    }
    bytes += byteLength(code);
    i += width - 1;
  }
  const context = scanner(undefined);
  if (context === undefined) return undefined;
  const message = context === '' ? 'unexpected end of JSON input' : invalid(space, context);
  return { message, byteOffset: bytes, span: { start: text.length, end: text.length } };
}

const invalid = (byte: number, context: string): string => `invalid character ${quoteByte(byte)} ${context}`;

const byteLength = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** The first byte of a character in UTF-8, where half a surrogate pair is written as U+FFFD. */
function firstByte(code: number): number {
  if (code < 0x80) return code;
  if (code >= 0xd800 && code < 0xe000) return 0xef;
  if (code < 0x800) return 0xc0 | (code >> 6);
  return code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
}

const shortEscapes: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  39: "\\'",
  92: '\\\\',
};

/** A byte in Go's quotes. First bytes of UTF-8 are all shown as the Latin-1 character of their number. */
function quoteByte(byte: number): string {
  const short = shortEscapes[byte];
  if (short !== undefined) return `'${short}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  return `'${String.fromCharCode(byte)}'`;
}

const space = 0x20;
const maxDepth = 10_000;

type State =
  | 'value'
  | 'value or ]'
  | 'key'
  | 'key or }'
  | 'after value'
  | 'string'
  | 'escape'
  | 'hex'
  | 'minus'
  | 'zero'
  | 'digits'
  | 'point'
  | 'fraction'
  | 'e'
  | 'sign'
  | 'exponent'
  | 'literal';

const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

const isSpace = (c: number): boolean => c === 32 || c === 9 || c === 13 || c === 10;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isHex = (c: number): boolean => isDigit(c) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);

/**
 * A scanner fed with bytes (of a character outside ASCII only the first) and at the end with `undefined`. It answers
 * with what follows the character in the error message, `''` for an early end, `undefined` if all is well.
 */
function goScanner(): (byte: number | undefined) => string | undefined {
  let state: State = 'value';
  /** What is open: `k` an object before the colon, `v` an object behind it, `a` an array. */
  const open: ('k' | 'v' | 'a')[] = [];
  let literal = '';
  let read = 0;

  const enter = (next: State): undefined => {
    state = next;
    return undefined;
  };
  const begin = (kind: 'k' | 'a', next: State): string | undefined => {
    open.push(kind);
    return open.length > maxDepth ? 'exceeded max depth' : enter(next);
  };
  const close = (): undefined => {
    open.pop();
    return enter('after value');
  };

  const value = (c: number, char: string): string | undefined => {
    if (char === '{') return begin('k', 'key or }');
    if (char === '[') return begin('a', 'value or ]');
    if (char === '"') return enter('string');
    if (char === '-') return enter('minus');
    if (char === '0') return enter('zero');
    if (isDigit(c)) return enter('digits');
    const word = literals[char];
    if (word === undefined) return 'looking for beginning of value';
    literal = word;
    read = 1;
    return enter('literal');
  };
  const afterValue = (c: number, char: string): string | undefined => {
    const top = open.at(-1);
    if (isSpace(c)) return enter('after value');
    if (top === undefined) return 'after top-level value';
    if (top === 'k') {
      if (char !== ':') return 'after object key';
      open[open.length - 1] = 'v';
      return enter('value');
    }
    if (top === 'v') {
      if (char === '}') return close();
      if (char !== ',') return 'after object key:value pair';
      open[open.length - 1] = 'k';
      return enter('key');
    }
    if (char === ']') return close();
    return char === ',' ? enter('value') : 'after array element';
  };
  const number = (c: number, char: string): string | undefined => {
    if (isDigit(c) && state !== 'zero') return undefined;
    if (char === '.' && (state === 'zero' || state === 'digits')) return enter('point');
    if ((char === 'e' || char === 'E') && state !== 'exponent') return enter('e');
    return afterValue(c, char);
  };

  const step = (c: number): string | undefined => {
    const char = String.fromCharCode(c);
    switch (state) {
      case 'value':
        return isSpace(c) ? undefined : value(c, char);
      case 'value or ]':
        if (isSpace(c)) return undefined;
        return char === ']' ? close() : value(c, char);
      case 'key or }':
      case 'key':
        if (isSpace(c)) return undefined;
        if (char === '}' && state === 'key or }') return close();
        return char === '"' ? enter('string') : 'looking for beginning of object key string';
      case 'after value':
        return afterValue(c, char);
      case 'string':
        if (char === '"') return enter('after value');
        if (char === '\\') return enter('escape');
        return c < space ? 'in string literal' : undefined;
      case 'escape':
        read = 0;
        if (char === 'u') return enter('hex');
        return '"\\/bfnrt'.includes(char) ? enter('string') : 'in string escape code';
      case 'hex':
        if (!isHex(c)) return 'in \\u hexadecimal character escape';
        return ++read === 4 ? enter('string') : undefined;
      case 'minus':
        if (!isDigit(c)) return 'in numeric literal';
        return enter(char === '0' ? 'zero' : 'digits');
      case 'zero':
      case 'digits':
      case 'fraction':
      case 'exponent':
        return number(c, char);
      case 'point':
        return isDigit(c) ? enter('fraction') : 'after decimal point in numeric literal';
      case 'e':
        if (char === '+' || char === '-') return enter('sign');
        return isDigit(c) ? enter('exponent') : 'in exponent of numeric literal';
      case 'sign':
        return isDigit(c) ? enter('exponent') : 'in exponent of numeric literal';
      case 'literal':
        if (char !== literal[read]) return `in literal ${literal} (expecting '${literal[read]}')`;
        return ++read === literal.length ? enter('after value') : undefined;
    }
  };
  return (byte) => {
    if (byte !== undefined) return step(byte);
    const context = step(space);
    if (context !== undefined) return context;
    return state === 'after value' && open.length === 0 ? undefined : '';
  };
}
