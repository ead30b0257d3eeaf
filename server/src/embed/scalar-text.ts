/** What the styles of a YAML scalar can hold, and how a text is written in them. */

/**
 * Characters a scalar shows only as escapes: controls (a carriage return too), and what YAML 1.1 parsers, which most
 * tools for Kubernetes are, take for a line break or refuse.
 */
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

export const isPrintable = (text: string): boolean => !unprintable.test(text);

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
};

/** The text between double quotes, on one line. */
export function escapeDouble(text: string): string {
  return text.replace(/["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu, (c) => {
    const short = shortEscapes[c];
    if (short !== undefined) return short;
    const code = c.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A line break folds to a blank, so that n of them take n + 1; `indent` starts the line behind them. */
export const unfoldBreaks = (text: string, eol: string, indent: string): string =>
  text.replace(/\n+/g, (breaks) => eol.repeat(breaks.length + 1) + indent);

export const escapeSingle = (text: string, eol: string, indent: string): string =>
  unfoldBreaks(text.replaceAll("'", "''"), eol, indent);

/** Whether `raw` ends with the closing quote of the single-quoted scalar it starts with. */
export function isSingleQuoted(raw: string): boolean {
  if (raw.length < 2 || !raw.startsWith("'") || !raw.endsWith("'")) return false;
  return !raw.slice(1, -1).replaceAll("''", '').includes("'") && !hasMarkerLine(raw);
}

/** Whether `raw` ends with the closing quote of the double-quoted scalar it starts with. */
export function isDoubleQuoted(raw: string): boolean {
  if (raw.length < 2 || !raw.startsWith('"')) return false;
  let i = 1;
  while (i < raw.length && raw[i] !== '"') i += raw[i] === '\\' ? 2 : 1;
  return i === raw.length - 1 && !hasMarkerLine(raw);
}

/** Whether `raw` is read as one plain scalar; `inFlow` where it may stand between brackets. */
export function isPlain(raw: string, inFlow: boolean): boolean {
  if (!/^(?:[^\s,[\]{}#&*!|>'"%@`?:-]|[?:-](?=\S))/.test(raw)) return false;
  if (inFlow && /[,[\]{}]/.test(raw)) return false;
  if (/:(?:\s|$)|\s#|\s$/.test(raw)) return false;
  return !/^(?:---|\.\.\.)(?:\s|$)/.test(raw) && !hasMarkerLine(raw);
}

const hasMarkerLine = (raw: string): boolean => /\n(?:---|\.\.\.)(?:\s|$)/.test(raw);

const otherTypes = [
  /^(?:~|null|Null|NULL|<<|=)?$/,
  /^(?:y|n|yes|no|on|off|true|false)$/i,
  /^[-+]?(?:[0-9][0-9_]*|0o[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)$/,
  /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
  /^(?:[-+]?\.inf|\.nan)$/i,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?$/,
];

/** Whether a plain scalar of this text may be read as something else than a string, by YAML 1.1 or 1.2. */
export const isOtherType = (text: string): boolean => otherTypes.some((pattern) => pattern.test(text));

/** The line break in use around `offset`. */
export function lineBreakAt(source: string, offset: number): '\n' | '\r\n' {
  const next = source.indexOf('\n', offset);
  const at = next < 0 ? source.lastIndexOf('\n', offset) : next;
  return at > 0 && source[at - 1] === '\r' ? '\r\n' : '\n';
}
