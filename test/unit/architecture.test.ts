// The direction of imports is part of the design: see docs/architecture.md.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** Each room and the rooms it may import from, besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  text: [],
  azure: [],
  yaml: ['text'],
  embed: ['text', 'yaml', 'azure'],
  model: ['text', 'yaml', 'embed', 'azure'],
  facts: ['text', 'yaml', 'embed', 'azure', 'model'],
  rules: ['text', 'yaml', 'embed', 'azure', 'model', 'facts'],
  engine: ['text', 'yaml', 'embed', 'azure', 'model', 'facts', 'rules'],
  features: ['text', 'yaml', 'embed', 'azure', 'model', 'facts', 'rules', 'engine'],
  report: ['text', 'yaml', 'embed', 'azure', 'model', 'facts', 'rules', 'engine'],
  lsp: ['text', 'yaml', 'embed', 'azure', 'model', 'facts', 'rules', 'engine', 'features'],
  bin: ['text', 'yaml', 'embed', 'azure', 'model', 'facts', 'rules', 'engine', 'features', 'lsp', 'report'],
};
const IMPORT =
  /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)|\brequire\(['"]([^'"]+)['"]\)/gm;

/** Packages that one module hides: imported elsewhere they would be loaded at the start, or bundled twice. */
const ONLY_IN: Readonly<Record<string, string>> = {
  re2js: 'server/src/text/re2.ts',
  '@marcbachmann/cel-js': 'server/src/facts/cel.ts',
};

/** What is wrong with an import, if anything is. */
function verdict(file: string, target: string): string | undefined {
  const [top, , room] = file.split('/') as [string, string, string];
  if (target === 'vscode') return top === 'client' ? undefined : 'vscode is imported in client/ only';
  if (target.startsWith('vscode-languageserver'))
    return room === 'lsp' || room === 'bin' ? undefined : 'the protocol is known in lsp/ and bin/ only';
  if (target.startsWith('node:'))
    return room === 'bin' || top === 'client' ? undefined : 'node: is imported in bin/ only';
  if (ONLY_IN[target] && ONLY_IN[target] !== file) return `${target} is imported in ${ONLY_IN[target]} only`;
  if (!target.startsWith('.')) return undefined;
  const path = normalize(join(dirname(file), target)).replaceAll('\\', '/');
  if (path.startsWith('schemas/')) return undefined;
  const [toTop, , toRoom] = path.split('/') as [string, string, string];
  if (top === 'client')
    return toTop === 'client' ||
      toRoom === 'text' ||
      path === 'server/src/model/prefilter.ts' ||
      path === 'server/src/lsp/messages.ts'
      ? undefined
      : 'the client speaks to the server by the protocol alone';
  if (toTop !== 'server') return 'the server imports nothing from outside';
  if (room === toRoom) return undefined;
  return MAY[room]?.includes(toRoom) ? undefined : `${room} must not import ${toRoom}`;
}

const sources = ['client/src', 'server/src'].flatMap((root) =>
  readdirSync(root, { recursive: true })
    .map((f) => `${root}/${String(f).replaceAll('\\', '/')}`)
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts')),
);

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map((m) => (m[1] ?? m[2] ?? m[3]) as string);
}

test('imports follow the direction of the rooms', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .flatMap((target) => verdict(file, target) ?? [])
      .map((why) => `${file}: ${why}`),
  );
  assert.ok(sources.length > 20);
  assert.deepEqual(wrong, []);
});

test('an import against the arrows is seen', () => {
  assert.match(verdict('server/src/text/span.ts', '../yaml/tree.ts') ?? '', /text must not import yaml/);
  assert.match(verdict('server/src/rules/flux/x.ts', '../../engine/session.ts') ?? '', /rules must not import engine/);
  assert.match(verdict('server/src/model/x.ts', 'node:fs') ?? '', /node:/);
  assert.match(verdict('server/src/features/x.ts', 'vscode') ?? '', /vscode/);
  assert.match(verdict('server/src/rules/sops/x.ts', 're2js') ?? '', /re2/);
  assert.equal(verdict('server/src/bin/cli.ts', 'node:fs'), undefined);
});

test('there are no cycles between files', () => {
  const graph = new Map(
    sources.map((f) => [
      f,
      importsOf(f)
        .filter((t) => t.startsWith('.'))
        .map((t) => normalize(join(dirname(f), t)).replaceAll('\\', '/')),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    // Types may refer to one another: they are gone before anything runs.
    for (const next of graph.get(file) ?? [])
      if (graph.has(next) && !typeOnly(file, next)) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of sources) visit(file, []);
  assert.deepEqual(cycles, []);
});

const TYPE_IMPORT = /^import type [^;]*?from ['"]([^'"]+)['"]/gm;
function typeOnly(file: string, target: string): boolean {
  const text = readFileSync(file, 'utf8');
  const as = (m: RegExpMatchArray) => normalize(join(dirname(file), m[1] as string)).replaceAll('\\', '/') === target;
  const typed = [...text.matchAll(TYPE_IMPORT)].filter(as).length;
  const all = [...text.matchAll(IMPORT)].filter((m) => m[1] && as(m)).length;
  return typed > 0 && typed === all;
}

test('no code is made out of strings', () => {
  for (const file of sources) assert.doesNotMatch(readFileSync(file, 'utf8'), /\beval\(|new Function\(/, file);
});
