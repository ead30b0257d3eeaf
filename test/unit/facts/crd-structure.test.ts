import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { shapesOfCrd } from '../../../server/src/facts/crd-structure.ts';
import type { Shape } from '../../../server/src/facts/shape.ts';
import { structureOf } from '../../../server/src/facts/structure.ts';
import { validate } from '../../../server/src/facts/walk.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

const shapes = (text: string): Map<string, Shape> => {
  const { root } = parseTree(text);
  assert.ok(root);
  return shapesOfCrd(root);
};

/** Without the prototypes of records, which are no part of what is compared. */
const plain = (shape: Shape | undefined): unknown => JSON.parse(JSON.stringify(shape));

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec:
  group: example.com
  names: { kind: Thing, plural: things }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            metadata: { type: object }
            status: { type: object }
            spec:
              type: object
              required: [size]
              properties:
                size: { type: integer, minimum: 1, maximum: 9, exclusiveMaximum: true }
                mode: { type: string, enum: [fast, slow], default: fast }
                level: { type: integer, enum: [1, 2] }
                port: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }
                note: { type: string, nullable: true, pattern: "^(a+)+$" }
                labels: { type: object, additionalProperties: { type: string } }
                free: { type: object, x-kubernetes-preserve-unknown-fields: true }
                pod: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object } } }
                list: { type: array, minItems: 1, items: { type: string, maxLength: 3 } }
                constructor: { type: boolean }
              x-kubernetes-validations:
                - rule: "!has(self.mode) || self.mode != 'slow' || self.size > 2"
                  message: slow things are large
                - rule: self.size == oldSelf.size
    - name: v1alpha1
      served: false
      schema: { openAPIV3Schema: { type: object } }
`;

test('a definition of the workspace', () => {
  const found = shapes(CRD);
  assert.deepEqual([...found.keys()], ['example.com/Thing/v1']);
  const shape = found.get('example.com/Thing/v1') as Shape;
  const spec = shape.fields?.spec as Shape;
  assert.deepEqual(plain(spec), {
    type: 'object',
    required: ['size'],
    fields: {
      size: { type: 'integer', minimum: 1 },
      mode: { type: 'string', enum: ['fast', 'slow'], default: 'fast' },
      level: { type: 'integer', enum: ['1', '2'] },
      port: { type: 'int-or-string' },
      note: { type: 'string', nullable: true, pattern: '^(a+)+$' },
      labels: { type: 'object', additional: { type: 'string' } },
      free: { type: 'object', open: true },
      pod: plain({
        type: 'object',
        fields: {
          spec: { type: 'object' },
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: shape.fields?.metadata as Shape,
        },
      }),
      list: { type: 'array', minItems: 1, items: { type: 'string', maxLength: 3 } },
      constructor: { type: 'boolean' },
    },
    cel: [
      { rule: "!has(self.mode) || self.mode != 'slow' || self.size > 2", message: 'slow things are large' },
      { rule: 'self.size == oldSelf.size', message: 'failed rule: self.size == oldSelf.size' },
    ],
  });
});

test('validates objects of its kind', () => {
  const shape = shapes(CRD).get('example.com/Thing/v1') as Shape;
  const problems = (spec: string) => {
    const { root } = parseTree(
      `apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a }\nspec: ${spec}\nstatus: { x: 1 }\n`,
    );
    assert.ok(root);
    return validate(root, shape, { partial: false, template: () => false }).map((p) => `${p.code} ${p.path.join('.')}`);
  };
  assert.deepEqual(
    problems('{ size: 3, mode: slow, level: 2, port: 80, note: null, labels: { a: b }, free: { a: 1 } }'),
    [],
  );
  assert.deepEqual(problems('{ size: 1, mode: slow }'), ['cel spec.size']);
  assert.deepEqual(problems('{ level: 3, port: true, constructor: x }'), [
    'not-in-enum spec.level',
    'wrong-type spec.port',
    'wrong-type spec.constructor',
    'missing-field spec',
  ]);
  // An expression that takes a backtracking engine forever.
  assert.deepEqual(problems(`{ size: 1, note: ${'a'.repeat(2_000)}! }`), ['pattern spec.note']);
  assert.deepEqual(problems('{ size: 1, pod: { spec: {}, apiVersion: v1, kinds: x } }'), [
    'unknown-field spec.pod.kinds',
  ]);
});

test('documents that are no such definition', () => {
  for (const text of [
    'kind: ConfigMap',
    'kind: CustomResourceDefinition',
    'kind: CustomResourceDefinition\nspec: 1',
    '[]',
    'a: &a [*a]',
  ])
    assert.equal(shapes(text).size, 0);
  const damaged = shapes(
    CRD.replace('type: object\n          required: [spec]', 'type: [\n          required: [spec]'),
  );
  assert.ok(damaged.size <= 1);
});

const input = resolve(process.env.STRUCTURE_INPUT ?? '../shared');
const skip = existsSync(input) ? false : `no CRDs at ${input}`;

test('the newest CRDs say what is bundled', { skip }, () => {
  const files = readdirSync(`${input}/crds`).filter((f) => f.endsWith('.yaml'));
  assert.ok(files.length > 10);
  for (const file of files)
    for (const [name, shape] of shapes(readFileSync(`${input}/crds/${file}`, 'utf8'))) {
      const [group = '', kind = '', version = ''] = name.split('/');
      assert.deepEqual(plain(shape), plain(structureOf(group, version, kind)), name);
    }
});
