import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { base64Map } from '../../../server/src/embed/base64-map.ts';
import { scalarMap } from '../../../server/src/embed/scalar-map.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import type { TextMap } from '../../../server/src/yaml/tree.ts';

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const plain = (text: string): TextMap => scalarMap(text, { start: 0, end: text.length }, 'plain');

/** The base64 of a text in a literal scalar, in lines of `width`. */
const literal = (text: string, width: number): { source: string; map: TextMap } => {
  const lines = encode(text).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  const source = `|\n${lines.map((line) => `  ${line}\n`).join('')}`;
  return { source, map: scalarMap(source, { start: 0, end: source.length }, 'literal') };
};

const text = fc
  .array(fc.constantFrom('a', 'b', ' ', '\n', 'é', '€', '😀', '"', '\ufeff'), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('base64 map', () => {
  it('decodes UTF-8 text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 80 }), (value, width) => {
        if (value.includes('\0')) return;
        assert.equal(base64Map(literal(value, width).map)?.text, value);
      }),
    );
  });

  it('refuses what is no base64 of text', () => {
    for (const bad of [
      'YQ',
      'YQ=',
      'YQ===',
      'Y',
      'YQ==YQ==',
      'Y*==',
      'YQ=\u00a0=',
      'YWJj=',
      '-_-_',
      'é',
      '====',
      'YQ==x',
    ]) {
      assert.equal(base64Map(plain(bad)), undefined, bad);
    }
    for (const bytes of [[0], [97, 0], [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0x80, 0x80, 0x80]]) {
      assert.equal(base64Map(plain(Buffer.from(bytes).toString('base64'))), undefined);
    }
    assert.equal(base64Map(plain(' YQ = =\n'))?.text, 'a');
    assert.equal(base64Map(plain(''))?.text, '');
    // Bits left over need not be zero, as in Go.
    assert.equal(base64Map(plain('YR=='))?.text, 'a');
  });

  it('never throws and agrees with another decoder', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const map = base64Map(plain(Buffer.from(bytes).toString('base64')));
        const decoded = Buffer.from(bytes).toString('utf8');
        const isText = !bytes.includes(0) && Buffer.from(decoded, 'utf8').equals(Buffer.from(bytes));
        assert.equal(map?.text, isText ? decoded : undefined);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (source) => {
        base64Map(plain(source));
      }),
    );
  });

  it('leads offsets to the characters that carry their bytes and back', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (value, width) => {
        const { source, map } = literal(value, width);
        const decoded = base64Map(map);
        assert.ok(decoded);
        const isBase64 = (at: number) => /[A-Za-z0-9+/]/.test(source[at] ?? '');
        for (let i = 0; i <= value.length; i++) {
          const host = decoded.toHost(i);
          const inPair = i > 0 && (value.codePointAt(i - 1) ?? 0) > 0xffff;
          assert.equal(decoded.fromHost(host), inPair ? i - 1 : i);
          if (i === value.length || inPair) continue;
          assert.ok(isBase64(host));
          const char = String.fromCodePoint(value.codePointAt(i) as number);
          const span = decoded.spanToHost({ start: i, end: i + char.length });
          assert.deepEqual(decoded.spanToHost({ start: i, end: i + 1 }), span);
          // The bits of the span's characters hold those of the character, with less than one to spare at each end.
          const carried = source.slice(span.start, span.end).replace(/\s/g, '');
          let bits = '';
          for (const c of carried) {
            const index = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(c);
            bits += index.toString(2).padStart(6, '0');
          }
          const wanted = [...Buffer.from(char)].map((b) => b.toString(2).padStart(8, '0')).join('');
          const shift = (Buffer.byteLength(value.slice(0, i)) * 8) % 6;
          assert.equal(bits.slice(shift, shift + wanted.length), wanted);
          assert.ok(bits.length - shift - wanted.length < 6);
        }
        assert.equal(decoded.fromHost(0), undefined);
      }),
    );
  });

  it('encodes an edit as one line', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), text, fc.integer({ min: 1, max: 20 }), (value, a, b, newText, width) => {
        const { source, map } = literal(value, width);
        const decoded = base64Map(map);
        assert.ok(decoded);
        const start = a % (value.length + 1);
        const edits = [{ span: { start, end: Math.min(value.length, start + (b % 4)) }, newText }];
        const result = applyEdits(value, edits);
        const written = decoded.edit(edits);
        if (/\p{Surrogate}/u.test(result)) {
          assert.equal(written, undefined);
          return;
        }
        assert.ok(written && written.length <= 1);
        if (result === value) return;
        const after = applyEdits(source, written);
        const again = scalarMap(after, { start: 0, end: after.length }, 'literal');
        assert.equal(again.text.replace(/\n+$/, ''), encode(result));
        assert.equal(base64Map(again)?.text, result);
      }),
      { numRuns: 1000 },
    );
    const quoted = '"YQ=="';
    const map = base64Map(scalarMap(quoted, { start: 0, end: quoted.length }, 'double'));
    assert.deepEqual(map?.edit([{ span: { start: 1, end: 1 }, newText: 'b' }]), [
      { span: { start: 1, end: 5 }, newText: 'YWI=' },
    ]);
    assert.equal(map?.edit([{ span: { start: 0, end: 0 }, newText: '\0' }]), undefined);
  });
});
