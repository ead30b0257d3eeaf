import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { scalarMap } from '../../../server/src/embed/scalar-map.ts';
import { applyEdits, type TextEdit } from '../../../server/src/text/edit.ts';
import type { ScalarStyle, TextMap } from '../../../server/src/yaml/tree.ts';
import {
  libraryCase,
  placed,
  proseText,
  readCase,
  type ScalarCase,
  trickyText,
  writtenScalar,
} from './scalar-cases.ts';

const anyCase = fc.oneof(libraryCase(trickyText), libraryCase(proseText), placed(writtenScalar));

const mapOf = (c: ScalarCase): TextMap => scalarMap(c.source, c.span, c.style);

const editsOf = (text: string, newText: fc.Arbitrary<string>): fc.Arbitrary<TextEdit[]> =>
  fc.array(
    fc
      .tuple(fc.nat(text.length), fc.oneof(fc.constant(0), fc.nat(4), fc.nat(text.length)), newText)
      .map(([start, length, newText]) => ({ span: { start, end: Math.min(text.length, start + length) }, newText })),
    { minLength: 1, maxLength: 3 },
  );

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 4000) };

/** Applies the edits and reads the scalar again: same place, same neighbours, no new errors. */
function checkEdit(c: ScalarCase, edits: readonly TextEdit[]): ScalarCase | undefined {
  const written = mapOf(c).edit(edits);
  if (!written) return undefined;
  const expected = applyEdits(c.text, edits);
  const source = applyEdits(c.source, written);
  const shown = () => `${JSON.stringify(c)}\n${JSON.stringify(edits)}\n${JSON.stringify(source)}`;
  for (const [i, edit] of written.entries()) {
    assert.ok(edit.span.start >= (written[i - 1]?.span.end ?? 0), 'in order and apart');
  }
  if (expected === c.text) {
    assert.deepEqual(written, []);
    return c;
  }
  const at =
    c.span.start === c.span.end
      ? c.span.start + (/\s*$/.exec(source.slice(0, c.span.start + 1).slice(c.span.start))?.[0].length ?? 0)
      : c.span.start;
  const again = readCase(source, at);
  assert.ok(again, shown());
  assert.equal(again.text, expected, shown());
  assert.equal(again.errors, 0, shown());
  assert.equal(again.rest, c.rest, shown());
  if (typeof c.value === 'string') assert.equal(typeof again.value, 'string', shown());
  return again;
}

describe('scalar map', () => {
  it('decodes what the library decodes', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyCase, (c) => {
        if (!c || (c.errors > 0 && (c.style === 'literal' || c.style === 'folded'))) return;
        seen++;
        assert.equal(mapOf(c).text, c.text, JSON.stringify(c));
      }),
      runs,
    );
    assert.ok(seen > runs.numRuns / 2, `${seen}`);
  });

  it('leads every offset to the host and back', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        if (!c) return;
        const map = mapOf(c);
        let last = c.span.start;
        for (let offset = 0; offset <= map.text.length; offset++) {
          const host = map.toHost(offset);
          assert.ok(host >= last && host <= c.span.end, 'monotonous and inside');
          last = host;
          const back = map.fromHost(host);
          assert.ok(back !== undefined, JSON.stringify([c, offset]));
          assert.equal(map.toHost(back), host);
          const inPair = offset > 0 && (map.text.codePointAt(offset - 1) ?? 0) > 0xffff;
          const added = offset === map.text.length && host === map.toHost(offset - 1);
          if (!inPair && !added) assert.equal(back, offset, JSON.stringify([c, offset]));
        }
        for (let host = 0; host <= c.source.length; host++) {
          const offset = map.fromHost(host);
          if (offset === undefined) continue;
          assert.ok(host >= c.span.start && host <= c.span.end);
          assert.ok(offset >= 0 && offset <= map.text.length);
        }
      }),
      runs,
    );
  });

  it('shows the host characters of a span', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), fc.nat(), (c, a, b) => {
        if (!c || c.text === '') return;
        const map = mapOf(c);
        const start = a % map.text.length;
        const end = start + 1 + (b % (map.text.length - start));
        const host = map.spanToHost({ start, end });
        assert.ok(host.start < host.end && host.start >= c.span.start && host.end <= c.span.end, JSON.stringify(c));
        const one = map.spanToHost({ start, end: start + 1 });
        const shown = c.source.slice(one.start, one.end);
        const char = map.text[start] as string;
        if (/[a-z0-9é]/.test(char))
          assert.ok(shown === char || shown.startsWith('\\'), JSON.stringify([c, start, shown]));
        if (host.end - host.start === end - start) {
          const written = c.source.slice(host.start, host.end);
          if (!/[\s"'\\]/.test(written + map.text.slice(start, end))) assert.equal(written, map.text.slice(start, end));
        }
      }),
      runs,
    );
  });

  it('writes edits that read back as the edited text', () => {
    fc.assert(
      fc.property(
        anyCase.chain((c) => fc.tuple(fc.constant(c), editsOf(c?.text ?? '', fc.oneof(trickyText, proseText)))),
        ([c, edits]) => {
          if (c && c.errors === 0) checkEdit(c, edits);
        },
      ),
      runs,
    );
  });

  it('keeps the style where it can hold the text', () => {
    const c = fc.oneof(libraryCase(proseText), libraryCase(trickyText));
    fc.assert(
      fc.property(
        c.chain((c) => fc.tuple(fc.constant(c), editsOf(c?.text ?? '', proseText))),
        ([c, edits]) => {
          if (!c || c.errors > 0) return;
          const expected = applyEdits(c.text, edits);
          const again = checkEdit(c, edits);
          if (/[\r\x85\u2028\ud800-\udfff]|[ \t](\n|$)|^[\n \t]*$/.test(expected)) return;
          assert.ok(again, JSON.stringify([c, edits]));
          if (c.style === 'double' || c.style === 'literal' || c.style === 'folded') assert.equal(again.style, c.style);
          if (c.style === 'single' && !/\n[ \t]|[^ -~\nà-ü\u{1f600}]/u.test(expected))
            assert.equal(again.style, 'single');
        },
      ),
      runs,
    );
  });

  it('has a map for any span of any text', () => {
    const style = fc.constantFrom<ScalarStyle>('plain', 'single', 'double', 'literal', 'folded');
    const text = fc.oneof(fc.string({ unit: 'binary' }), trickyText, writtenScalar);
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: -3, max: 40 }),
        fc.integer({ min: -3, max: 40 }),
        style,
        trickyText,
        (...args) => {
          const [source, start, end, style, newText] = args;
          const map = scalarMap(source, { start, end }, style);
          for (let i = -1; i <= map.text.length + 1; i++) {
            const host = map.toHost(i);
            assert.ok(host >= 0 && host <= source.length);
            const span = map.spanToHost({ start: i, end: i + 2 });
            assert.ok(span.start >= 0 && span.end <= source.length && span.start <= span.end);
          }
          for (let i = -1; i <= source.length + 1; i++) map.fromHost(i);
          map.edit([{ span: { start, end }, newText }]);
          map.edit([]);
        },
      ),
      runs,
    );
  });
});
