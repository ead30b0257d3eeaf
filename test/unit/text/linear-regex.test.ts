import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linearRegex, regexProblem } from '../../../server/src/text/linear-regex.ts';

test('matches as Go does', () => {
  assert.equal(linearRegex('b+')?.test('abbc'), true);
  assert.equal(linearRegex('b+')?.testWhole('abbc'), false);
  assert.equal(linearRegex('(source|kustomize)-controller')?.testWhole('kustomize-controller'), true);
  assert.equal(linearRegex('(?i)^ABC$')?.test('abc'), true);
  assert.equal(linearRegex('^\\pL+$')?.test('été'), true);
  assert.equal(linearRegex('\\Aa\\z')?.test('a\n'), false);
});

test('says what RE2 has not', () => {
  for (const source of ['(', 'a(?=b)', '(?<!a)b', '(a)\\1', 'a{1001}', 'x'.repeat(5_000)]) {
    assert.equal(linearRegex(source), undefined, source.slice(0, 20));
    assert.ok(regexProblem(source));
  }
  assert.equal(regexProblem('a|b'), undefined);
});

test('comes back from what would keep a backtracking engine busy for ever', () => {
  assert.equal(linearRegex('^(a|a)*$')?.test(`${'a'.repeat(100_000)}!`), false);
  assert.equal(linearRegex('(x+x+)+y')?.test('x'.repeat(100_000)), false);
});
