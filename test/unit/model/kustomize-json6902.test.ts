import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isJson6902,
  objectOfJson6902,
  operationListOf,
  typeOfTarget,
} from '../../../server/src/model/kustomize/json6902.ts';
import type { PatchTarget } from '../../../server/src/model/object.ts';
import { toData } from '../../../server/src/yaml/data.ts';
import { asSeq, get, getEntry, pathOf } from '../../../server/src/yaml/navigate.ts';
import type { Node, SeqNode } from '../../../server/src/yaml/tree.ts';
import { documentFrom } from '../../support/documents.ts';

const DEPLOYMENT: PatchTarget = { kind: 'Deployment', name: 'x' };

function object(text: string, target: PatchTarget | undefined = DEPLOYMENT) {
  const document = documentFrom(text);
  return objectOfJson6902(document, asSeq(document.tree.root) as SeqNode, target);
}

test('operations become the object they write', () => {
  const patch = object(`- op: add
  path: /spec/template/metadata/labels/azure.workload.identity~1use
  value: "true"
- {op: replace, path: /spec/template/spec/containers/0/image, value: a}
- {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: A}}
- {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: B}}
- {op: add, path: /spec/template/spec/containers/1/args/0, value: --x}
- {op: remove, path: /spec/replicas}
- {op: test, path: /spec/a, value: 1}
- {op: move, path: /spec/b, from: /spec/c}
- {op: copy, path: /spec/d, from: /spec/c}
`);
  assert.deepEqual(toData(patch?.root), {
    spec: {
      template: {
        metadata: { labels: { 'azure.workload.identity/use': 'true' } },
        spec: { containers: [{ image: 'a', env: [{ name: 'A' }, { name: 'B' }] }, { args: ['--x'] }] },
      },
    },
  });
  assert.equal(patch?.partial, true);
  assert.equal(patch?.apiVersion, 'apps/v1');
  assert.equal(patch?.target, DEPLOYMENT);
  assert.equal(patch && operationListOf(patch), asSeq(patch?.document.tree.root));
});

test('keys stand in the path, values where they are written', () => {
  const text = '- op: add\n  path: "/metadata/annotations/a~1b"\n  value: x\n';
  const entry = getEntry(object(text)?.root, 'metadata', 'annotations', 'a/b');
  assert.equal(text.slice(entry?.key.span.start, entry?.key.span.end), 'a~1b');
  assert.equal(entry?.key.synthetic, true);
  assert.equal(entry?.value.synthetic, false);
  assert.deepEqual(pathOf(entry?.value as Node), [0, 'value']);
  assert.deepEqual(pathOf(entry?.key as Node).slice(0, 2), ['metadata', 'annotations']);
});

test('an escaped path gives its keys the place of the whole', () => {
  const text = '- {op: add, path: "/a\\x2fb", value: x}';
  const entry = getEntry(object(text)?.root, 'a', 'b');
  assert.equal(text.slice(entry?.key.span.start, entry?.key.span.end), '"/a\\x2fb"');
});

test('a value that further operations write into keeps its own parts', () => {
  const patch = object(`- {op: add, path: /metadata/annotations, value: {a: b}}
- {op: add, path: /metadata/annotations/c, value: d}
- {op: add, path: /spec/list, value: [x]}
- {op: add, path: /spec/list/-, value: y}
- {op: replace, path: /spec/list/0, value: z}
- {op: add, path: /spec/text, value: t}
- {op: add, path: /spec/text/into, value: never}
`);
  assert.deepEqual(toData(patch?.root), {
    metadata: { annotations: { a: 'b', c: 'd' } },
    spec: { list: ['z', 'y'], text: 't' },
  });
  assert.equal(get(patch?.root, 'metadata', 'annotations', 'a')?.synthetic, false);
});

test('numbers are keys in maps of strings', () => {
  assert.deepEqual(toData(object('- {op: add, path: /data/0, value: x}', { kind: 'ConfigMap' })?.root), {
    data: { 0: 'x' },
  });
});

test('a whole object may be replaced', () => {
  assert.deepEqual(
    toData(object('- {op: replace, path: "", value: {a: {b: c}}}\n- {op: add, path: /a/d, value: e}')?.root),
    {
      a: { b: 'c', d: 'e' },
    },
  );
});

test('the target names the type, or nobody does', () => {
  const api = (target: PatchTarget | undefined) => typeOfTarget(target)?.apiVersion;
  assert.equal(api({ kind: 'Deployment' }), 'apps/v1');
  assert.equal(api({ kind: 'ServiceAccount' }), 'v1');
  assert.equal(api({ kind: 'HelmRelease' }), 'helm.toolkit.fluxcd.io/v2');
  assert.equal(api({ kind: 'Provider', version: 'v1beta2' }), 'notification.toolkit.fluxcd.io/v1beta2');
  assert.equal(api({ kind: 'Thing', group: 'example.com' }), 'example.com/v1');
  assert.equal(api({ kind: 'Ingress', group: 'networking.k8s.io', version: '.*' }), 'networking.k8s.io/v1');
  assert.equal(api({ kind: 'Thing' }), undefined);
  assert.equal(api({ kind: 'Deployment|StatefulSet' }), undefined);
  assert.equal(api({ kind: 'Deployment', group: '.*' }), undefined);
  assert.equal(api({ name: 'x' }), undefined);
  assert.equal(api(undefined), undefined);
});

test('a list of operations is told from other lists', () => {
  const is = (text: string) => isJson6902(documentFrom(text).tree.root);
  assert.ok(is('- {op: add, path: /a}') && is('[]'));
  assert.ok(!is('- a') && !is('- {a: b}') && !is('op: add'));
});

test('no operations are too odd, and hostile keys are just keys', () => {
  const step = fc.constantFrom(
    'a',
    '0',
    '-',
    '',
    '~',
    '~0',
    '~1',
    '~01',
    '__proto__',
    'constructor',
    'labels',
    '99999999999',
    '${x}',
  );
  const value = fc.constantFrom(
    '1',
    'x',
    'null',
    '{a: {b: c}}',
    '[x, {a: b}]',
    '[]',
    '{}',
    '*nowhere',
    '{{ x }}',
    '&a {x: *a}',
  );
  const operation = fc
    .tuple(
      fc.constantFrom('add', 'replace', 'remove', 'move', '7', 'null'),
      fc.array(step, { maxLength: 5 }),
      value,
      fc.boolean(),
    )
    .map(([op, steps, v, slash]) => `- {op: ${op}, path: "${slash ? '/' : ''}${steps.join('/')}", value: ${v}}`);
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 8 }), (operations) => {
      const patch = object(operations.join('\n') || '[]');
      toData(patch?.root);
      assert.equal(({} as { b?: unknown }).b, undefined);
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(Object.keys(toData(object('- {op: add, path: /__proto__/b, value: 1}')?.root) as object), [
    '__proto__',
  ]);
  object(`- {op: add, path: "${'/a'.repeat(50_000)}", value: 1}`);
});
