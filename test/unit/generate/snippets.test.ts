import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { GENERATORS } from '../../../server/src/features/generate/index.ts';
import { SNIPPETS } from '../../../server/src/features/generate/snippet-plans.ts';
import { acceptedText, type Snippet, snippetsFile } from '../../../server/src/features/generate/snippets.ts';
import { findingsOf, sessionOf } from '../../support/workspace.ts';

const snippets = JSON.parse(snippetsFile()) as Record<string, Snippet>;

test('the snippets in the repository are those the generators make', () => {
  assert.equal(
    readFileSync('snippets/azure-gitops.json', 'utf8'),
    snippetsFile(),
    'stale: node server/tools/gen-snippets.mjs',
  );
});

test('every generator has a snippet, and every snippet a name of its own', () => {
  assert.deepEqual(
    GENERATORS.map((g) => g.name).filter((name) => !SNIPPETS.some((plan) => plan.generator === name)),
    [],
  );
  assert.equal(new Set(SNIPPETS.map((plan) => plan.prefix)).size, SNIPPETS.length);
  assert.equal(Object.keys(snippets).length, SNIPPETS.length);
});

test('tab stops count from one, each with a text the first time', () => {
  for (const [title, { body }] of Object.entries(snippets)) {
    const text = body.join('\n').replace(/\\[\\$}]/g, '');
    const numbers: number[] = [];
    for (const [whole, , number = whole.slice(1)] of text.matchAll(/\$(\{(\d+)[:|]|\d+)/g)) {
      const n = Number(number);
      if (whole.startsWith('${')) assert.equal(n, numbers.length + 1, title);
      else assert.ok(numbers.includes(n), `${title}: $${n} comes before its text`);
      if (!numbers.includes(n)) numbers.push(n);
    }
    assert.ok(!/qzsample|5a5a5a5a|undefined/i.test(text), title);
  }
});

/** Where a snippet belongs, as the linter goes by the names of some files. */
const fileOf = (prefix: string): string =>
  prefix === 'sops-config'
    ? '.sops.yaml'
    : /^flux-identity|^flux-object-level|^argocd-identity$/.test(prefix)
      ? 'kustomization.yaml'
      : 'manifest.yaml';

for (const [title, snippet] of Object.entries(snippets))
  test(`${title}: accepted as it stands it is YAML and lints clean apart from its placeholders`, () => {
    const text = acceptedText(snippet);
    for (const document of parseAllDocuments(text)) assert.deepEqual([...document.errors, ...document.warnings], []);
    const path = fileOf(snippet.prefix);
    const session = sessionOf({ [path]: text }, { fluxVersion: '2.9', argocdVersion: '3.5' });
    const others = findingsOf(session, path).filter((f) => f.rule !== 'workload-identity/placeholder-left');
    assert.deepEqual(others, [], text);
  });
