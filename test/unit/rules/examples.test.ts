// The examples in the rule files are their tests: each rule reports exactly what is marked, and nothing in good examples.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EXAMPLES, filesOf, RULES } from '../../../server/src/report/docs.ts';
import type { BadExample, Example } from '../../../server/src/rules/define.ts';
import { applyFix, findingsOf, ROOT, sessionOf, unmark } from '../../support/workspace.ts';

function run(id: string, example: Example) {
  const marked = Object.entries(filesOf(example)).map(([path, source]) => [path, unmark(source)] as const);
  const files = Object.fromEntries(marked.map(([path, { text }]) => [path, text]));
  const rule = RULES.find((r) => r.id === id);
  const rules = rule?.severity === 'off' ? { [id]: 'warning' } : {};
  const session = sessionOf(files, {
    ...example.settings,
    rules: { ...rules, ...((example.settings?.['rules'] as object) ?? {}) },
  });
  const shown = (path: string, start: number, end: number) =>
    `${path}:${start}-${end} ${JSON.stringify((files[path] ?? '').slice(start, end))}`;
  const found = Object.keys(files).flatMap((path) =>
    findingsOf(session, path)
      .filter((f) => f.rule === id)
      .map((f) => ({ path, finding: f })),
  );
  return {
    files,
    found,
    actual: found.map(({ path, finding }) => shown(path, finding.span.start, finding.span.end)),
    expected: marked.flatMap(([path, { spans }]) => spans.map((s) => shown(path, s.start, s.end))),
  };
}

function checkBad(id: string, example: BadExample) {
  const { files, found, actual, expected } = run(id, example);
  assert.ok(expected.length > 0, 'a bad example marks what is wrong: <|…|>');
  assert.deepEqual(actual, expected);
  if (example.message !== undefined)
    for (const { finding } of found)
      assert.ok(finding.message.includes(example.message), `message: ${finding.message}`);
  if (example.severity) for (const { finding } of found) assert.equal(finding.severity, example.severity);
  if (example.fixed !== undefined) {
    let after: Record<string, string> = { ...files };
    // Fixes from the last to the first, so that offsets hold.
    for (const { finding } of [...found].reverse()) {
      const fix = finding.fixes[0];
      assert.ok(fix, 'the example says what the fix yields, but there is no fix');
      after = applyFix(after, fix);
    }
    const wanted =
      typeof example.fixed === 'string' ? { [Object.keys(files)[0] as string]: example.fixed } : example.fixed;
    for (const [path, text] of Object.entries(wanted)) assert.equal(after[path], text);
  }
}

for (const rule of RULES)
  describe(rule.id, () => {
    const examples = EXAMPLES[rule.id];
    test('has examples, and its file is where its id says', () =>
      assert.ok(examples && examples.bad.length > 0 && examples.good.length > 0));
    for (const example of examples?.bad ?? []) test(`bad: ${example.title}`, () => checkBad(rule.id, example));
    for (const example of examples?.good ?? [])
      test(`good: ${example.title}`, () => assert.deepEqual(run(rule.id, example).actual, []));
  });

test('the root of the examples is a folder', () => assert.ok(ROOT.endsWith('/')));
