import { plainValue } from './plain-value.ts';
import type { MapNode, ScalarNode, ScalarStyle, SeqNode, Tree } from './tree.ts';

/* Scalars of the simple subset of YAML that simple-parse.ts reads. Offsets are of the text of the tree. */

export type Collection = MapNode | SeqNode;

export const LF = 10;
export const SPACE = 32;
const DOUBLE = 34;
const SINGLE = 39;
const BACKSLASH = 92;

export const isQuote = (c: number): boolean => c === DOUBLE || c === SINGLE;

export function makeScalar(
  tree: Tree,
  parent: Collection,
  start: number,
  end: number,
  style: ScalarStyle,
  text: string,
  value: ScalarNode['value'] = text,
): ScalarNode {
  return {
    tree,
    span: { start, end },
    parent,
    damaged: false,
    synthetic: false,
    anchor: undefined,
    tag: undefined,
    kind: 'scalar',
    style,
    text,
    value,
  };
}

export const makePlain = (tree: Tree, parent: Collection, start: number, end: number, text: string): ScalarNode =>
  makeScalar(tree, parent, start, end, 'plain', text, plainValue(text));

/** Behind the closing quote of a scalar on one line; -1 where there is none. */
export function closingQuote(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === LF) return -1;
    if (c === BACKSLASH && quote === DOUBLE) i++;
    else if (c === quote) {
      if (quote === SINGLE && text.charCodeAt(i + 1) === SINGLE) i++;
      else return i + 1;
    }
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A scalar in quotes on one line, up to `end`; `undefined` for escapes that are not the plain ones of JSON. */
export function quotedScalar(tree: Tree, parent: Collection, at: number, end: number): ScalarNode | undefined {
  const inner = tree.text.slice(at + 1, end - 1);
  if (tree.text.charCodeAt(at) === SINGLE)
    return makeScalar(tree, parent, at, end, 'single', inner.includes("'") ? inner.replaceAll("''", "'") : inner);
  if (!inner.includes('\\')) return makeScalar(tree, parent, at, end, 'double', inner);
  if (/\\(?!["\\/bfnrt])/.test(inner.replaceAll('\\\\', ''))) return undefined;
  return makeScalar(
    tree,
    parent,
    at,
    end,
    'double',
    inner.replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c),
  );
}

/**
 * A scalar in single quotes over several lines, which must be indented more than `indent`. A line break is a space, each
 * blank line a line break.
 */
export function foldedQuotes(tree: Tree, parent: Collection, at: number, indent: number): ScalarNode | undefined {
  const { text } = tree;
  let end = at + 1;
  for (; text.charCodeAt(end) !== SINGLE || text.charCodeAt(end + 1) === SINGLE; end++) {
    if (end >= text.length) return undefined;
    if (text.charCodeAt(end) === SINGLE) end++;
  }
  const [first = '', ...lines] = text.slice(at + 1, end).split('\n');
  let content = first.trimEnd();
  let blanks = 0;
  for (const [i, line] of lines.entries()) {
    const isLast = i === lines.length - 1;
    const trimmed = line.trimStart();
    if (trimmed !== '' || isLast) {
      // Nothing but the closing quote, or less indented than it has to be.
      if (trimmed === '' || line.length - trimmed.length <= indent) return undefined;
      content += (blanks > 0 ? '\n'.repeat(blanks) : ' ') + (isLast ? trimmed : trimmed.trimEnd());
      blanks = 0;
    } else if (line !== '') return undefined;
    else blanks++;
  }
  if (first.trim() === '') return undefined;
  return makeScalar(tree, parent, at, end + 1, 'single', content.replaceAll("''", "'"));
}

/** A literal block without an explicit indentation, whose content is indented more than `indent`. */
export function literalBlock(tree: Tree, parent: Collection, at: number, indent: number): ScalarNode | undefined {
  const { text } = tree;
  let from = at + 1;
  const chomp = text[from] === '-' || text[from] === '+' ? text[from++] : '';
  if (text.charCodeAt(from) !== LF) return undefined;
  const lines: string[] = [];
  let lineStart = from + 1;
  let column = -1;
  /** Behind the last line that is not blank. */
  let end = -1;
  let blanks = 0;
  while (lineStart < text.length) {
    let i = lineStart;
    while (text.charCodeAt(i) === SPACE) i++;
    const isBlank = i >= text.length || text.charCodeAt(i) === LF;
    // Spaces on a blank line may belong to the content in part.
    if (isBlank && i > lineStart) return undefined;
    if (isBlank) {
      blanks++;
      lineStart = i + 1;
      continue;
    }
    if (column < 0 && i - lineStart > indent) column = i - lineStart;
    if (column < 0 || i - lineStart < column) break;
    for (; blanks > 0; blanks--) lines.push('');
    const lineEnd = text.indexOf('\n', i);
    lines.push(text.slice(lineStart + column, lineEnd < 0 ? text.length : lineEnd));
    end = lineEnd < 0 ? text.length : lineEnd + 1;
    lineStart = end;
  }
  // An empty literal, and blank lines that are kept, have rules of their own.
  if (end < 0 || (chomp === '+' && blanks > 0)) return undefined;
  return makeScalar(tree, parent, at, end, 'literal', lines.join('\n') + (chomp === '-' ? '' : '\n'));
}
