import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeGoBase64, encodeBase64 } from '../../../server/src/embed/go-base64.ts';

test('decodes, and fails at the byte Go fails at', () => {
  // Recorded from base64.StdEncoding.DecodeString of Go 1.19.8: null where it decodes.
  const cases: { text: string; corruptAt: number | null }[] = JSON.parse(
    readFileSync('test/golden/go-base64.json', 'utf8'),
  );
  assert.ok(cases.length >= 200 && cases.some((c) => c.corruptAt === null));
  for (const { text, corruptAt } of cases) {
    const found = decodeGoBase64(text);
    assert.equal('corruptAt' in found ? found.corruptAt : null, corruptAt, JSON.stringify(text));
    if ('bytes' in found) assert.deepEqual(Buffer.from(found.bytes), Buffer.from(text, 'base64'));
  }
});

test('reads what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const encoded = encodeBase64(bytes);
      assert.equal(encoded, Buffer.from(bytes).toString('base64'));
      assert.deepEqual(decodeGoBase64(encoded), { bytes });
    }),
  );
});
