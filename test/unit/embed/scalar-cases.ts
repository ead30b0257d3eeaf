import fc from 'fast-check';
import YAML from 'yaml';
import type { Span } from '../../../server/src/text/span.ts';
import type { ScalarStyle } from '../../../server/src/yaml/tree.ts';

/** A document with one scalar to look at: the value or item `target` of its place. */
export interface ScalarCase {
  readonly source: string;
  readonly span: Span;
  readonly style: ScalarStyle;
  /** What the library decodes. */
  readonly text: string;
  readonly value: unknown;
  /** The rest of the document, to see that an edit leaves it alone. */
  readonly rest: string;
  readonly errors: number;
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** The places a scalar may stand in; `@` is the scalar, its lines have to be indented by `indent` or more. */
export const places: readonly { readonly text: string; readonly indent: number; readonly flow?: boolean }[] = [
  { text: 'target: @', indent: 1 },
  { text: 'target: @\nafter: 1\n', indent: 1 },
  { text: 'before: x\ntarget: @\n\n# comment\nafter: [a]\n', indent: 1 },
  { text: 'a:\n  - n: 1\n    target: @\n    after: 1\n', indent: 5 },
  { text: 'a:\n- target: @\n- b\n', indent: 3 },
  { text: '- x\n- - @\n  - y\n- z\n', indent: 3 },
  { text: '- !!str @\n- z\n', indent: 1 },
  { text: 'a:\n  target: &anchor !!str @\n  b: c\n', indent: 3 },
  { text: 'a:\n  # comment: |2\n  target:\n    # more\n    @\n  b: c\n', indent: 3 },
  { text: 'before: "{["\n? a\n: @\nafter: 1\n', indent: 1 },
  { text: '@', indent: 0 },
  { text: '--- @', indent: 0 },
  { text: '--- # comment\n@', indent: 0 },
  { text: '{ a: b, target: @, after: [c] }\n', indent: 1, flow: true },
  { text: 'a: [ x, @, y]\nb: 1\n', indent: 1, flow: true },
  { text: 'a: {\n    target: @\n  }\nb: 1\n', indent: 5, flow: true },
];

/** Reads a document whose scalar is the one at or behind `at`; `undefined` if there is none. */
export function readCase(source: string, at: number): ScalarCase | undefined {
  const doc = YAML.parseDocument(source, { logLevel: 'silent' });
  let found: YAML.Scalar | undefined;
  YAML.visit(doc, {
    Scalar(_key, node) {
      const start = node.range?.[0] ?? -1;
      if (start === at) found = node;
      return found ? YAML.visit.BREAK : undefined;
    },
  });
  if (!found?.range || found.source === undefined || found.type === undefined) return undefined;
  const style = styles[found.type];
  if (!style) return undefined;
  const node = found;
  const value = node.value;
  node.value = 'TARGET';
  const rest = JSON.stringify(doc.toJS());
  const span = { start: found.range[0], end: found.range[1] };
  return { source, span, style, text: found.source, value, rest, errors: doc.errors.length };
}

const ordinary = ['a', 'b', 'word', 'é', '😀', '1', '"', "'", '\\', ':', '#', '-', ',', '{', ']', '=', '/', '---', '%'];
const blank = [' ', ' ', '  ', '\n', '\n', '\n\n', ': ', ' #', '- '];
const odd = ['\t', '\r', '\x01', '\u0085', '\u2028', '\ufeff', '\ud800', '\u00a0', '\x7f'];

/** Texts of the characters that mean something to YAML. */
export const trickyText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...ordinary) },
      { weight: 5, arbitrary: fc.constantFrom(...blank) },
      { weight: 1, arbitrary: fc.constantFrom(...odd) },
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

/** Texts every style but the plain one can hold: words, and lines that neither start nor end with a blank. */
export const proseText = fc
  .array(fc.constantFrom('a', 'b-c', 'word word', "it's", '"q"', 'é😀', 'x: y', '#1', '[', '\\n'), {
    minLength: 1,
    maxLength: 12,
  })
  .chain((words) =>
    fc
      .array(fc.constantFrom('', ' ', '\n', '\n\n'), { minLength: words.length, maxLength: words.length })
      .map((gaps) => words.map((word, i) => word + gaps[i]).join('')),
  );

const types = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;

const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/** What the library writes of a text in every style and many places. */
export const libraryCase = (text: fc.Arbitrary<string>): fc.Arbitrary<ScalarCase | undefined> =>
  fc
    .record({
      text,
      type: fc.constantFrom(...types),
      place: fc.constantFrom('map', 'item', 'nested', 'root', 'flow'),
      indent: fc.constantFrom(2, 4, 1),
      lineWidth: fc.constantFrom(0, 20, 80),
      windows: fc.boolean(),
      cut: fc.boolean(),
    })
    .map(({ text, type, place, indent, lineWidth, windows, cut }) => {
      const scalar = new YAML.Scalar(text);
      scalar.type = type;
      const doc = new YAML.Document();
      if (place === 'root') doc.contents = scalar as never;
      else if (place === 'item') doc.contents = doc.createNode(['x', scalar, 'y']) as never;
      else if (place === 'nested') doc.contents = doc.createNode({ a: [{ b: { target: scalar } }], c: 1 }) as never;
      else doc.contents = doc.createNode({ before: 1, target: scalar, after: 2 }, { flow: place === 'flow' }) as never;
      let source = doc.toString({ indent: Math.max(indent, place === 'root' ? 2 : 1), lineWidth });
      if (cut && source.endsWith('\n')) source = source.slice(0, -1);
      if (windows) source = crlf(source);
      // The library may write another style than asked for; what it wrote is what is looked at.
      const again = YAML.parseDocument(source);
      let at = -1;
      YAML.visit(again, {
        Scalar(_key, node, path) {
          const parent = path.at(-1);
          const isTarget =
            path.length === 1 ||
            (YAML.isPair(parent) &&
              parent.value === node &&
              YAML.isScalar(parent.key) &&
              parent.key.value === 'target') ||
            (place === 'item' && YAML.isSeq(parent) && parent.items[1] === node);
          if (isTarget && node.range) at = node.range[0];
        },
      });
      return at < 0 ? undefined : readCase(source, at);
    });

/** A scalar put into a place as it is written; lines behind its first get the indentation the place asks for. */
export const placed = (scalar: fc.Arbitrary<string>): fc.Arbitrary<ScalarCase | undefined> =>
  fc
    .record({ scalar, place: fc.constantFrom(...places), extra: fc.nat(2), windows: fc.boolean(), end: fc.boolean() })
    .map(({ scalar, place, extra, windows, end }) => {
      const block = /^[|>]/.test(scalar);
      if (block && place.flow) return undefined;
      const indent = ' '.repeat(place.indent + extra);
      // A line that starts with an underscore is not indented: blank lines are often shorter than their block.
      const lines = scalar
        .split('\n')
        .map((line, i) => (i === 0 ? line : line.startsWith('_') ? line.slice(1) : indent + line));
      const body = lines.join('\n');
      const glue = block && /^\n/.test(place.text.slice(place.text.indexOf('@') + 1)) && body.endsWith('\n');
      let source = place.text.replace('@', () => '\0').replace(glue ? '\0\n' : '\0', () => `\0${body}`);
      if (end && !source.endsWith('\n')) source += '\n';
      if (windows) source = crlf(source);
      const at = source.indexOf('\0');
      return readCase(source.replace('\0', ''), at);
    });

const join = (parts: readonly string[]) => parts.join('');

const pieces = (...list: string[]) => fc.array(fc.constantFrom(...list), { maxLength: 14 }).map(join);

/** Scalars as people and other tools write them, right and wrong. */
export const writtenScalar: fc.Arbitrary<string> = fc.oneof(
  pieces('a', 'b', ' ', '  ', '\n', '\n\n', '\n_', '\t', "''", '"', '\\', ': ', '#', 'é😀').map((s) => `'${s}'`),
  pieces(
    ...['a', 'b', ' ', '  ', '\n', '\n\n', '\n_', '\t', '\\n', '\\"', '\\\\', '\\/', '\\ ', '\\\t', '\\\n', '\\\n  '],
    ...['\\x41', '\\u00e9', '\\U0001F600', '\\ud83d\\ude00', '\\0', '\\e', '\\N', '\\L', '\\P', '\\_', "'", 'é😀'],
    ...['\\q', '\\xzz', '\\u12', '\\U00110000'],
  ).map((s) => `"${s}"`),
  pieces('a', 'b', 'word', ' ', '  ', '\n', '\n\n', '\n_', '\t', "'", '"', '\\', ':', '-', 'é😀', '1', '.').map(
    (s) => `w${s}`,
  ),
  fc
    .record({
      style: fc.constantFrom('|', '>'),
      header: fc.constantFrom('', '-', '+', '2', '1-', '+2', '3', '4+', ' # comment', '-  ', '+ # c'),
      lines: fc.array(
        fc.constantFrom(
          ...['', '', '_', '_ ', ' ', '  ', '    ', 'a', 'b b', ' more', '  more', '\ttab', 'a\t', 'a ', '   ', '# no'],
          ...['é😀', 'a: b', "it's", '- x', '\r', 'a\rb', '---'],
        ),
        { maxLength: 8 },
      ),
      end: fc.boolean(),
    })
    .map(
      ({ style, header, lines, end }) => `${style}${header}${lines.map((l) => `\n${l}`).join('')}${end ? '\n_' : ''}`,
    ),
);
