import type { Shape } from './shape.ts';

/** A JSON Schema of draft 7, as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * The JSON Schema of a shape. It says what a shape says of structure, in words every validator knows; CEL rules and
 * names without regard to case cannot be said in it and are left out. `null` fields of Kubernetes objects, which the
 * API server drops, have to be dropped before a validator sees them.
 */
export function toJsonSchema(shape: Shape): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...schemaOf(shape) };
}

function schemaOf(shape: Shape): JsonSchema {
  const schema: Record<string, unknown> = {};
  const types = TYPES[shape.type];
  if (types) schema.type = shape.nullable ? [types, 'null'].flat() : types;
  if (shape.fact) schema.description = shape.fact.doc;
  if (shape.enum) schema.enum = shape.nullable ? [...values(shape), null] : values(shape);
  if (shape.default !== undefined) schema.default = shape.default;
  const { pattern, minLength, maxLength, minimum, maximum, minItems, maxItems } = shape;
  for (const [key, value] of Object.entries({ pattern, minLength, maxLength, minimum, maximum, minItems, maxItems }))
    if (value !== undefined) schema[key] = value;
  if (shape.items) schema.items = schemaOf(shape.items);
  if (shape.type !== 'object') return schema;
  if (shape.fields)
    schema.properties = Object.fromEntries(
      Object.entries(shape.fields).map(([name, field]) => [name, schemaOf(field)]),
    );
  if (shape.additional) schema.additionalProperties = schemaOf(shape.additional);
  else if (shape.fields && !shape.open && !shape.ignoreCase) schema.additionalProperties = false;
  if (shape.required && !shape.ignoreCase) {
    // The API server fills in defaults before it looks for what is missing.
    const required = shape.required.filter((name) => shape.fields?.[name]?.default === undefined);
    if (required.length > 0) schema.required = required;
  }
  return schema;
}

const TYPES: Record<Shape['type'], string | readonly string[] | undefined> = {
  object: 'object',
  array: 'array',
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  'int-or-string': ['integer', 'string'],
  any: undefined,
};

/** The values of a closed list in the type of the shape. */
function values(shape: Shape): unknown[] {
  return (shape.enum ?? []).map((text) => {
    if (shape.type === 'integer' || shape.type === 'number') return Number(text);
    return shape.type === 'boolean' ? text === 'true' : text;
  });
}
