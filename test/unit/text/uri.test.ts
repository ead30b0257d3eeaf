import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  basename,
  canonicalUri,
  decodePath,
  dirname,
  isBelow,
  joinPath,
  relativePath,
} from '../../../server/src/text/uri.ts';

test('a URI has a folder and a name', () => {
  assert.equal(dirname('file:///a/b/c.yaml'), 'file:///a/b');
  assert.equal(dirname('file:///a'), 'file:///');
  assert.equal(dirname('file:///'), 'file:///');
  assert.equal(dirname('vscode-vfs://github/o/r/'), 'vscode-vfs://github/o');
  assert.equal(dirname('untitled:Untitled-1'), 'untitled:');
  assert.equal(dirname('file:///a/b/?q=/x'), 'file:///a');
  assert.equal(dirname('vscode-vfs://github'), 'vscode-vfs://github');
  assert.equal(dirname('vscode-vfs://github/'), 'vscode-vfs://github/');
  assert.equal(dirname('file:///a/'), 'file:///');
  assert.equal(basename('file:///a/my%20file.yaml?x#y'), 'my file.yaml');
});

test('clients encode differently and mean the same', () => {
  assert.equal(canonicalUri('file:///c%3a/a@b/x y.yaml'), canonicalUri('file:///c:/a%40b/x%20y.yaml'));
  assert.equal(canonicalUri('FILE:///a/'), 'file:///a');
  assert.equal(canonicalUri('file:///a/%ff'), 'file:///a/%25ff');
  assert.equal(canonicalUri("file:///a/(b)'.yaml"), 'file:///a/%28b%29%27.yaml');
  assert.equal(canonicalUri('file:///a/\ud800'), 'file:///a/%EF%BF%BD');
});

test('paths are joined to folders', () => {
  assert.equal(joinPath('file:///a/b', '../c/./d.yaml'), 'file:///a/c/d.yaml');
  assert.equal(joinPath('file:///a/b/', './'), 'file:///a/b');
  assert.equal(joinPath('file:///a', '../../../x'), 'file:///x');
  assert.equal(joinPath('file:///', '.'), 'file:///');
  assert.equal(joinPath('file:///a', '/x'), 'file:///x');
  assert.equal(joinPath('file:///a', 'x y/ü.yaml'), 'file:///a/x%20y/%C3%BC.yaml');
  assert.equal(joinPath('vscode-vfs://github/o/r', 'a\\b'), 'vscode-vfs://github/o/r/a/b');
});

test('paths lead from folders to files', () => {
  assert.equal(relativePath('file:///a/b', 'file:///a/c/d%20e.yaml'), '../c/d e.yaml');
  assert.equal(relativePath('file:///a', 'file:///a'), '.');
  assert.equal(relativePath('file:///a', 'memfs:///a'), undefined);
  assert.ok(
    isBelow('file:///a', 'file:///a/b') && isBelow('file:///', 'file:///a') && isBelow('file:///a', 'file:///a'),
  );
  assert.ok(!isBelow('file:///a', 'file:///ab'));
});

test('joining what relativePath gives leads back', () => {
  const segment = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
    .map((s) => s.replace(/[/\\?#]|^\.+$/g, 'x'));
  const path = fc.array(segment, { maxLength: 5 });
  fc.assert(
    fc.property(path, path, (a, b) => {
      const from = joinPath('file:///', a.join('/'));
      const to = joinPath('file:///', b.join('/'));
      assert.equal(joinPath(from, relativePath(from, to) as string), to);
      assert.equal(canonicalUri(to), to);
    }),
  );
});

test('no text is too odd', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const canonical = canonicalUri(a);
      assert.equal(canonicalUri(canonical), canonical);
      joinPath(a, b);
      relativePath(a, b);
      decodePath(dirname(a) + basename(b));
    }),
  );
});
