import { isGuid } from '../../azure/text-kinds.ts';

/** What `toYaml` writes. Undefined entries and items are left out. */
export type YamlValue = string | number | boolean | undefined | readonly YamlValue[] | YamlMap | Commented | Block;
export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** A value with a comment on the lines above its entry. */
class Commented {
  constructor(
    readonly comment: string,
    readonly value: YamlValue,
  ) {}
}

/** A text written as a literal block. */
class Block {
  constructor(readonly text: string) {}
}

/** Writes `comment` above the entry or item that holds `value`; lines of the comment stay lines. */
export const commented = (comment: string, value: YamlValue): YamlValue => new Commented(comment, value);

/** Writes the text as `|` or `|-`, whichever keeps its end; it must not have blanks at the end of a line. */
export const block = (text: string): YamlValue => new Block(text);

/** The YAML of one document, with a line break at the end and no `---`. */
export const toYaml = (value: YamlValue): string => `${entries(value, 0).join('\n')}\n`;

/** Several documents in one file, undefined ones left out. */
export const documents = (...values: readonly (YamlValue | undefined)[]): string =>
  values
    .filter((value) => value !== undefined)
    .map((value) => toYaml(value))
    .join('---\n');

function entries(value: YamlValue, depth: number): string[] {
  if (value instanceof Commented) return [...commentLines(value.comment, depth), ...entries(value.value, depth)];
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) return value.flatMap((item) => (item === undefined ? [] : itemLines(item, depth)));
  if (isMap(value))
    return Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : entryLines(key, entry, depth)));
  return [`${indent}${inline(value as string | number | boolean)}`];
}

const isMap = (value: YamlValue): value is YamlMap =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Commented) && !(value instanceof Block);

const isEmpty = (value: YamlValue): boolean =>
  Array.isArray(value)
    ? value.every((item) => item === undefined)
    : isMap(value) && Object.values(value).every((entry) => entry === undefined);

function entryLines(key: string, value: YamlValue, depth: number): string[] {
  if (value instanceof Commented)
    return [...commentLines(value.comment, depth), ...entryLines(key, value.value, depth)];
  const head = `${'  '.repeat(depth)}${scalar(key)}:`;
  if (value instanceof Block) return [`${head} ${header(value.text)}`, ...blockLines(value.text, depth + 1)];
  if (isEmpty(value)) return [`${head} ${Array.isArray(value) ? '[]' : '{}'}`];
  if (Array.isArray(value) || isMap(value)) return [head, ...entries(value, depth + 1)];
  return [`${head} ${inline(value as string | number | boolean)}`];
}

function itemLines(item: YamlValue, depth: number): string[] {
  if (item instanceof Commented) return [...commentLines(item.comment, depth), ...itemLines(item.value, depth)];
  const indent = '  '.repeat(depth);
  if (item instanceof Block) return [`${indent}- ${header(item.text)}`, ...blockLines(item.text, depth + 1)];
  const lines = entries(item, depth + 1);
  // The first line moves beside the dash; a comment above it stays a line of its own.
  const first = lines.findIndex((line) => !line.trimStart().startsWith('#'));
  return lines.map((line, i) => (i === first ? `${indent}- ${line.slice(indent.length + 2)}` : line));
}

const commentLines = (comment: string, depth: number): string[] =>
  comment.split('\n').map((line) => `${'  '.repeat(depth)}# ${line}`);

const header = (text: string): string => (text.endsWith('\n') ? '|' : '|-');

const blockLines = (text: string, depth: number): string[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : `${'  '.repeat(depth)}${line}`));

const inline = (value: string | number | boolean): string => (typeof value === 'string' ? scalar(value) : `${value}`);

const PLAIN = /^(?:--)?[A-Za-z0-9_./][A-Za-z0-9_./@~+:=()-]*( [A-Za-z0-9_./@~+:=()-]+)*$/;
const OTHER_TYPE = /^(true|false|yes|no|on|off|y|n|null|~|[-+]?\.?\d[\d_.,:eExXoOa-fA-F+-]*|\.(inf|nan))$/i;

/** A string as a plain scalar where every YAML reader takes it for that string, else in quotes. */
export function scalar(text: string): string {
  if (isGuid(text)) return text;
  if (PLAIN.test(text) && !OTHER_TYPE.test(text) && !/: |:$/.test(text)) return text;
  // Single quotes leave regular expressions and JSON as they are.
  return /["\\]/.test(text) && !/['\p{Cc}]/u.test(text) ? `'${text}'` : JSON.stringify(text);
}
