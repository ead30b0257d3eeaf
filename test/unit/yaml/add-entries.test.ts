import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { addEntries } from '../../../server/src/yaml/edits.ts';
import { asMap, get } from '../../../server/src/yaml/navigate.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

function added(text: string, values: Parameters<typeof addEntries>[1], ...path: string[]): string {
  const { root } = parseTree(text);
  const map = asMap(get(root, ...path));
  assert.ok(map);
  return applyEdits(text, addEntries(map, values).edits);
}

test('keys go to the end of a block map, behind its comment', () =>
  assert.equal(
    added('a:\n  b: 1 # one\nc: 2\n', { d: '', e: 'yes' }, 'a'),
    'a:\n  b: 1 # one\n  d: ""\n  e: "yes"\nc: 2\n',
  ));

test('keys that are there stay as they are', () => {
  assert.equal(added('a:\n  b: 1\n', { b: 2, c: 3 }, 'a'), 'a:\n  b: 1\n  c: 3\n');
  assert.equal(added('a:\n  b: 1\n', { b: 2 }, 'a'), 'a:\n  b: 1\n');
});

test('a flow map stays one', () => {
  assert.equal(added('a: { b: 1 }\n', { c: 'x', d: '' }, 'a'), 'a: { b: 1, c: x, d: "" }\n');
  assert.equal(added('{"a":{}}', { c: 'x', d: '' }, 'a'), '{"a":{"c": "x", "d": ""}}');
  assert.equal(added('a: {}\n', { c: 'x' }, 'a'), 'a: { c: x }\n');
});

test('line breaks of Windows stay', () =>
  assert.equal(added('a:\r\n  b: 1\r\n', { c: 2, d: 3 }, 'a'), 'a:\r\n  b: 1\r\n  c: 2\r\n  d: 3\r\n'));
