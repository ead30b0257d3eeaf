import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFully } from '../../../server/src/yaml/parse.ts';
import { parseSimple } from '../../../server/src/yaml/simple-parse.ts';
import type { Node, Tree } from '../../../server/src/yaml/tree.ts';

/** All of a tree as plain data, with a word where the way back up is wrong. */
function flat(node: Node | undefined, parent: Node | undefined): unknown {
  if (!node) return node;
  const common = [
    node.parent === parent ? node.kind : 'another parent',
    `${node.span.start}-${node.span.end}`,
    node.damaged,
    node.synthetic,
    node.anchor,
    node.tag,
  ];
  if (node.kind === 'map')
    return [
      ...common,
      node.flow,
      node.entries.map((e) => [flat(e.key, node), flat(e.value, node), e.map === node ? 'map' : 'another map']),
    ];
  if (node.kind === 'seq') return [...common, node.flow, node.items.map((item) => flat(item, node))];
  if (node.kind === 'alias') return [...common, node.name];
  return [...common, node.style, node.text, typeof node.value, String(node.value)];
}

/** The root by the simple parser; fails where it is another one than the full parser finds. */
function check(text: string): Node | undefined {
  const tree: Tree = { text, root: undefined, errors: [], host: undefined };
  const root = parseSimple(tree);
  if (!root) return undefined;
  const full = parseFully(text);
  assert.deepEqual(full.errors, [], JSON.stringify(text));
  assert.deepEqual(flat(root, undefined), flat(full.root, undefined), JSON.stringify(text));
  return root;
}

/** What the simple parser is for. */
const SIMPLE = [
  'a: 1\nb: two\n',
  'a: 1',
  '---\na:\n  b: 1 # c\n\n# x\nc:\n- 1\n- x: y\n  z: w\n\n',
  '--- # first\na: 1\n',
  '# license\n---\n# more\na: 1\n',
  'a:\nb:  \nc: ""\nd: \'\'\n',
  'a:\n  # c\n  b: 1\n  # d\n  c: 2\n# e\n',
  'a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\n\n\nc: 1\n',
  'a:\n  b: |\n    x',
  'a: |\n\n  x\n',
  'a: |+\n  x\nb: 1\n',
  '- a\n-\n- b: 1\n  c:\n  - d\n-   e: 1\n    f: 2\n',
  'k:\n    - a\n    -   b: 1\n        c: 2\nl:\n- x\n',
  'a: "x\\n\\"y\\"\\\\" # t\nb: \'it\'\'s\'\n"c d": 1\n\'e\': 2\n',
  'a: ~\nb: null\nc: 0x1F\nd: 1e3\ne: 012\nf: .5\ng: true\nh: True\ni: 0o17\nj: .inf\nk: -1\nl: 2024-01-01\nm: 9007199254740993\nn: -.INF\no: .NaN\np: +1.\nq: 1.5e-3\nr: no\n',
  '1: a\ntrue: b\nnull: c\n1.5: d\n',
  'a: {}\nb: []\nc: ["x", \'y\', z w]\nd: { cpu: 100m, memory: "64Mi", n: [1, 2] }\ne: [ ]\nf: {a: {b: c}}\n',
  'a: one two\n  three\n\n  four # c\nb: 1\n',
  "a: 'one\n  two''s\n\n  three'\nb: 1\n",
  '- one\n  two\n- three\n',
  'url: https://example.com:443/a?b=c#d\nimage: r.io/a:1@sha256:0\nargs: --x=y\nglob: a*b\nmark: a # {"$imagepolicy": "x:y"}\n',
  'azure.workload.identity/use: "true"\n.dockerconfigjson: x\n$ref: y\n<<: z\n-x: 1\n?y: 2\n:z: 3\n',
  '😀: é # ü\n',
];

/** What it leaves to the full parser: rare, or with rules of their own. */
const LEFT = [
  '',
  '# nothing\n',
  '---\n',
  'scalar\n',
  '--- a: 1\n',
  '%YAML 1.2\n---\na: 1\n',
  '\ufeffa: 1\n',
  'a: 1\r\n',
  'a:\t1\n',
  'a: &x 1\nb: *x\n',
  'a: !!str 1\n',
  'a: >\n  x\n',
  'a: |2\n   x\n',
  'a: | # c\n  x\n',
  'a: |+\n  x\n\n',
  '? a\n: b\n',
  '- - a\n',
  'a: {{ x }}\n',
  'a: [1,\n  2]\n',
  'a: "x\n  y"\n',
  'a: "\\x41"\n',
  'a : 1\n',
  '{"a": 1}\n',
  'a: b: c\n',
  'a: 1\n b: 2\n',
  'a:\n    b: 1\n  c: 2\n',
  'a: 1\nb\n',
  'a: "x\n',
  'a: [1\n',
  'a: @x\n',
  'a: 1\n...\n',
  'a: 1\n---\nb: 1\n',
  'a:\n  b: 1\n    # c\nd: 1\n',
];

test('simple documents are read as the full parser reads them', () => {
  for (const text of SIMPLE) assert.ok(check(text), JSON.stringify(text));
});

test('what is not simple is left alone', () => {
  for (const text of LEFT) assert.equal(check(text), undefined, JSON.stringify(text));
});

const piece = fc.constantFrom(
  ...[
    ' ',
    '  ',
    '    ',
    '\n',
    '\n\n',
    '\n  ',
    ':',
    ': ',
    '-',
    '- ',
    '#',
    ' # c',
    '\n  # c\n',
    '\n# c\n',
    "'",
    '"',
    '\\',
  ],
  ...[
    '|\n  x\n',
    '|-\n',
    '|+\n',
    '>\n',
    '[',
    ']',
    '{',
    '}',
    '{}',
    '[]',
    ', ',
    '&a ',
    '*a',
    '!',
    '? ',
    '%',
    '@',
    '`',
    '~',
  ],
  ...[
    'null',
    'true',
    '...',
    '---',
    '---\n',
    '=',
    '<<: ',
    '0x1',
    '1e3',
    '.5',
    '-1',
    'é',
    '😀',
    'key: value\n',
    '{{ x }}',
  ],
);
const edit = fc.record({ at: fc.nat(), remove: fc.nat(4), text: fc.oneof(fc.constant(''), piece) });

test('whatever is done to a document, the simple parser agrees or gives up', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...SIMPLE, ...LEFT), fc.array(edit, { maxLength: 4 }), (start, edits) => {
      let text = start;
      for (const { at, remove, text: inserted } of edits) {
        const offset = text.length === 0 ? 0 : at % (text.length + 1);
        text = text.slice(0, offset) + inserted + text.slice(offset + remove);
      }
      if (check(text)) read++;
    }),
    { numRuns: 20_000 },
  );
  assert.ok(read > 2_000, `only ${read} were simple`);
});

test('nothing makes it throw or hang', () => {
  for (const text of [
    '- '.repeat(5_000),
    '['.repeat(5_000),
    'a:\n'.repeat(5_000),
    ' '.repeat(50_000),
    'a: "'.repeat(5_000),
  ])
    check(text);
  let deep = '';
  for (let i = 0; i < 500; i++) deep += `${' '.repeat(i)}a:\n`;
  assert.equal(check(deep), undefined);
});
