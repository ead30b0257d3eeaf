import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { addItems, type Data, removeItems } from '../../../server/src/yaml/edits.ts';
import { asSeq, get } from '../../../server/src/yaml/navigate.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

function added(text: string, values: readonly Data[], index?: number): string {
  const tree = parseTree(text);
  const seq = asSeq(get(tree.root, 'list'));
  assert.ok(seq);
  return applyEdits(text, addItems(seq, values, index).edits);
}

describe('items are added to a sequence', () => {
  for (const [title, text, values, index, wanted] of [
    [
      'at the end of a block',
      'list:\n  - a # first\nnext: 1\n',
      ['b'],
      undefined,
      'list:\n  - a # first\n  - b\nnext: 1\n',
    ],
    ['that is not indented', 'list:\n- a\n', ['b', 'c'], undefined, 'list:\n- a\n- b\n- c\n'],
    ['before the first', 'list:\n  - a\n  - b\n', ['x'], 0, 'list:\n  - x\n  - a\n  - b\n'],
    ['between', 'list:\n  - a\n  - b\n', ['x', 'z'], 1, 'list:\n  - a\n  - x\n  - z\n  - b\n'],
    [
      'maps',
      'list:\n  - name: a\n    value: "1"\n',
      [{ name: 'b', value: '2' }],
      undefined,
      'list:\n  - name: a\n    value: "1"\n  - name: b\n    value: "2"\n',
    ],
    ['a block scalar before', 'list:\n  - |\n    text\n', ['b'], undefined, 'list:\n  - |\n    text\n  - b\n'],
    ['with CRLF', 'list:\r\n  - a\r\n', ['b'], undefined, 'list:\r\n  - a\r\n  - b\r\n'],
    ['to a flow sequence', 'list: [a, b]\n', ['c'], undefined, 'list: [a, b, c]\n'],
    ['before the first of a flow sequence', 'list: [a, b]\n', ['x'], 0, 'list: [x, a, b]\n'],
    ['to an empty one', 'list: []\n', ['a', 'b'], undefined, 'list: [a, b]\n'],
    ['to JSON', '{"list": ["a"]}', ['b'], undefined, '{"list": ["a", "b"]}'],
    [
      'to JSON on lines',
      '{\n  "list": [\n    "a"\n  ]\n}',
      ['b'],
      undefined,
      '{\n  "list": [\n    "a",\n    "b"\n  ]\n}',
    ],
    [
      'flags, plain',
      'list:\n  - a\n',
      ['--b', '-c', '---', '-1'],
      undefined,
      'list:\n  - a\n  - --b\n  - -c\n  - "---"\n  - "-1"\n',
    ],
    ['that YAML would misread', 'list: [a]\n', ['yes', 'a, b'], undefined, 'list: [a, "yes", "a, b"]\n'],
  ] as const)
    test(title, () => assert.equal(added(text, values, index), wanted));
});

describe('items are removed from a sequence', () => {
  for (const [title, text, first, last, wanted] of [
    ['of a block', 'list:\n  - a\n  - b\n  - c\n', 0, 1, 'list:\n  - c\n'],
    ['at the end of a block', 'list:\n  - a\n  - b\n  - c\nnext: 1\n', 1, 2, 'list:\n  - a\nnext: 1\n'],
    ['that begin with hyphens', 'list:\n  - --a\n  - --b\n  - -c\n', 1, 2, 'list:\n  - --a\n'],
    ['all of a block', 'list:\n  - a\n  - b\nnext: 1\n', 0, 1, 'list:\n  []\nnext: 1\n'],
    ['of a flow sequence', 'list: [a, b, c]\n', 0, 1, 'list: [c]\n'],
    ['at the end of a flow sequence', 'list: [a, b, c]\n', 1, 2, 'list: [a]\n'],
  ] as const)
    test(title, () => {
      const seq = asSeq(get(parseTree(text).root, 'list'));
      const [from, to] = [seq?.items[first], seq?.items[last]];
      assert.ok(from && to);
      assert.equal(applyEdits(text, removeItems(from, to).edits), wanted);
    });
});
