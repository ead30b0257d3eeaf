import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { toJsonSchema } from '../../../server/src/facts/json-schema.ts';
import type { Shape } from '../../../server/src/facts/shape.ts';
import { fluxKinds, structureOf } from '../../../server/src/facts/structure.ts';
import { fieldShape, validate } from '../../../server/src/facts/walk.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

/** Printable text without the line breaks that JavaScript's `.` and RE2's see differently. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const anything = fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' });

/** Values that have a shape, but for one in `wildness`, which has any. */
function anyValue(shape: Shape, wildness: number): fc.Arbitrary<unknown> {
  const right = rightValue(shape, wildness);
  return wildness === 0
    ? right
    : fc.oneof(
        { weight: wildness, arbitrary: right },
        { weight: 1, arbitrary: fc.oneof(anything, fc.constantFrom(null, '', 0, 1.5, true, [], {})) },
      );
}

function rightValue(shape: Shape, wildness: number): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'any':
      return anything;
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: shape.minimum, max: shape.maximum });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'int-or-string':
      return fc.oneof(fc.integer(), text);
    case 'array': {
      const items = shape.items ? anyValue(shape.items, wildness) : anything;
      return fc.array(items, { minLength: shape.minItems ?? 0, maxLength: Math.min(shape.maxItems ?? 3, 3) });
    }
    case 'string': {
      if (shape.enum) return fc.constantFrom(...shape.enum);
      if (shape.pattern === undefined)
        return fc.string({ minLength: shape.minLength ?? 0, maxLength: Math.min(shape.maxLength ?? 20, 20) });
      const matching = fc.stringMatching(new RegExp(shape.pattern));
      const { minLength = 0, maxLength = 1_000 } = shape;
      return matching.filter((s) => !/[\n\r\u2028\u2029]/.test(s) && s.length >= minLength && s.length <= maxLength);
    }
    case 'object': {
      if (!shape.fields)
        return fc.dictionary(text, shape.additional ? anyValue(shape.additional, wildness) : anything, { maxKeys: 2 });
      const fields = fc.record(
        Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, anyValue(field, wildness)])),
        {
          requiredKeys: wildness === 0 ? [...(shape.required ?? [])] : (shape.required ?? []).slice(1),
          noNullPrototype: true,
        },
      );
      if (wildness === 0) return fields;
      const junk = fc.oneof(
        { weight: wildness, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(text, anything, { maxKeys: 1 }) },
      );
      return fc.tuple(fields, junk).map(([a, b]) => ({ ...b, ...a }));
    }
  }
}

/** As the API server has it before it validates: known fields without a value are absent. */
function withoutNulls(value: unknown, shape: Shape | undefined): unknown {
  if (!shape || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, shape.items));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, v]) => {
      const field = fieldShape(shape, name);
      return v === null && field ? [] : [[name, withoutNulls(v, field)]];
    }),
  );
}

/** What the walk says of data, CEL apart. JSON is YAML. */
function problems(data: unknown, shape: Shape): string[] {
  const { root } = parseTree(JSON.stringify(data));
  assert.ok(root);
  return validate(root, shape, { partial: false, template: () => false })
    .filter((p) => p.code !== 'cel')
    .map((p) => `${p.code} ${p.path.join('.')}`);
}

const ajv = new Ajv({ strict: false, allErrors: true });

describe('the walk and a JSON Schema validator agree on whole objects', () => {
  for (const { group, kind, versions } of fluxKinds())
    for (const version of versions.slice(0, 1))
      test(`${group}/${version} ${kind}`, () => {
        const shape = structureOf(group, version, kind) as Shape;
        const valid = ajv.compile(toJsonSchema(shape));
        const seen = { valid: 0, invalid: 0 };
        const agree = (data: unknown) => {
          const found = problems(data, shape);
          const theirs = valid(withoutNulls(data, shape));
          seen[theirs ? 'valid' : 'invalid']++;
          assert.equal(found.length === 0, theirs, JSON.stringify({ found, theirs: valid.errors, data }));
        };
        fc.assert(fc.property(anyValue(shape, 0), agree), { numRuns: 25 });
        assert.ok(seen.valid > 0);
        const { valid: before } = seen;
        fc.assert(fc.property(anyValue(shape, 40), agree), { numRuns: 60 });
        assert.ok(seen.invalid > 0);
        assert.ok(before > 0);
      });
});

test('one value has at most one problem of its own', () => {
  const shape = structureOf('source.toolkit.fluxcd.io', 'v1', 'Bucket') as Shape;
  fc.assert(
    fc.property(anyValue(shape, 10), (data) => {
      const own = problems(data, shape).filter((p) => !p.startsWith('missing-field'));
      assert.equal(new Set(own.map((p) => p.slice(p.indexOf(' ')))).size, own.length);
    }),
    { numRuns: 100 },
  );
});

test('a shape as a schema', () => {
  assert.deepEqual(
    toJsonSchema({
      type: 'object',
      fields: {
        a: { type: 'string', enum: ['x'], nullable: true },
        b: { type: 'int-or-string' },
        c: { type: 'array', items: { type: 'integer', enum: ['1'] } },
        d: { type: 'string', default: 'y', fact: { doc: 'What it is.' } },
      },
      required: ['a', 'd'],
    }),
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        a: { type: ['string', 'null'], enum: ['x', null] },
        b: { type: ['integer', 'string'] },
        c: { type: 'array', items: { type: 'integer', enum: [1] } },
        d: { type: 'string', default: 'y', description: 'What it is.' },
      },
      additionalProperties: false,
      required: ['a'],
    },
  );
});
