import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EditableText } from '../../../server/src/text/editable-text.ts';
import { LineIndex } from '../../../server/src/text/line-index.ts';

const piece = fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', '\n\r', '😀', '');
const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

test('after any edits, lines and positions are those of the whole text', () => {
  fc.assert(
    fc.property(text, fc.array(fc.tuple(fc.nat(20), fc.nat(20), text), { maxLength: 8 }), (start, edits) => {
      const edited = new EditableText(start);
      let whole = start;
      for (const [one, other, inserted] of edits) {
        const [from, to] = [Math.min(one, other, whole.length), Math.min(Math.max(one, other), whole.length)];
        whole = whole.slice(0, from) + inserted + whole.slice(to);
        edited.replace(one, other, inserted);
        assert.equal(edited.text, whole);
        const lines = new LineIndex(whole);
        for (let offset = 0; offset <= whole.length; offset++)
          assert.deepEqual(edited.position(offset), lines.position(offset), JSON.stringify([whole, offset]));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a position behind the end of its line is the end of the line', () => {
  const text = new EditableText('ab\r\ncd\re\n');
  assert.equal(text.offset({ line: 0, character: 9 }), 2);
  assert.equal(text.offset({ line: 1, character: 9 }), 6);
  assert.equal(text.offset({ line: 2, character: 9 }), 8);
  assert.equal(text.offset({ line: 3, character: 9 }), 9);
  assert.equal(text.offset({ line: 4, character: 0 }), 9);
  assert.equal(text.offset({ line: 1, character: 1 }), 5);
});

test('a range spans what lies between', () => {
  assert.deepEqual(new EditableText('a\nbc\n').range({ start: 1, end: 3 }), {
    start: { line: 0, character: 1 },
    end: { line: 1, character: 1 },
  });
});
