import type { TextEdit } from '../text/edit.ts';
import { entryOf, entry as findEntry } from './navigate.ts';
import type { Entry, MapNode, Node, ScalarNode, SeqNode, Tree } from './tree.ts';

/** Edits of one tree's text. The engine carries them through the strings that hold the tree to the file. */
export interface TreeEdit {
  readonly tree: Tree;
  readonly edits: readonly TextEdit[];
}

/** Plain data that an edit writes. Strings are quoted where YAML would read them otherwise. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

const edit = (tree: Tree, start: number, end: number, newText: string): TreeEdit => ({
  tree,
  edits: [{ span: { start, end }, newText }],
});

export const replaceSource = (node: Node, source: string): TreeEdit =>
  edit(node.tree, node.span.start, node.span.end, source);

/** Inserts text at an offset of the tree. */
export const insertText = (tree: Tree, offset: number, newText: string): TreeEdit =>
  edit(tree, offset, offset, newText);

/** Gives a scalar another string value and keeps its quotes; a plain one gets quotes only where it needs them. */
export function replaceText(node: ScalarNode, value: string): TreeEdit {
  if (node.style === 'double') return replaceSource(node, JSON.stringify(value));
  if (node.style === 'single') return replaceSource(node, `'${value.replaceAll("'", "''")}'`);
  if (isJson(node)) return replaceSource(node, JSON.stringify(value));
  return replaceSource(node, scalarSource(value));
}

/** Writes a scalar's source text as a double-quoted string: for values that YAML reads as something else. */
export const quote = (node: ScalarNode, value: string = node.text): TreeEdit =>
  replaceSource(node, JSON.stringify(value));

/** Gives a key another name and keeps its quotes. */
export const renameKey = (entry: Entry, name: string): TreeEdit => replaceText(entry.key, name);

/** Replaces part of a scalar's source, for a scalar that shows its text literally; offsets are of the scalar's text. */
export function replacePart(node: ScalarNode, start: number, end: number, newText: string): TreeEdit | undefined {
  const source = node.tree.text.slice(node.span.start, node.span.end);
  const shift = source.indexOf(node.text);
  if (shift < 0 || node.style === 'literal' || node.style === 'folded') return undefined;
  return edit(node.tree, node.span.start + shift + start, node.span.start + shift + end, newText);
}

/** Removes keys of one map with their values: see removeEntry. */
export function removeEntries(gone: readonly Entry[]): TreeEdit {
  const map = gone[0]?.map;
  if (!map) throw new RangeError('no entries');
  const { entries } = map;
  const isGone = (at: number): boolean => gone.includes(entries[at] as Entry);
  if (gone.length === 1 && !map.flow) return removeEntry(gone[0] as Entry);
  if (entries.every((_, i) => isGone(i))) return replaceMap(map, {});
  if (!map.flow) return { tree: map.tree, edits: gone.flatMap((entry) => removeEntry(entry).edits) };
  const endOf = ({ key, value }: Entry): number => Math.max(value.span.end, key.span.end);
  const edits: TextEdit[] = [];
  for (let i = 0; i < entries.length; i++) {
    if (!isGone(i)) continue;
    const first = i;
    while (isGone(i + 1)) i++;
    const [before, after] = [entries[first - 1], entries[i + 1]];
    const start = after || !before ? (entries[first] as Entry).key.span.start : endOf(before);
    edits.push({ span: { start, end: after ? after.key.span.start : endOf(entries[i] as Entry) }, newText: '' });
  }
  return { tree: map.tree, edits };
}

/** Writes a map anew, in its own style. Without entries it is a flow map: a block map would be null. */
export function replaceMap(map: MapNode, data: { readonly [key: string]: Data }): TreeEdit {
  if (map.flow) return replaceSource(map, isJson(map) ? jsonSource(data) : flowSource(data));
  const holder = map.parent && entryOf(map);
  if (holder && !holder.map.flow) return setValue(holder, data);
  return replaceSource(map, blockSource(data, ' '.repeat(columnOf(map.tree.text, map.span.start))));
}

/** Removes a key with its value, with its lines where it has them for itself and with its comma in a flow map. */
export function removeEntry(entry: Entry): TreeEdit {
  const { tree } = entry.map;
  if (entry.map.flow) return removeEntries([entry]);
  const only = entry.map.entries.length === 1;
  if (only && entry.map.parent) return replaceMap(entry.map, {});
  return removeLines(tree, entry.key.span.start, Math.max(entry.value.span.end, entry.key.span.end));
}

/** Removes an item of a sequence. */
export const removeItem = (node: Node): TreeEdit => removeItems(node, node);

/** Removes the items of a sequence from one to another. */
export function removeItems(first: Node, last: Node): TreeEdit {
  const seq = first.parent;
  if (seq?.kind !== 'seq' || last.parent !== seq) return { tree: first.tree, edits: [] };
  const all = seq.items[0] === first && seq.items[seq.items.length - 1] === last;
  if (seq.flow) return removeFlow(first.tree.text, first.tree, first.span.start, last.span.end);
  const { text } = seq.tree;
  if (all) return edit(seq.tree, seq.span.start, trimEnd(text, seq.span.start, seq.span.end), '[]');
  const dash = text.lastIndexOf('-', first.span.start - 1);
  return removeLines(first.tree, dash, last.span.end);
}

function removeFlow(text: string, tree: Tree, start: number, end: number): TreeEdit {
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end));
  if (after) return edit(tree, start, end + after[0].length, '');
  const before = /,\s*$/.exec(text.slice(0, start));
  return edit(tree, before ? before.index : start, end, '');
}

function removeLines(tree: Tree, start: number, end: number): TreeEdit {
  const { text } = tree;
  const lineStart = startOfLine(text, start);
  const own = /^[ \t]*$/.test(text.slice(lineStart, start));
  let lineEnd = endOfLine(text, end);
  // The value of a block scalar, or of a block map, ends behind its line break.
  if (end > start && /[\r\n]/.test(text[end - 1] ?? '')) lineEnd = end;
  // The line break before goes rather than the one after: what is inserted behind the entry by the same fix stays.
  if (own && lineStart > 0) {
    const before = text[lineStart - 1] === '\n' && text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
    return edit(tree, before, trimBreak(text, lineEnd), '');
  }
  if (own) return edit(tree, lineStart, lineEnd, '');
  // `- key: value` shares its first line with the dash: the next key moves up to it.
  const next = /^[ \t]*/.exec(text.slice(lineEnd)) as RegExpExecArray;
  return edit(tree, start, Math.min(text.length, lineEnd + next[0].length), '');
}

/**
 * Adds a key to a map, in the map's own style: at its end, or behind `after`. A map that already has the key keeps it.
 */
export const addEntry = (map: MapNode, key: string, value: Data, after?: Entry): TreeEdit =>
  addEntries(map, { [key]: value }, after);

/** Adds keys to a map as addEntry does. Of those that the map already has none is added. */
export function addEntries(map: MapNode, values: { readonly [key: string]: Data }, after?: Entry): TreeEdit {
  const { tree } = map;
  const missing = Object.entries(values).filter(([key]) => !findEntry(map, key));
  if (missing.length === 0) return { tree, edits: [] };
  const last = after ?? map.entries[map.entries.length - 1];
  if (map.flow) {
    const json = isJson(map);
    const gap = last ? leadOf(tree.text, last.key.span.start) : ' ';
    const pairs = missing
      .map(([key, value]) =>
        json ? `${JSON.stringify(key)}: ${jsonSource(value)}` : `${scalarSource(key)}: ${flowSource(value)}`,
      )
      .join(`,${gap}`);
    if (!last) return replaceSource(map, `{${json ? '' : ' '}${pairs}${json ? '' : ' '}}`);
    const end = Math.max(last.value.span.end, last.key.span.end);
    return insertText(tree, end, `,${gap}${pairs}`);
  }
  const column = last ? columnOf(tree.text, last.key.span.start) : columnOf(tree.text, map.span.start);
  const eol = lineBreak(tree.text);
  const source = blockSource(Object.fromEntries(missing), ' '.repeat(column), eol);
  if (!last) return replaceSource(map, source);
  const end = contentEnd(tree.text, last);
  return insertText(tree, end, `${eol}${' '.repeat(column)}${source}`);
}

/** Adds items to a sequence in its own style: at its end, or before the item at `index`. */
export function addItems(seq: SeqNode, values: readonly Data[], index = seq.items.length): TreeEdit {
  const { tree } = seq;
  if (values.length === 0) return { tree, edits: [] };
  const next = seq.items[index];
  const last = seq.items[seq.items.length - 1];
  if (seq.flow) {
    const json = isJson(seq);
    const source = values.map((value) => (json ? JSON.stringify(value) : flowSource(value)));
    if (!last) return replaceSource(seq, `[${source.join(', ')}]`);
    const place = next ?? last;
    const gap = leadOf(tree.text, place.span.start) || ' ';
    if (next) return insertText(tree, next.span.start, source.map((s) => `${s},${gap}`).join(''));
    return insertText(tree, last.span.end, source.map((s) => `,${gap}${s}`).join(''));
  }
  if (!last) return replaceSource(seq, `[${values.map(flowSource).join(', ')}]`);
  const dash = tree.text.lastIndexOf('-', (next ?? last).span.start - 1);
  const indent = ' '.repeat(columnOf(tree.text, dash));
  const eol = lineBreak(tree.text);
  const lines = values.map((value) => `- ${blockSource(value, `${indent}  `, eol)}`);
  if (next) return insertText(tree, dash, lines.map((line) => `${line}${eol}${indent}`).join(''));
  const end = trimEnd(tree.text, last.span.start, last.span.end);
  const comment = /^[ \t]+#[^\r\n]*/.exec(tree.text.slice(end));
  return insertText(tree, end + (comment?.[0].length ?? 0), lines.map((line) => `${eol}${indent}${line}`).join(''));
}

/** Makes sure that the maps along a path exist and adds a key to the last one. Steps that are no maps: no edit. */
export function addAt(root: MapNode, path: readonly string[], value: Data): TreeEdit | undefined {
  let map = root;
  for (let i = 0; i < path.length - 1; i++) {
    const found = findEntry(map, path[i] as string);
    if (!found) {
      const rest = path.slice(i + 1).reduceRight<Data>((inner, step) => ({ [step]: inner }), value);
      return addEntry(map, path[i] as string, rest);
    }
    if (found.value.kind === 'map') map = found.value;
    else if (found.value.kind === 'scalar' && found.value.value === null) {
      const rest = path.slice(i + 1).reduceRight<Data>((inner, step) => ({ [step]: inner }), value);
      return setValue(found, rest);
    } else return undefined;
  }
  return addEntry(map, path[path.length - 1] as string, value);
}

/** Replaces the value of a key by data, in block style where the map is in block style. */
export function setValue(entry: Entry, value: Data): TreeEdit {
  const { tree } = entry.map;
  if (entry.map.flow)
    return edit(
      tree,
      entry.value.span.start,
      entry.value.span.end,
      isJson(entry.map) ? jsonSource(value) : flowSource(value),
    );
  const column = columnOf(tree.text, entry.key.span.start);
  const eol = lineBreak(tree.text);
  const colon = tree.text.indexOf(':', entry.key.span.end);
  const source = blockSource({ k: value }, ' '.repeat(column), eol).slice(2);
  const end =
    entry.value.span.end > colon ? trimEnd(tree.text, entry.value.span.start, entry.value.span.end) : colon + 1;
  return edit(tree, colon + 1, end, source);
}

/** The source of data as a block of YAML; the first line is not indented, the others are by `indent`. */
export function blockSource(data: Data, indent: string, eol = '\n'): string {
  return blockLines(data)
    .map((line, i) => (i === 0 || line === '' ? line : indent + line))
    .join(eol);
}

function blockLines(data: Data): string[] {
  if (Array.isArray(data)) {
    if (data.length === 0) return ['[]'];
    return (data as readonly Data[]).flatMap((item) =>
      blockLines(item).map((line, i) => (i === 0 ? `- ${line}` : line === '' ? line : `  ${line}`)),
    );
  }
  if (data !== null && typeof data === 'object') {
    const pairs = Object.entries(data as Record<string, Data>);
    if (pairs.length === 0) return ['{}'];
    return pairs.flatMap(([key, value]) => {
      const name = scalarSource(key);
      if (typeof value === 'string' && value.includes('\n')) {
        const chomp = value.endsWith('\n') ? '' : '-';
        return [
          `${name}: |${chomp}`,
          ...value
            .replace(/\n$/, '')
            .split('\n')
            .map((l) => (l === '' ? l : `  ${l}`)),
        ];
      }
      const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      if (value === null || typeof value !== 'object' || empty) return [`${name}: ${blockLines(value).join('')}`];
      const inner = blockLines(value);
      return [`${name}:`, ...inner.map((l) => (l === '' ? l : `  ${l}`))];
    });
  }
  return [typeof data === 'string' ? scalarSource(data) : String(data)];
}

/** Data as JSON on one line, with a blank behind colons and commas. */
export function jsonSource(data: Data): string {
  if (Array.isArray(data)) return `[${(data as readonly Data[]).map(jsonSource).join(', ')}]`;
  if (data !== null && typeof data === 'object')
    return `{${Object.entries(data)
      .map(([k, v]) => `${JSON.stringify(k)}: ${jsonSource(v)}`)
      .join(', ')}}`;
  return JSON.stringify(data);
}

function flowSource(data: Data): string {
  if (Array.isArray(data)) return `[${(data as readonly Data[]).map(flowSource).join(', ')}]`;
  if (data !== null && typeof data === 'object')
    return `{ ${Object.entries(data)
      .map(([k, v]) => `${scalarSource(k)}: ${flowSource(v)}`)
      .join(', ')} }`;
  return typeof data === 'string' ? (/[,[\]{}]/.test(data) ? JSON.stringify(data) : scalarSource(data)) : String(data);
}

/** A string as YAML source: plain where every YAML parser reads it back as this string, else in double quotes. */
export function scalarSource(value: string): string {
  const plain =
    /^(--?(?=[A-Za-z]))?[A-Za-z0-9_./$(<][A-Za-z0-9_./:@=+$(){}<>%~,;*?&!-]*( [A-Za-z0-9_./:@=+$(){}<>%~,;*?&!-]+)*$/.test(
      value,
    ) && !/: |:$| #/.test(value);
  // What YAML 1.1 or 1.2 would read as a boolean, null, number or date.
  const special =
    /^(true|false|yes|no|on|off|y|n|null|~|[-+]?(\d[\d_]*)?\.?\d*(e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+|\.inf|\.nan|\d{4}-\d\d?-\d\d?.*|\d+(:\d\d)+)$/i.test(
      value,
    );
  return plain && !special ? value : JSON.stringify(value);
}

/** True where a node is part of JSON, so that strings must stay in double quotes. */
export function isJson(node: Node): boolean {
  let root: Node = node;
  while (root.parent) root = root.parent;
  return root.kind === 'map' && root.flow && (root.entries.length === 0 || root.entries[0]?.key.style === 'double');
}

export function startOfLine(text: string, offset: number): number {
  let i = offset;
  while (i > 0 && text[i - 1] !== '\n' && text[i - 1] !== '\r') i--;
  return i;
}

/** The offset behind the line break of the line at `offset`. */
export function endOfLine(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++;
  if (text[i] === '\r' && text[i + 1] === '\n') return i + 2;
  return Math.min(i + 1, text.length);
}

export const columnOf = (text: string, offset: number): number => offset - startOfLine(text, offset);

export const lineBreak = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');

/** An offset without the line break right before it. */
function trimBreak(text: string, offset: number): number {
  if (text[offset - 1] !== '\n' && text[offset - 1] !== '\r') return offset;
  return text[offset - 1] === '\n' && text[offset - 2] === '\r' ? offset - 2 : offset - 1;
}

function trimEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && /\s/.test(text[i - 1] as string)) i--;
  return i;
}

/** Where the text of an entry ends, its trailing comment on the same line included, the line break not. */
function contentEnd(text: string, entry: Entry): number {
  const end = trimEnd(text, entry.key.span.end, Math.max(entry.value.span.end, entry.key.span.end));
  const colon = /^[ \t]*:/.exec(text.slice(end));
  const from = entry.value.span.end <= entry.key.span.end && colon ? end + colon[0].length : end;
  const comment = /^[ \t]*(#[^\r\n]*)?/.exec(text.slice(from)) as RegExpExecArray;
  return comment[1] !== undefined ? from + comment[0].length : from;
}

/** What stands before a key of a flow map: a space, or the line break and indentation. */
function leadOf(text: string, keyStart: number): string {
  const before = /(\r?\n[ \t]*|[ \t]*)$/.exec(text.slice(0, keyStart)) as RegExpExecArray;
  return /\n/.test(before[0]) ? before[0] : ' ';
}
