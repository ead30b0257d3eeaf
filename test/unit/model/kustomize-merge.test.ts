import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { objectOfJson6902 } from '../../../server/src/model/kustomize/json6902.ts';
import { type ApplyOptions, applyPatches } from '../../../server/src/model/kustomize/merge.ts';
import { type KubernetesObject, readObject } from '../../../server/src/model/object.ts';
import { toData } from '../../../server/src/yaml/data.ts';
import { asSeq, get, getEntry } from '../../../server/src/yaml/navigate.ts';
import type { SeqNode } from '../../../server/src/yaml/tree.ts';
import { documentFrom } from '../../support/documents.ts';

const TYPE = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, namespace: n}\n';

function objectFrom(text: string, partial = false): KubernetesObject {
  const document = documentFrom(text);
  const object = readObject(document, document.tree.root, { partial });
  assert.ok(object);
  return object;
}

function operations(text: string): KubernetesObject {
  const document = documentFrom(text);
  const object = objectOfJson6902(document, asSeq(document.tree.root) as SeqNode, { kind: 'Deployment' });
  assert.ok(object);
  return object;
}

/** What is left of `spec` after merges of other specs. */
function merged(spec: string, patches: readonly string[], options?: ApplyOptions, type = TYPE): unknown {
  const object = objectFrom(`${type}spec: ${spec}`);
  const result = applyPatches(
    object,
    patches.map((p) => objectFrom(`${type}spec: ${p}`, true)),
    options,
  );
  return toData(get(result.root, 'spec'));
}

test('maps are merged, other values replaced, null removes', () => {
  assert.deepEqual(merged('{a: {b: 1, c: 2}, d: [1, 2], e: 1}', ['{a: {c: 3, f: 4}, d: [3], e: null}']), {
    a: { b: 1, c: 3, f: 4 },
    d: [3],
  });
});

test('containers, variables and volumes are merged by their keys', () => {
  assert.deepEqual(
    merged(
      '{template: {spec: {containers: [{name: a, image: i, env: [{name: X, value: "1"}]}, {name: b}], volumes: [{name: v}]}}}',
      [
        '{template: {spec: {containers: [{name: a, env: [{name: Y}], volumeMounts: [{mountPath: /m, name: v}]}, {name: c}], volumes: [{name: w}]}}}',
        '{template: {spec: {containers: [{name: a, volumeMounts: [{mountPath: /m, name: w}]}]}}}',
      ],
    ),
    {
      template: {
        spec: {
          containers: [
            { name: 'c' },
            {
              name: 'a',
              image: 'i',
              env: [{ name: 'Y' }, { name: 'X', value: '1' }],
              volumeMounts: [{ mountPath: '/m', name: 'w' }],
            },
            { name: 'b' },
          ],
          volumes: [{ name: 'w' }, { name: 'v' }],
        },
      },
    },
  );
});

test('ports go by number and protocol', () => {
  assert.deepEqual(
    merged('{ports: [{containerPort: 1, name: a}]}', [
      '{ports: [{containerPort: 1, protocol: UDP}, {containerPort: 1, name: b}]}',
    ]),
    {
      ports: [
        { containerPort: 1, protocol: 'UDP' },
        { containerPort: 1, name: 'b' },
      ],
    },
  );
});

test('lists of custom resources are replaced', () => {
  const type = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: x}\n';
  assert.deepEqual(merged('{values: {env: [{name: a}]}}', ['{values: {env: [{name: b}]}}'], {}, type), {
    values: { env: [{ name: 'b' }] },
  });
});

test('directives delete and replace', () => {
  assert.deepEqual(
    merged('{containers: [{name: a}, {name: b, image: i}, {name: c}], m: {x: 1}, n: {x: 1}, env: [{name: q}]}', [
      '{containers: [{name: a, $patch: delete}, {name: b, $patch: replace, image: j}], m: {$patch: replace, y: 2}, n: {$patch: delete}, env: [{$patch: replace}, {name: r}]}',
    ]),
    { containers: [{ name: 'b', image: 'j' }, { name: 'c' }], m: { y: 2 }, env: [{ name: 'r' }] },
  );
  const object = objectFrom(`${TYPE}spec: {a: 1}`);
  const deleted = applyPatches(object, [objectFrom(`${TYPE}$patch: delete`, true)]);
  assert.equal(deleted.partial, true);
  assert.deepEqual(toData(applyPatches(object, [objectFrom(`${TYPE}$patch: replace\nspec: {b: 1}`, true)]).root), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x', namespace: 'n' },
    spec: { b: 1 },
  });
});

test('additive takes nothing away', () => {
  assert.deepEqual(
    merged(
      '{containers: [{name: a}], m: {x: 1}, n: 1}',
      ['{containers: [{name: a, $patch: delete}], m: {$patch: replace, y: 2}, n: null}'],
      { additive: true },
    ),
    { containers: [{ name: 'a' }], m: { x: 1, y: 2 }, n: 1 },
  );
  const object = objectFrom(`${TYPE}spec: {a: 1}`);
  assert.equal(applyPatches(object, [operations('- {op: remove, path: /spec/a}')], { additive: true }), object);
});

test('an object keeps what it is, values keep where they are', () => {
  const object = objectFrom(`${TYPE}spec: {a: 1}`);
  const patch = objectFrom(
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: other, namespace: o, labels: {l: m}}\nspec: {b: 2}',
    true,
  );
  const result = applyPatches(object, [patch]);
  assert.equal(result.partial, false);
  assert.deepEqual(toData(result.root), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x', namespace: 'n', labels: { l: 'm' } },
    spec: { a: 1, b: 2 },
  });
  assert.equal(getEntry(result.root, 'spec', 'a')?.value.tree, object.tree);
  assert.equal(getEntry(result.root, 'spec', 'b')?.value.tree, patch.tree);
  assert.equal(getEntry(result.root, 'spec', 'b')?.value.synthetic, false);
  assert.equal(applyPatches(object, []), object);
});

test('operations are applied in their order', () => {
  const apply = (spec: string, text: string): unknown =>
    toData(get(applyPatches(objectFrom(`${TYPE}spec: ${spec}`), [operations(text)]).root, 'spec'));
  assert.deepEqual(
    apply(
      '{a: [1, 2, 3]}',
      '- {op: add, path: /spec/a/1, value: x}\n- {op: remove, path: /spec/a/0}\n- {op: add, path: /spec/a/-, value: y}',
    ),
    {
      a: ['x', 2, 3, 'y'],
    },
  );
  assert.deepEqual(
    apply(
      '{a: {b: 1}}',
      '- {op: replace, path: /spec/a/b, value: 2}\n- {op: copy, from: /spec/a, path: /spec/c}\n- {op: move, from: /spec/a, path: /spec/d}',
    ),
    {
      c: { b: 2 },
      d: { b: 2 },
    },
  );
  assert.deepEqual(
    apply('{}', '- {op: add, path: /spec/x/y~1z, value: 1}\n- {op: add, path: /spec/list/-, value: 2}'),
    { x: { 'y/z': 1 }, list: [2] },
  );
  assert.deepEqual(
    apply(
      '{a: 1, l: [1]}',
      '- {op: remove, path: /spec/no/way}\n- {op: replace, path: /spec/l/7, value: 1}\n- {op: add, path: /spec/a/b, value: 1}\n- {op: add, path: /spec/l/x, value: 1}',
    ),
    { a: 1, l: [1] },
  );
});

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, 1, 'x', true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom('name', 'env', 'containers', 'ports', 'a', '$patch', '__proto__'),
      fc.oneof(tie('value'), fc.constantFrom('delete', 'replace')),
      { maxKeys: 4 },
    ),
  ),
})).value;

test('no patch is too odd', () => {
  fc.assert(
    fc.property(value, fc.array(value, { maxLength: 3 }), fc.boolean(), (spec, patches, additive) => {
      merged(
        JSON.stringify(spec),
        patches.map((p) => JSON.stringify(p)),
        { additive },
      );
    }),
    { numRuns: 500 },
  );
});

test('a merge without directives and nulls is idempotent', () => {
  const plain = (v: unknown): unknown =>
    JSON.parse(JSON.stringify(v).replaceAll('null', '0').replaceAll('$patch', 'b'));
  fc.assert(
    fc.property(value, value, (spec, patch) => {
      const [a, b] = [JSON.stringify(plain(spec)), JSON.stringify(plain(patch))];
      assert.deepEqual(merged(merged2(a, b), [b], {}, CUSTOM), merged(a, [b], {}, CUSTOM));
    }),
  );
});

const CUSTOM = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\n';
const merged2 = (a: string, b: string): string => JSON.stringify(merged(a, [b], {}, CUSTOM) ?? null);
