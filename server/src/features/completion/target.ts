import type { Session } from '../../engine/session.ts';
import { shapeOfUnit } from '../../facts/registry.ts';
import type { Shape } from '../../facts/shape.ts';
import { shapeAt } from '../../facts/walk.ts';
import type { RuleContext } from '../../model/context.ts';
import { operationListOf } from '../../model/kustomize/json6902.ts';
import { typeOfKind } from '../../model/kustomize/well-known-kinds.ts';
import { readObject } from '../../model/object.ts';
import { standInUnits, type Unit } from '../../model/unit.ts';
import { condense } from '../../yaml/condense.ts';
import { columnOf, startOfLine } from '../../yaml/edits.ts';
import { get, text, textAt } from '../../yaml/navigate.ts';
import { parseTree } from '../../yaml/parse.ts';
import { insideBlockScalar, MARKER, type Typing, typingAt } from '../../yaml/repair.ts';
import type { MapNode, Node, Tree } from '../../yaml/tree.ts';
import { type Place, placeAt, treesOf, unitAt } from '../locate.ts';

/** The text that is being typed in, innermost: what stands at the cursor, and how far its lines are indented in the file. */
export interface TypedText {
  readonly place: Place;
  /** The tree's text, with a line that a block scalar does not have yet where the cursor stands on one. */
  readonly text: string;
  readonly offset: number;
  /** What the strings around it add to the column of every line. */
  readonly indent: number;
  /** The cursor in the file. */
  readonly fileOffset: number;
}

/** What is to be completed: where it is in what shape. */
export interface Target {
  readonly session: Session;
  readonly typed: TypedText;
  readonly typing: Typing;
  readonly context: RuleContext;
  /** The unit of the repaired text. */
  readonly unit: Unit;
  readonly kind: 'key' | 'value';
  /** From the root of the unit: to the map that a key would be in, to the value. */
  readonly path: readonly (string | number)[];
  /** The shape of that map, or of the value. */
  readonly shape: Shape | undefined;
  readonly rootShape: Shape | undefined;
  /** The keys that are there already. */
  readonly keys: ReadonlySet<string>;
  /** The map that the key is in, or that the value is in; `undefined` in a flow collection. */
  readonly map: MapNode | undefined;
  /** What has to stand before an item of a sequence. */
  readonly dash: string;
}

/** Finds the innermost text at an offset. Inside base64 nothing is completed. */
export function typedTextAt(session: Session, uri: string, offset: number): TypedText | undefined {
  const place = placeAt(session, uri, offset);
  if (!place) return undefined;
  const inner = newLineInBlockScalar(session, place, offset);
  if (inner) return inner;
  for (let tree: Tree = place.tree; tree.host; tree = tree.host.node.tree) if (tree.host.encoded) return undefined;
  return { place, text: place.tree.text, offset: place.offset, indent: indentOf(place.tree), fileOffset: offset };
}

/** The column of the file that column 0 of a tree is shown at, for trees in block scalars. */
function indentOf(tree: Tree): number {
  if (!tree.host) return 0;
  const outer = tree.host.node.tree;
  return ownIndent(tree.host) + indentOf(outer);
}

/** How far a string's lines are indented in its tree, by its first line that is not blank. */
function ownIndent({ node, map }: NonNullable<Tree['host']>): number {
  const first = Math.max(0, map.text.search(/\S/));
  return columnOf(node.tree.text, map.toHost(first)) - columnOf(map.text, first);
}

/** Blank lines at the end of a block scalar are not part of its content; who stands on one goes on with it. */
function newLineInBlockScalar(session: Session, place: Place, fileOffset: number): TypedText | undefined {
  const host = place.tree;
  const lineStart = startOfLine(host.text, place.offset);
  if (/[^ \t]/.test(host.text.slice(lineStart, place.offset))) return undefined;
  const column = place.offset - lineStart;
  if (column === 0) return undefined;
  const units = session.unitsOf(place.document);
  for (const tree of [...treesOf(units)].reverse()) {
    if (tree.host?.node.tree !== host || tree.host.encoded) continue;
    const { node, map } = tree.host;
    if (node.style !== 'literal' && node.style !== 'folded') continue;
    if (place.offset < node.span.start || /\S/.test(host.text.slice(node.span.end, place.offset))) continue;
    // Inside what is there already the map knows the place.
    if (map.fromHost(place.offset) !== undefined && map.text.trim() !== '') continue;
    if (/\S/.test(host.text.slice(place.offset, Math.max(place.offset, node.span.end)))) continue;
    if (!insideBlockScalar(host.text, lineStart, column)) continue;
    const empty = map.text.trim() === '';
    const own = empty ? column : ownIndent(tree.host);
    if (column < own) continue;
    const content = empty ? '' : map.text.replace(/\n*$/, '\n');
    const text = content + ' '.repeat(column - own);
    const inner: Place = { ...place, tree, offset: text.length, unit: unitAt(units, tree, text.length) };
    return { place: inner, text, offset: text.length, indent: own + indentOf(host), fileOffset };
  }
  return undefined;
}

/** Repairs what is being typed and finds its shape; `undefined` where nothing can be completed. */
export function targetAt(session: Session, typed: TypedText): Target | undefined {
  const { place } = typed;
  const typing = typingAt(typed.text, typed.offset);
  if (!typing) return undefined;
  const workspace = session.workspace();
  const wholeFlow = typing.flow !== undefined && typing.repaired.trim() === MARKER;
  let unit: Unit | undefined;
  let marker: Found | undefined;
  if (wholeFlow) {
    unit = place.unit ?? plainUnit(place, place.tree);
  } else {
    const repaired = condense(typing.repaired, typing.repaired.indexOf(MARKER));
    const tree = parseTree(repaired, place.tree.host);
    const role = session.graph().roleOf(place.document.uri);
    const units = standInUnits(place.document, tree, ownerOf(session, place), role);
    const at = repaired.indexOf(MARKER);
    unit = unitAt(units, tree, at);
    if (!unit || unit.language === 'yaml') unit = guessedUnit(place, tree, unit);
    marker = findMarker(unit.object && operationListOf(unit.object) ? tree.root : (unit.root ?? tree.root));
    if (!marker) return undefined;
  }
  const context = session.context(unit, workspace);
  const rootShape = shapeOfUnit(unit, context);
  const base = marker?.path ?? [];
  const path = typing.flow ? [...base, ...typing.flow.path] : base;
  const resolved = resolve(unit, rootShape, path, context);
  const target = {
    session,
    typed,
    typing,
    context,
    unit,
    rootShape,
    path: resolved.path,
    map: marker?.map,
    keys: typing.flow ? typing.flow.keys : (marker?.keys ?? new Set<string>()),
  };
  const { shape } = resolved;
  if (typing.kind === 'key' && shape?.type === 'array' && !typing.flow) {
    const items = shape.items;
    const scalar = items !== undefined && !isContainer(items);
    return {
      ...target,
      kind: scalar ? 'value' : 'key',
      shape: items,
      path: [...resolved.path, 0],
      keys: new Set(),
      dash: '- ',
    };
  }
  if (typing.kind === 'key' && shape && !isContainer(shape) && resolved.path.length > 0)
    return typing.hasColon ? undefined : { ...target, kind: 'value', shape, dash: '' };
  return { ...target, kind: typing.kind, shape, dash: '' };
}

/** True for a text that is JSON: its keys and strings want double quotes. */
export const isJsonText = (text: string): boolean => /^\s*[[{](?!\{)/.test(text);

export const isContainer = (shape: Shape): boolean =>
  shape.type === 'object' || shape.type === 'array' || shape.type === 'any';

function ownerOf(session: Session, place: Place): Unit | undefined {
  if (place.unit) return place.unit.owner;
  const host = place.tree.host;
  return host && unitAt(session.unitsOf(place.document), host.node.tree, host.node.span.start);
}

const plainUnit = (place: Place, tree: Tree): Unit => ({
  document: place.document,
  tree,
  root: tree.root,
  language: (tree.host?.language as Unit['language'] | undefined) ?? 'yaml',
  object: undefined,
  owner: undefined,
});

/** A document that says its kind and not yet its apiVersion is taken for what the kind usually is. */
function guessedUnit(place: Place, tree: Tree, unit: Unit | undefined): Unit {
  const kind = textAt(tree.root, 'kind');
  const type = kind === undefined ? undefined : typeOfKind(kind);
  const object = type && readObject(place.document, tree.root, { type });
  if (!object) return unit ?? plainUnit(place, tree);
  return { document: place.document, tree, root: object.root, language: 'kubernetes', object, owner: unit?.owner };
}

/** In a JSON6902 patch what stands under `value` is part of the object that is patched. */
function resolve(
  unit: Unit,
  rootShape: Shape | undefined,
  path: readonly (string | number)[],
  context: RuleContext,
): { path: readonly (string | number)[]; shape: Shape | undefined } {
  const operations = unit.object && operationListOf(unit.object);
  if (!operations) return { path, shape: rootShape && shapeAt(rootShape, path) };
  const [index, field, ...rest] = path;
  if (field !== 'value' || typeof index !== 'number') {
    const shape = shapeOfUnit({ ...unit, language: 'kustomize-patch' }, context);
    return { path, shape: shape && shapeAt(shape, path) };
  }
  const pointer = text(get(operations, index, 'path')) ?? '';
  const steps = pointer
    .split('/')
    .slice(1)
    .map((s) => s.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((s) => (s === '-' || /^\d+$/.test(s) ? 0 : s));
  const full = [...steps, ...rest];
  return { path: full, shape: rootShape && shapeAt(rootShape, full) };
}

interface Found {
  readonly path: readonly (string | number)[];
  readonly map: MapNode | undefined;
  readonly keys: ReadonlySet<string>;
}

/** Where MARKER stands in a tree: for a key the map it is in, for a value its own place. */
function findMarker(node: Node | undefined, path: readonly (string | number)[] = [], depth = 0): Found | undefined {
  if (!node || depth > 150) return undefined;
  if (node.kind === 'scalar') return node.text === MARKER ? { path, map: holderOf(node), keys: new Set() } : undefined;
  if (node.kind === 'seq') {
    for (const [i, item] of node.items.entries()) {
      const found = findMarker(item, [...path, i], depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  if (node.kind !== 'map') return undefined;
  for (const entry of node.entries) {
    if (entry.key.text === MARKER)
      return { path, map: node, keys: new Set(node.entries.filter((e) => e !== entry).map((e) => e.key.text)) };
    const found = findMarker(entry.value, [...path, entry.key.text], depth + 1);
    if (found) return found;
  }
  return undefined;
}

const holderOf = (node: Node): MapNode | undefined => (node.parent?.kind === 'map' ? node.parent : undefined);
