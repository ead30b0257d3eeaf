import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { block, commented, documents, scalar, toYaml } from '../../../server/src/features/generate/yaml-text.ts';

test('strings stay strings for every reader', () => {
  for (const text of [
    'true',
    'no',
    'on',
    'y',
    'null',
    '~',
    '1',
    '1.0',
    '0x1f',
    '1e3',
    '12:30',
    '2024-01-31',
    '',
    ' a',
    'a ',
    'a: b',
    'a #b',
    'a:',
    '*',
    '&a',
    '!b',
    '- a',
    '@a',
    '`a',
    '%a',
    '{a}',
    '[a]',
    '"a"',
    "it's",
    '\\d',
    '\ta',
    '#a',
    '>=1.0',
    '|',
    '.inf',
    '$a',
    '${A}',
    'ü',
  ])
    for (const version of ['1.1', '1.2'] as const)
      assert.equal(parse(`k: ${scalar(text)}`, { version }).k, text, `${text} in YAML ${version}`);
  for (const text of [
    'plain',
    '--login',
    '11111111-2222-4333-8444-555555555555',
    'https://a.b/c?d',
    'Key Vault Crypto User',
  ])
    assert.equal(parse(`k: ${scalar(text)}`).k, text);
  assert.equal(scalar('--login'), '--login');
  assert.equal(scalar('11111111-2222-4333-8444-555555555555'), '11111111-2222-4333-8444-555555555555');
});

test('maps, lists, comments and blocks', () => {
  const text = toYaml({
    a: commented('why\nand how', 1),
    skipped: undefined,
    list: [commented('first', { x: true, deep: ['z'] }), undefined, 'two', ['nested', 'list'], block('in\n\nblock\n')],
    empty: {},
    none: [],
    text: block('no end'),
  });
  assert.equal(
    text,
    `# why
# and how
a: 1
list:
  # first
  - x: true
    deep:
      - z
  - two
  - - nested
    - list
  - |
    in

    block
empty: {}
none: []
text: |-
  no end
`,
  );
  assert.deepEqual(parse(text).list, [{ x: true, deep: ['z'] }, 'two', ['nested', 'list'], 'in\n\nblock\n']);
  assert.equal(parse(text).text, 'no end');
  assert.equal(documents({ a: 1 }, undefined, { b: commented('c', 2) }), 'a: 1\n---\n# c\nb: 2\n');
});
