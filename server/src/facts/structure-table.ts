import { OBJECT_METADATA } from './object-metadata.ts';
import type { CelRule, DefaultValue, Shape } from './shape.ts';

/**
 * A file of schemas/structure. Minors are indices into `minors`. A shape is an index into `shapes`; equal ones are
 * stored once. What does not hold in all minors of the place it stands in is a tuple with the first and the last minor.
 */
export interface Table {
  readonly minors: readonly string[];
  /** By `group/Kind`, then by version, the newest first. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, Version>>>>;
  readonly shapes: readonly Encoded[];
}

export interface Version {
  readonly from?: number;
  /** The last minor that serves it; absent where the newest does. */
  readonly to?: number;
  readonly deprecated?: number;
  readonly spec: number;
  readonly cel?: readonly Rule[];
}

export type Ranged<T> = T | readonly [T, number, number?];
type Rule = readonly [rule: string, message: string, since?: number, until?: number];
type Variant<T> = readonly [T, number?, number?];

interface Encoded extends Omit<Shape, 'fields' | 'additional' | 'items' | 'required' | 'enum' | 'cel'> {
  readonly fields?: Readonly<Record<string, Ranged<number>>>;
  readonly additional?: number;
  readonly items?: number;
  readonly required?: readonly Ranged<string>[];
  readonly enum?: readonly Ranged<string>[];
  readonly patterns?: readonly Variant<string>[];
  readonly defaults?: readonly Variant<DefaultValue>[];
  readonly cel?: readonly Rule[];
}

export interface Decoder {
  object(name: string, entry: Version, minor: number): Shape;
}

const decoders = new Map<Table, Decoder>();

/** The shapes of a table, each decoded when it is first asked for. */
export function decoderOf(table: Table): Decoder {
  const known = decoders.get(table);
  if (known) return known;
  const objects = new Map<string, Shape>();
  const shapes = new Map<number, Shape>();
  // Without minors there is one of everything.
  const minors = Math.max(table.minors.length, 1);

  const shape = (index: number, minor: number): Shape => {
    const key = index * minors + minor;
    const cached = shapes.get(key);
    if (cached) return cached;
    const {
      fields,
      additional,
      items,
      required,
      enum: values,
      patterns,
      defaults,
      cel,
      ...rest
    } = table.shapes[index] as Encoded;
    const holds = (since: number | undefined, until: number | undefined) =>
      (since ?? 0) <= minor && minor <= (until ?? minors);
    const present = <T>(list: readonly Ranged<T>[]): T[] =>
      list.flatMap((v) => (Array.isArray(v) ? (holds(v[1], v[2]) ? [v[0]] : []) : [v as T]));
    const variant = <T>(list: readonly Variant<T>[] | undefined): T | undefined =>
      list?.find((v) => holds(v[1], v[2]))?.[0];
    const result: { -readonly [K in keyof Shape]: Shape[K] } = { ...rest };
    if (fields) {
      const decoded: Record<string, Shape> = Object.create(null);
      for (const [name, edge] of Object.entries(fields)) {
        if (typeof edge === 'number') decoded[name] = shape(edge, minor);
        else if (holds(edge[1], edge[2])) decoded[name] = shape(edge[0], minor);
      }
      result.fields = decoded;
    }
    if (additional !== undefined) result.additional = shape(additional, minor);
    if (items !== undefined) result.items = shape(items, minor);
    const needed = present(required ?? []);
    if (needed.length > 0) result.required = needed;
    if (values) result.enum = present(values);
    if (patterns) result.pattern = variant(patterns);
    if (defaults) result.default = variant(defaults);
    const asked = rules(cel ?? [], minor);
    if (asked.length > 0) result.cel = asked;
    shapes.set(key, result);
    return result;
  };
  const rules = (list: readonly Rule[], minor: number): CelRule[] =>
    list
      .filter(([, , since, until]) => (since ?? 0) <= minor && minor <= (until ?? minors))
      .map(([rule, message]) => ({ rule, message }));

  const result: Decoder = {
    object(name, entry, minor) {
      const key = `${name}@${minor}`;
      let object = objects.get(key);
      if (!object) {
        const fields: Record<string, Shape> = Object.create(null);
        fields.apiVersion = STRING;
        fields.kind = STRING;
        fields.metadata = OBJECT_METADATA;
        fields.spec = shape(entry.spec, minor);
        fields.status = ANY;
        object = { type: 'object', fields, ...(entry.cel ? { cel: rules(entry.cel, minor) } : {}) };
        objects.set(key, object);
      }
      return object;
    },
  };
  decoders.set(table, result);
  return result;
}

const STRING: Shape = { type: 'string' };
/** Written by the controller; an object in Git that has one is not judged by it. */
const ANY: Shape = { type: 'any' };
