import assert from 'node:assert/strict';
import { test } from 'node:test';
import { condense } from '../../../server/src/yaml/condense.ts';
import { get, textAt } from '../../../server/src/yaml/navigate.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

const patch = (i: number) =>
  `      - target:
          kind: Deployment
          name: controller-${i}
        patch: |
${Array.from({ length: 40 }, (_, n) => `          - op: add # ${n}\n            path: /spec/x${n}\n            value: "{ ["\n`).join('')}`;
const TEXT = `# A comment at the top.
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
spec:
  distribution:
    version: 2.x
  kustomize:
    patches:
${Array.from({ length: 30 }, (_, i) => patch(i)).join('')}  sync:
    kind: OCIRepository
    provider: MARK
`;

test('a small text stays as it is', () => assert.equal(condense('a: b\nc: d\n', 3), 'a: b\nc: d\n'));

test('what is beside the way stays as a key, the way itself whole', () => {
  const short = condense(TEXT, TEXT.indexOf('MARK'));
  assert.ok(short.length < 1_000, String(short.length));
  const tree = parseTree(short);
  assert.deepEqual(tree.errors, []);
  assert.equal(textAt(tree.root, 'kind'), 'FluxInstance');
  assert.equal(textAt(tree.root, 'spec', 'distribution', 'version'), '2.x');
  assert.equal(textAt(tree.root, 'spec', 'sync', 'provider'), 'MARK');
  assert.ok(get(tree.root, 'spec', 'kustomize'));
});

test('inside a large list the item itself is whole', () => {
  const text = TEXT.replace('name: controller-17', 'name: MARK');
  const short = condense(text, text.indexOf('MARK'));
  const tree = parseTree(short);
  assert.deepEqual(tree.errors, []);
  const patches = get(tree.root, 'spec', 'kustomize', 'patches');
  assert.ok(patches?.kind === 'seq');
  const own = patches.items.find((i) => textAt(i, 'target', 'name') === 'MARK');
  assert.equal(textAt(own, 'target', 'kind'), 'Deployment');
});
