import { toData } from '../yaml/data.ts';
import { entries, follow, get, items, text, textAt } from '../yaml/navigate.ts';
import type { Node } from '../yaml/tree.ts';
import { OBJECT_METADATA } from './object-metadata.ts';
import type { CelRule, DefaultValue, Shape } from './shape.ts';

/** A schema nested deeper than this is taken as open; Kubernetes' own limits keep real ones far below. */
const MAX_DEPTH = 60;

/**
 * The shapes that a CustomResourceDefinition (apiextensions.k8s.io/v1) gives its served versions, by
 * `group/kind/version`. Whatever of a schema we cannot express is left out: the shape then accepts more. Empty where
 * the document is no such definition. Never throws.
 */
export function shapesOfCrd(root: Node): Map<string, Shape> {
  const result = new Map<string, Shape>();
  const group = textAt(root, 'spec', 'group');
  const kind = textAt(root, 'spec', 'names', 'kind');
  if (textAt(root, 'kind') !== 'CustomResourceDefinition' || !group || !kind) return result;
  for (const version of items(get(root, 'spec', 'versions'))) {
    const name = textAt(version, 'name');
    const schema = get(version, 'schema', 'openAPIV3Schema');
    if (!name || schema?.kind !== 'map' || bool(version, 'served') === false) continue;
    const shape = shapeOf(schema, 0);
    const fields: Record<string, Shape> = Object.assign(Object.create(null), shape.fields);
    fields.apiVersion ??= { type: 'string' };
    fields.kind ??= { type: 'string' };
    fields.metadata = OBJECT_METADATA;
    fields.status = { type: 'any' };
    result.set(`${group}/${kind}/${name}`, { ...shape, type: 'object', fields });
  }
  return result;
}

function shapeOf(schema: Node | undefined, depth: number): Shape {
  const node = follow(schema);
  if (node?.kind !== 'map' || node.damaged || depth > MAX_DEPTH) return { type: 'any' };
  const shape: { -readonly [K in keyof Shape]: Shape[K] } = { type: typeOf(node) };
  if (bool(node, 'nullable')) shape.nullable = true;
  if (shape.type === 'object') objectOf(node, shape, depth);
  if (shape.type === 'array') {
    shape.items = shapeOf(get(node, 'items'), depth + 1);
    shape.minItems = number(node, 'minItems');
    shape.maxItems = number(node, 'maxItems');
  }
  if (shape.type === 'string') {
    shape.pattern = textAt(node, 'pattern');
    shape.minLength = number(node, 'minLength');
    shape.maxLength = number(node, 'maxLength');
  }
  if (shape.type === 'integer' || shape.type === 'number') {
    if (!bool(node, 'exclusiveMinimum')) shape.minimum = number(node, 'minimum');
    if (!bool(node, 'exclusiveMaximum')) shape.maximum = number(node, 'maximum');
  }
  const values = items(get(node, 'enum')).map(scalar);
  if (values.length > 0 && values.every((v) => v !== undefined)) shape.enum = values.map(String);
  shape.default = defaultOf(get(node, 'default'));
  const cel = items(get(node, 'x-kubernetes-validations')).flatMap((rule): CelRule[] => {
    const expression = textAt(rule, 'rule');
    // The API server's own words where a rule has no message (apiextensions-apiserver pkg/apiserver/schema/cel).
    return expression
      ? [{ rule: expression, message: textAt(rule, 'message') ?? `failed rule: ${expression.trim()}` }]
      : [];
  });
  if (cel.length > 0) shape.cel = cel;
  for (const key of Object.keys(shape) as (keyof Shape)[]) if (shape[key] === undefined) delete shape[key];
  return shape;
}

function objectOf(node: Node, shape: { -readonly [K in keyof Shape]: Shape[K] }, depth: number): void {
  const properties = entries(get(node, 'properties'));
  if (properties.length > 0) {
    const fields: Record<string, Shape> = Object.create(null);
    for (const e of properties) fields[e.key.text] = shapeOf(e.value, depth + 1);
    shape.fields = fields;
  }
  const additional = get(node, 'additionalProperties');
  if (additional?.kind === 'map') shape.additional = shapeOf(additional, depth + 1);
  else if (bool(node, 'additionalProperties')) shape.open = true;
  if (bool(node, 'x-kubernetes-preserve-unknown-fields')) shape.open = true;
  if (bool(node, 'x-kubernetes-embedded-resource')) {
    // The API server adds these three to the properties of an embedded resource.
    const known = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: OBJECT_METADATA } as const;
    shape.fields = Object.assign(Object.create(null), shape.fields, known);
  }
  const required = items(get(node, 'required')).flatMap((r) => text(r) ?? []);
  if (required.length > 0) shape.required = required;
}

const TYPES: readonly Shape['type'][] = ['object', 'array', 'string', 'integer', 'number', 'boolean'];

function typeOf(node: Node): Shape['type'] {
  if (bool(node, 'x-kubernetes-int-or-string')) return 'int-or-string';
  const declared = textAt(node, 'type');
  return TYPES.find((t) => t === declared) ?? 'any';
}

function bool(node: Node, key: string): boolean | undefined {
  const value = get(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'boolean' ? value.value : undefined;
}

function number(node: Node, key: string): number | undefined {
  const value = get(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'number' ? value.value : undefined;
}

function scalar(node: Node): string | number | boolean | undefined {
  const n = follow(node);
  if (n?.kind !== 'scalar' || n.value === null || typeof n.value === 'bigint') return undefined;
  return n.value;
}

function defaultOf(node: Node | undefined): DefaultValue | undefined {
  const value = toData(node);
  return isDefault(value) ? value : undefined;
}

function isDefault(value: unknown): value is DefaultValue {
  if (typeof value !== 'object' || value === null) return ['string', 'number', 'boolean'].includes(typeof value);
  return Object.values(value).every(isDefault);
}
