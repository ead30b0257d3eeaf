import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LspClient } from '../support/lsp-client.ts';
import { BROKEN } from './manifests.ts';

/** Positions as the protocol defines them, written independently of the server: lines end with CRLF, LF or CR. */
function offsetOf(text: string, position: { line: number; character: number }): number {
  const lines = text.split(/\r\n|\n|\r/);
  if (position.line >= lines.length) return text.length;
  let offset = 0;
  for (let i = 0; i < position.line; i++) {
    offset += (lines[i] as string).length;
    offset += text.startsWith('\r\n', offset) ? 2 : 1;
  }
  return offset + Math.min(position.character, (lines[position.line] as string).length);
}

const position = fc.record({ line: fc.nat(45), character: fc.nat(45) });
const edit = fc.record({
  a: position,
  b: position,
  text: fc.constantFrom('', 'x', '😀', 'ü', '\r\n', '\n', '\r', '---\n', 'provider: azur\n', '  provider: 😀\r\n', '#'),
});

test('incremental changes give what the whole text gives: CRLF, CR, surrogates, several changes at once', async () => {
  const client = await LspClient.start();
  let run = 0;
  const start = [BROKEN, BROKEN.replaceAll('\n', '\r\n'), `\ufeff# 😀😀\r${BROKEN}`].join('---\n');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      async (versions) => {
        const uri = `file:///edited-${run++}.yaml`;
        let text = start;
        await client.open(uri, text);
        for (const [i, edits] of versions.entries()) {
          const changes = edits.map(({ a, b, text: inserted }) => {
            const [from, to] = [offsetOf(text, a), offsetOf(text, b)];
            const [first, second] = from <= to ? [a, b] : [b, a];
            text = text.slice(0, Math.min(from, to)) + inserted + text.slice(Math.max(from, to));
            return { range: { start: first, end: second }, text: inserted };
          });
          await client.change(uri, i + 2, ...changes);
          // Asking in between lets the server keep what it knows of the version before.
          if (i % 2 === 0) await client.diagnostics(uri);
        }
        const whole = `file:///whole-${run}.yaml`;
        await client.open(whole, text);
        const [edited, fresh] = await Promise.all([client.diagnostics(uri), client.diagnostics(whole)]);
        assert.ok(edited.kind === 'full' && fresh.kind === 'full');
        // The files are different ones, so that each sees the other's objects; what is said of the text is the same.
        assert.deepEqual(edited.items, fresh.items);
        await client.close(uri);
        await client.close(whole);
      },
    ),
    { numRuns: 60 },
  );
  assert.equal(await client.stop(), 0);
});

test('a change without a range replaces the text, and one with another version number is taken as it comes', async () => {
  const client = await LspClient.start();
  await client.open('file:///a.yaml', 'nothing: here\n');
  await client.change('file:///a.yaml', 7, { text: 'x' }, { text: BROKEN });
  assert.equal((await client.rules('file:///a.yaml')).length, 1);
  assert.equal(await client.stop(), 0);
});

test('two spellings of a URI are one document', async () => {
  const client = await LspClient.start();
  await client.open('file:///c%3A/my%20repo/a.yaml', BROKEN);
  await client.change('file:///C:/my repo/a.yaml', 2, { text: BROKEN.replace('azur\n', 'azure\n') });
  assert.deepEqual(await client.rules('file:///c:/my%20repo/a.yaml'), []);
  assert.equal(await client.stop(), 0);
});
