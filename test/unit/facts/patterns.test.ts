import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesPattern } from '../../../server/src/facts/patterns.ts';
import type { Shape } from '../../../server/src/facts/shape.ts';
import { FLUX_MINORS, fluxKinds, isBundledPattern, structureOf } from '../../../server/src/facts/structure.ts';
import { linearRegex } from '../../../server/src/text/linear-regex.ts';

function patternsOf(shape: Shape, into: Set<string>): void {
  if (shape.pattern !== undefined) into.add(shape.pattern);
  for (const field of Object.values(shape.fields ?? {})) patternsOf(field, into);
  if (shape.items) patternsOf(shape.items, into);
  if (shape.additional) patternsOf(shape.additional, into);
}

const patterns = new Set<string>();
for (const { group, kind, versions } of fluxKinds())
  for (const version of versions)
    for (const minor of FLUX_MINORS) patternsOf(structureOf(group, version, kind, minor) as Shape, patterns);

const PIECES = [
  '1',
  '1.5',
  'm',
  'ms',
  '1m',
  'a',
  'A',
  '-',
  '.',
  '_',
  '/',
  ':',
  '@',
  'a.',
  'a-',
  'oci://',
  'https://',
  'ssh://a',
  '!',
  ' ',
  'é',
  '😀',
];

test('every bundled pattern runs in time linear in the text', () => {
  assert.ok(patterns.size > 10);
  for (const pattern of patterns) {
    assert.ok(isBundledPattern(pattern), pattern);
    // Whatever piece a repetition of the pattern may take, pumped, after each start it may have and before a bad end.
    for (const start of ['', 'a', '1', 'oci://', 'https://a', '@a'])
      for (const piece of PIECES)
        for (const end of ['', '!', '\n', '-']) {
          const text = start + piece.repeat(20_000) + end;
          // Quadratic time would be 4 * 10^8 steps, a second or more; the time of the processor counts, not the clock's.
          const slow = [1, 2, 3].every(() => {
            const before = process.cpuUsage().user;
            matchesPattern(pattern, text);
            return process.cpuUsage().user - before > 200_000;
          });
          assert.ok(!slow, `${pattern} is slow for ${start}(${piece})*${end}`);
        }
  }
});

test('JavaScript and RE2 agree on every bundled pattern', () => {
  const texts = [
    '',
    ...PIECES,
    ...PIECES.flatMap((a) => PIECES.flatMap((b) => [a + b, a + b + a])),
    'https://a\nb',
    'oci://a\rb',
    'oci://\u2028',
  ];
  for (const pattern of patterns) {
    const linear = linearRegex(pattern);
    assert.ok(linear, pattern);
    for (const text of texts)
      assert.equal(matchesPattern(pattern, text), linear.test(text), `${pattern} on ${JSON.stringify(text)}`);
  }
});

test('a pattern of a file never reaches the backtracking engine', () => {
  // A backtracking engine would not come back.
  assert.equal(matchesPattern('^(a+)+$', `${'a'.repeat(50_000)}!`), false);
  assert.equal(matchesPattern('(', 'a'), undefined);
  assert.equal(matchesPattern('(?=a)', 'a'), undefined);
});
