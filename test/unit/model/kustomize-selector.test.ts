import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fullMatch, matchesSelector, matchesTarget } from '../../../server/src/model/kustomize/selector.ts';
import { type PatchTarget, readObject } from '../../../server/src/model/object.ts';
import { documentFrom } from '../../support/documents.ts';

const labels = (values: Record<string, string>, complete = true) => ({
  values: new Map(Object.entries(values)),
  complete,
});

function target(
  selector: PatchTarget,
  metadata = '{name: podinfo, namespace: apps, labels: {app: x}}',
): boolean | 'unknown' {
  const document = documentFrom(`apiVersion: apps/v1\nkind: Deployment\nmetadata: ${metadata}`);
  const object = readObject(document, document.tree.root);
  assert.ok(object);
  return matchesTarget(selector, object);
}

test('targets match by regular expressions of the whole', () => {
  assert.equal(target({}), true);
  assert.equal(
    target({ kind: 'Deployment', group: 'apps', version: 'v1', name: 'pod.*', namespace: '(apps|other)' }),
    true,
  );
  assert.equal(target({ kind: 'Deployment|StatefulSet' }), true);
  assert.equal(target({ kind: 'Deploy' }), false);
  assert.equal(target({ name: 'pod' }), false);
  assert.equal(target({ name: 'a|podinfo' }), true);
  assert.equal(target({ group: 'batch' }), false);
  assert.equal(target({ namespace: 'default' }, '{name: a}'), true);
  assert.equal(target({ labelSelector: 'app=x' }), true);
  assert.equal(target({ annotationSelector: 'app=x' }), false);
});

test('what is rendered first, and broken expressions, nobody knows', () => {
  assert.equal(target({ name: '{{ x }}' }), 'unknown');
  assert.equal(target({ name: '(' }), 'unknown');
  assert.equal(target({ name: `${'x'.repeat(501)}.*` }), 'unknown');
  assert.equal(target({ name: 'x' }, '{name: "{{ x }}"}'), 'unknown');
  assert.equal(target({ name: 'x' }, '{name: "${x}"}'), false);
  assert.equal(target({ kind: 'Service', name: '(' }), false);
  assert.equal(target({ labelSelector: 'a=(' }), 'unknown');
  assert.equal(target({ labelSelector: 'app=x' }, '{name: a, labels: [wrong]}'), 'unknown');
});

test('selectors of Kubernetes', () => {
  const is = (selector: string, values: Record<string, string>) => matchesSelector(selector, labels(values));
  assert.equal(is('a=b', { a: 'b' }), true);
  assert.equal(is(' a == b , c ', { a: 'b', c: '' }), true);
  assert.equal(is('a!=b', {}), true);
  assert.equal(is('a!=b', { a: 'b' }), false);
  assert.equal(is('a', {}), false);
  assert.equal(is('!a', {}), true);
  assert.equal(is('! a', { a: '' }), false);
  assert.equal(is('a in (x, y),b notin (z)', { a: 'y', b: 'w' }), true);
  assert.equal(is('a in (x)', {}), false);
  assert.equal(is('a notin (x)', {}), true);
  assert.equal(is('a in ()', { a: '' }), true);
  assert.equal(is('a>1,a<3', { a: '2' }), true);
  assert.equal(is('a>1', { a: 'x' }), false);
  assert.equal(is('example.com/a=b', { 'example.com/a': 'b' }), true);
  assert.equal(is('a=b', { a: '{{ x }}' }), 'unknown');
  assert.equal(is('a b', {}), 'unknown');
  assert.equal(matchesSelector('a=b', labels({}, false)), 'unknown');
  assert.equal(matchesSelector('', labels({}, false)), true);
});

test('no expression takes long or throws', () => {
  const part = fc.constantFrom(
    'a',
    '.',
    '*',
    '+',
    '(',
    ')',
    '(?:',
    '|',
    '[',
    ']',
    '{2}',
    '{100}',
    '\\pL',
    '^',
    '$',
    '\\',
    'a*',
    '(a|a)*',
    '!',
    '=',
    ',',
    ' in ',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.string(), (parts, value) => {
      fullMatch(parts.join(''), value);
      matchesSelector(parts.join(''), labels({ a: value }));
    }),
    { numRuns: 500 },
  );
  // A backtracking engine would not come back.
  assert.equal(fullMatch('(a+)+b', 'a'.repeat(250)), false);
  matchesSelector(`${'a in ('.repeat(800)}`, labels({}));
});
