import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scalarMap } from '../../../server/src/embed/scalar-map.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { readCase } from './scalar-cases.ts';

/** Replaces `old` of the decoded text of the scalar at `@` by `next`; the source behind must be `expected`. */
function check(marked: string, old: string, next: string, expected: string | undefined): void {
  const at = marked.indexOf('@');
  const source = marked.replace('@', '');
  const c = readCase(source, at);
  assert.ok(c, source);
  const map = scalarMap(source, c.span, c.style);
  const start = old === '' ? map.text.length : map.text.indexOf(old);
  assert.ok(start >= 0);
  const written = map.edit([{ span: { start, end: start + old.length }, newText: next }]);
  assert.equal(written && applyEdits(source, written), expected);
}

describe('edits of a scalar', () => {
  it('indents the lines of a literal scalar', () => {
    check(
      'a: @|\n  x: 1\n  z: 2\nb: 1\n',
      'x: 1\n',
      'x: 1\ny: |\n  t\n\n',
      'a: |\n  x: 1\n  y: |\n    t\n\n  z: 2\nb: 1\n',
    );
    check('a: @|\r\n  x: 1\r\nb: 1\r\n', '1', '1\ny: 2', 'a: |\r\n  x: 1\r\n  y: 2\r\nb: 1\r\n');
  });

  it('keeps what is inserted at the end inside', () => {
    check('a: @|\n  x\n\nb: 1\n', '', 'y\n', 'a: |\n  x\n  y\n\nb: 1\n');
    check('a: @|\n  x\nb: 1\n', '', 'y', 'a: |-\n  x\n  y\nb: 1\n');
    check('a: @|-\n  x\nb: 1\n', '', '\ny\n', 'a: |\n  x\n  y\nb: 1\n');
    check('a: @|\n  x', '', 'y\n', 'a: |\n  x\n  y');
    check('a: @|+\n  x\n\nb: 1\n', '', 'y\n', 'a: |+\n  x\n\n  y\nb: 1\n');
    check('a: @|\nb: 1\n', '', 'y\n', 'a: |\n  y\nb: 1\n');
  });

  it('asks for another header where the text needs one', () => {
    check('a: @|\n    x\n', 'x', ' x', 'a: |4\n     x\n');
    check('a: @| # why\n  x\n\nb: 1\n', 'x\n', 'x\n\n', 'a: |+ # why\n  x\n\nb: 1\n');
    check('@|\nx\n', 'x', ' x', '|2\n   x\n');
  });

  it('replaces words of a folded scalar and leaves the folds', () => {
    check('a: @>-\n  {"a": 1,\n  "b": 2}\n', '2', '3', 'a: >-\n  {"a": 1,\n  "b": 3}\n');
    check('a: @>-\n  one\n  two\n\n  three\n  four\n', 'four', '4\n5', 'a: >-\n  one\n  two\n\n  three 4\n\n  5\n');
  });

  it('escapes in quotes', () => {
    check("a: @'it''s'\n", 'it', "'t", "a: '''t''s'\n");
    check("a: @'x y'\n", ' ', '\n', "a: 'x\n\n  y'\n");
    check("a: @'x y'\n", ' ', '\n  ', 'a: "x\\n  y"\n');
    check('a: @"x\\ty"\n', 'y', '"\\\n\u0001', 'a: "x\\t\\"\\\\\\n\\x01"\n');
    check('a: @"one\n  two"\n', 'two', 'three', 'a: "one\n  three"\n');
  });

  it('keeps a plain scalar plain where it can be', () => {
    check('a: @old # why\n', 'old', 'new', 'a: new # why\n');
    check('a: @old\n', 'old', 'true', 'a: "true"\n');
    check('a: @80\n', '80', '8080', 'a: 8080\n');
    check('a: @old\n', 'old', 'x: y', 'a: "x: y"\n');
    check('a: @old\n', 'old', 'x, y', 'a: x, y\n');
    check('a: [ @old ]\n', 'old', 'x, y', 'a: [ "x, y" ]\n');
    check('a: @old\n', 'old', '', 'a: ""\n');
    check('@old: 1\n', 'old', 'x\ny', '"x\\ny": 1\n');
  });

  it('writes a value where there was none', () => {
    for (const [source, expected] of [
      ['a:\nb: 1\n', 'a: x\nb: 1\n'],
      ['a:', 'a: x'],
      ['{a:, b: 1}', '{a: x, b: 1}'],
    ] as const) {
      const at = source.indexOf(':') + 1;
      const map = scalarMap(source, { start: at, end: at }, 'plain');
      assert.equal(map.text, '');
      assert.equal(map.toHost(0), at);
      assert.equal(map.fromHost(at), 0);
      const written = map.edit([{ span: { start: 0, end: 0 }, newText: 'x' }]);
      assert.equal(written && applyEdits(source, written), expected);
    }
  });

  it('refuses what a block scalar cannot hold', () => {
    check('a: @|\n  x\n', 'x', 'x\ry', undefined);
    check('a: @|\n  x\n', 'x\n', '  ', undefined);
    check('a: @>\n  x\n', 'x', '\u0000', undefined);
  });

  it('takes time in proportion to the text', () => {
    const body = 'some text "and" more\n\n'.repeat(20_000);
    const indented = body.replaceAll(/^(?=.)/gm, '  ');
    const sources = [
      `|\n${indented}`,
      `>\n${indented}`,
      `'${indented}'`,
      `"${indented.replaceAll('"', '\\"')}"`,
      indented,
    ];
    for (const [i, style] of (['literal', 'folded', 'single', 'double', 'plain'] as const).entries()) {
      const source = sources[i] as string;
      const map = scalarMap(source, { start: 0, end: source.length }, style);
      assert.ok(map.text.length > 400_000);
      const edits = Array.from({ length: 2000 }, (_, k) => ({
        span: { start: k * 200, end: k * 200 + 3 },
        newText: 'x',
      }));
      assert.ok(map.edit(edits));
    }
  });
});
