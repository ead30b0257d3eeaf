import type { Span } from '../text/span.ts';
import { follow } from '../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode, SeqNode } from '../yaml/tree.ts';
import { celViolations } from './cel.ts';
import { type Fields, fieldsOf, foreignTag } from './known.ts';
import { nearestName } from './nearest-name.ts';
import { matchesPattern } from './patterns.ts';
import { fits, type ValueType, valueType } from './scalar-type.ts';
import type { CelRule, Shape } from './shape.ts';

export type StructureCode =
  | 'unknown-field'
  | 'wrong-type'
  | 'not-in-enum'
  | 'pattern'
  | 'length'
  | 'range'
  | 'items'
  | 'missing-field'
  | 'cel';

/** One way in which a value does not have its shape, with the facts that a message needs. */
export interface StructureProblem {
  readonly code: StructureCode;
  /** The value that is wrong, or that lacks a field. For an unknown field its value. */
  readonly node: Node;
  /** The entry with the wrong value, or unknown key; for a missing field the one that holds the object. */
  readonly entry: Entry | undefined;
  /** Where to show it, in `node.tree.text`: a wrong value, an unknown key, the key of an object that lacks something. */
  readonly span: Span;
  /** From the node that was validated to `node`. */
  readonly path: readonly (string | number)[];
  /** The shape that the value does not have; for an unknown field the one of the object. */
  readonly shape: Shape;
  /** The name of the unknown or missing field. */
  readonly field?: string;
  /** What stands there, for `wrong-type`. */
  readonly actual?: ValueType;
  /** The legal values of a closed list, or the names of the fields that an object may have. */
  readonly allowed?: readonly string[];
  /** Which of `allowed` was probably meant. */
  readonly nearest?: string;
  /** The bound that `length`, `range` or `items` breaks. */
  readonly limit?: { readonly bound: 'at least' | 'at most'; readonly value: number };
  readonly rule?: CelRule;
}

export interface WalkOptions {
  /** True for a patch or another part of an object: it misses nothing, and no rule over several fields is asked. */
  readonly partial: boolean;
  /** Whether a text is filled in later (`${…}`, `{{…}}`): nothing is known of such a value. */
  template(text: string): boolean;
}

/** The shape at a path of keys and indices; `undefined` where the shape has nothing to say. */
export function shapeAt(shape: Shape, path: readonly (string | number)[]): Shape | undefined {
  let current: Shape | undefined = shape;
  for (const step of path) {
    if (!current) return undefined;
    current = typeof step === 'number' ? (current.prefix?.[step] ?? current.items) : fieldShape(current, step);
  }
  return current;
}

/** The shape of a field by its name. */
export function fieldShape(shape: Shape, name: string): Shape | undefined {
  const { fields } = shape;
  if (fields && Object.hasOwn(fields, name)) return fields[name];
  if (fields && shape.ignoreCase) {
    const lower = name.toLowerCase();
    const found = Object.keys(fields).find((f) => f.toLowerCase() === lower);
    if (found !== undefined) return fields[found];
  }
  return shape.additional;
}

/**
 * Walks a value and its shape side by side. What is unknown is silent: templates, aliases without a target, values with
 * a tag of their own, what a damaged map lacks or seems to have. One value has at most one problem of its own.
 * Problems come in the order of the text, CEL rules after the values they are about. Never throws.
 */
export function validate(node: Node, shape: Shape, options: WalkOptions): StructureProblem[] {
  const walk: Walk = { options, problems: [], judged: new Set(), reported: new Set(), visits: 0 };
  visit(walk, node, shape, [], undefined);
  return walk.problems;
}

interface Walk {
  readonly options: WalkOptions;
  readonly problems: StructureProblem[];
  /** Nodes that have a problem: no CEL rule looks at them. */
  readonly judged: Set<Node>;
  /** What was reported: an alias may lead to the same value twice. */
  readonly reported: Set<string>;
  visits: number;
}

/** Aliases can make a small document stand for a huge one. The largest real ones have some thousand values. */
const MAX_VISITS = 100_000;

type Path = readonly (string | number)[];

function report(walk: Walk, problem: StructureProblem): void {
  const id = `${problem.code} ${problem.span.start} ${problem.span.end} ${problem.field ?? ''}${problem.rule?.rule ?? ''}`;
  if (walk.reported.has(id)) return;
  walk.reported.add(id);
  walk.problems.push(problem);
  if (problem.code === 'cel') return;
  if (problem.code !== 'missing-field' && problem.code !== 'unknown-field') walk.judged.add(problem.node);
}

function visit(walk: Walk, source: Node, shape: Shape, path: Path, entry: Entry | undefined): void {
  const node = follow(source);
  if (!node || shape.type === 'any' || foreignTag(node) || walk.visits++ > MAX_VISITS) return;
  if (node.kind === 'scalar') {
    scalar(walk, node, shape, path, entry);
    return;
  }
  const expected = node.kind === 'map' ? 'object' : 'array';
  if (shape.type !== expected) {
    // What the parser could not read may have been meant as something else.
    if (!node.damaged)
      report(walk, { code: 'wrong-type', node, entry, span: node.span, path, shape, actual: valueType(node) });
    return;
  }
  if (node.kind === 'map') object(walk, node, shape, path, entry);
  else array(walk, node, shape, path, entry);
  if (shape.cel && !walk.options.partial && !node.damaged) cel(walk, node, shape, path, entry);
}

function scalar(walk: Walk, node: ScalarNode, shape: Shape, path: Path, entry: Entry | undefined): void {
  if (node.damaged || (node.value === null && shape.nullable) || walk.options.template(node.text)) return;
  const fit = fits(node, shape.type);
  if (fit === 'unknown') return;
  const wrong = fit === 'no' ? { code: 'wrong-type' as const, actual: valueType(node) } : wrongValue(node, shape);
  if (wrong) report(walk, { ...wrong, node, entry, span: valueSpan(node, entry), path, shape });
  else if (shape.cel && !walk.options.partial) cel(walk, node, shape, path, entry);
}

/** What a scalar of the right type breaks. */
function wrongValue(
  { value }: ScalarNode,
  shape: Shape,
): Pick<StructureProblem, 'code' | 'allowed' | 'nearest' | 'limit'> | undefined {
  const text = String(value);
  if (shape.enum && !shape.enum.includes(text))
    return { code: 'not-in-enum', allowed: shape.enum, nearest: nearestName(text, shape.enum) };
  if (typeof value === 'string') {
    const bounded = shape.minLength !== undefined || shape.maxLength !== undefined;
    const limit = bounded ? beyond(codePoints(value), shape.minLength, shape.maxLength) : undefined;
    if (limit) return { code: 'length', limit };
    if (shape.pattern !== undefined && matchesPattern(shape.pattern, value) === false) return { code: 'pattern' };
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    const limit = beyond(Number(value), shape.minimum, shape.maximum);
    if (limit) return { code: 'range', limit };
  }
  return undefined;
}

function array(walk: Walk, node: SeqNode, shape: Shape, path: Path, entry: Entry | undefined): void {
  // A patch names only the items it is about.
  const limit =
    walk.options.partial || node.damaged ? undefined : beyond(node.items.length, shape.minItems, shape.maxItems);
  if (limit) report(walk, { code: 'items', node, entry, span: keySpan(node, entry), path, shape, limit });
  for (const [i, item] of node.items.entries()) {
    const own = shape.prefix?.[i] ?? shape.items;
    if (own) visit(walk, item, own, [...path, i], undefined);
  }
}

/** Kustomize's strategic merge directives (sigs.k8s.io/kustomize kyaml/yaml/merge2, Kubernetes' strategicpatch). */
const DIRECTIVE = /^\$(?:patch|retainKeys|setElementOrder\/.+|deleteFromPrimitiveList\/.+)$/;

function object(walk: Walk, node: MapNode, shape: Shape, path: Path, entry: Entry | undefined): void {
  const { partial, template } = walk.options;
  const fields = fieldsOf(node, template);
  const closed = (shape.fields !== undefined || shape.additional !== undefined) && !shape.open;
  for (const [name, own] of fields.entries) {
    const field = fieldShape(shape, name);
    if (!field) {
      if (closed && !node.damaged && !own.key.damaged && !(partial && DIRECTIVE.test(name)))
        unknownField(walk, own, shape, path, fields);
      continue;
    }
    // The API server drops null from the fields of an object before it validates.
    const value = follow(own.value);
    if (value?.kind === 'scalar' && value.value === null && !foreignTag(value)) continue;
    visit(walk, own.value, field, [...path, name], own);
  }
  if (partial || !fields.complete) return;
  for (const name of shape.required ?? []) {
    if (isSet(fields, name, shape) || fieldShape(shape, name)?.default !== undefined) continue;
    const own = fields.entries.get(name);
    const span = own ? own.key.span : keySpan(node, entry);
    report(walk, { code: 'missing-field', node, entry: own ?? entry, span, path, shape, field: name });
  }
}

function isSet(fields: Fields, name: string, shape: Shape): boolean {
  const own = fields.entries.get(name) ?? (shape.ignoreCase ? caseless(fields, name) : undefined);
  if (!own) return false;
  const value = follow(own.value);
  if (value?.kind !== 'scalar' || value.value !== null) return true;
  return foreignTag(value) || fieldShape(shape, name)?.nullable === true;
}

function caseless(fields: Fields, name: string): Entry | undefined {
  for (const [key, entry] of fields.entries) if (key.toLowerCase() === name.toLowerCase()) return entry;
  return undefined;
}

function unknownField(walk: Walk, entry: Entry, shape: Shape, path: Path, fields: Fields): void {
  const field = entry.key.text;
  const allowed = Object.keys(shape.fields ?? {});
  const free = allowed.filter((name) => !fields.entries.has(name));
  report(walk, {
    code: 'unknown-field',
    node: entry.value,
    entry,
    span: entry.key.span,
    path: [...path, field],
    shape,
    field,
    allowed,
    nearest: nearestName(field, free),
  });
}

function cel(walk: Walk, node: Node, shape: Shape, path: Path, entry: Entry | undefined): void {
  for (const { rule, blamed } of celViolations(node, shape, walk.judged, walk.options.template)) {
    const base = { code: 'cel', shape, rule } as const;
    if (blamed)
      report(walk, {
        ...base,
        node: blamed.entry.value,
        entry: blamed.entry,
        span: blamed.entry.key.span,
        path: [...path, ...blamed.path],
      });
    else report(walk, { ...base, node, entry, span: keySpan(node, entry), path });
  }
}

/** What names a value: its key; for an item of a list its first key; for the root of a manifest its kind. */
function keySpan(node: Node, entry: Entry | undefined): Span {
  if (entry) return entry.key.span;
  if (node.kind !== 'map' || node.entries.length === 0) return node.span;
  const kind = node.parent ? undefined : node.entries.find((e) => e.key.text === 'kind')?.value;
  return kind?.kind === 'scalar' && kind.span.end > kind.span.start ? kind.span : (node.entries[0] as Entry).key.span;
}

/** An empty value has no text to mark: its key stands for it, or the dash of its item. */
function valueSpan(node: Node, entry: Entry | undefined): Span {
  if (node.span.end > node.span.start) return node.span;
  if (entry) return entry.key.span;
  const dash = node.tree.text.lastIndexOf('-', node.span.start);
  return dash >= 0 && node.tree.text.slice(dash + 1, node.span.start).trim() === ''
    ? { start: dash, end: dash + 1 }
    : node.span;
}

function beyond(value: number, min: number | undefined, max: number | undefined): StructureProblem['limit'] {
  if (min !== undefined && value < min) return { bound: 'at least', value: min };
  if (max !== undefined && value > max) return { bound: 'at most', value: max };
  return undefined;
}

/** Kubernetes counts characters, not UTF-16 units. */
function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}
