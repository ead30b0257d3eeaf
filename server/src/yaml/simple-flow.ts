import { type Collection, closingQuote, isQuote, makePlain, quotedScalar, SPACE } from './simple-scalars.ts';
import type { Entry, MapNode, Node, ScalarNode, SeqNode, Tree } from './tree.ts';

const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const MAX_DEPTH = 20;

export const opensFlow = (c: number): boolean => c === OPEN_BRACE || c === OPEN_BRACKET;

/** A flow collection on one line, made of simple words, quoted scalars and such collections; `undefined` for any other. */
export function parseFlow(tree: Tree, parent: Collection, at: number, depth = 0): Node | undefined {
  const { text } = tree;
  const isMap = text.charCodeAt(at) === OPEN_BRACE;
  // `{{ value }}` is a template, which is for others to make out.
  if (depth > MAX_DEPTH || (isMap && text.charCodeAt(at + 1) === OPEN_BRACE)) return undefined;
  const close = isMap ? CLOSE_BRACE : CLOSE_BRACKET;
  const span = { start: at, end: 0 };
  const entries: Entry[] = [];
  const items: Node[] = [];
  const base = { tree, span, parent, damaged: false, synthetic: false, anchor: undefined, tag: undefined };
  const map: MapNode = { ...base, kind: 'map', flow: true, entries };
  const seq: SeqNode = { ...base, kind: 'seq', flow: true, items };
  let i = at + 1;
  const skipSpaces = (): number => {
    while (text.charCodeAt(i) === SPACE) i++;
    return text.charCodeAt(i);
  };
  const node = (collection: Collection): Node | undefined =>
    opensFlow(text.charCodeAt(i)) ? parseFlow(tree, collection, i, depth + 1) : flowScalar(tree, collection, i);
  for (let first = true; ; first = false) {
    if (skipSpaces() === close) {
      // A comma before the end is allowed, and rare.
      if (!first) return undefined;
      break;
    }
    if (isMap) {
      const key = flowScalar(tree, map, i);
      if (!key || text.charCodeAt(key.span.end) !== COLON || text.charCodeAt(key.span.end + 1) !== SPACE)
        return undefined;
      i = key.span.end + 1;
      skipSpaces();
      const value = node(map);
      if (!value) return undefined;
      entries.push({ key, value, map });
      i = value.span.end;
    } else {
      const item = node(seq);
      if (!item) return undefined;
      items.push(item);
      i = item.span.end;
    }
    const next = skipSpaces();
    if (next === close) break;
    if (next !== COMMA) return undefined;
    i++;
  }
  span.end = i + 1;
  return isMap ? map : seq;
}

/** Words without anything that means something in some place. */
const WORDS = /[A-Za-z0-9_./$+-](?:[A-Za-z0-9_./$+=@()*-]|:(?=[A-Za-z0-9_./-])| (?=[A-Za-z0-9_./$(]))*/y;

function flowScalar(tree: Tree, parent: Collection, at: number): ScalarNode | undefined {
  const { text } = tree;
  if (isQuote(text.charCodeAt(at))) {
    const end = closingQuote(text, at);
    return end < 0 ? undefined : quotedScalar(tree, parent, at, end);
  }
  WORDS.lastIndex = at;
  const words = WORDS.exec(text)?.[0];
  if (words === undefined || /^-(?: |$)/.test(words)) return undefined;
  return makePlain(tree, parent, at, at + words.length, words);
}
