// Facts are laid over a structure: a path that the structure lacks would be lost without a word, and a version can drift.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Facts, ObjectSnippet } from '../../../server/src/facts/define.ts';
import { FACTS } from '../../../server/src/facts/index.generated.ts';
import { factSteps } from '../../../server/src/facts/overlay.ts';
import { kindsReferringTo } from '../../../server/src/facts/references.ts';
import type { FieldFact, Shape } from '../../../server/src/facts/shape.ts';
import { fieldHistory, structureOf, valueHistory } from '../../../server/src/facts/structure.ts';
import { shapeAt } from '../../../server/src/facts/walk.ts';
import { plainText } from '../../../server/src/text/snippet.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';
import { findingsOf, sessionOf } from '../../support/workspace.ts';

const steps = (path: string) => factSteps(path).map((s) => (s === '[]' ? 0 : s));

function everyFact(facts: Facts): [string, FieldFact][] {
  const found: [string, FieldFact][] = facts.type === 'kind' ? Object.entries(facts.fields) : [];
  const visit = (shape: Shape, path: string) => {
    if (shape.fact) found.push([path, shape.fact]);
    for (const [name, field] of Object.entries(shape.fields ?? {})) visit(field, `${path}.${name}`);
    if (shape.items) visit(shape.items, `${path}[]`);
    if (shape.additional) visit(shape.additional, `${path}.*`);
  };
  if (facts.shape) visit(facts.shape, '');
  return found;
}

const titleOf = (facts: Facts) =>
  facts.type === 'kind'
    ? `${facts.group}/${facts.kinds.join(', ')}`
    : facts.type === 'format'
      ? facts.language
      : facts.role;

for (const facts of FACTS)
  describe(titleOf(facts), () => {
    if (facts.type === 'kind' && !facts.shape)
      for (const kind of facts.kinds) {
        const structure = structureOf(facts.group, facts.version, kind);
        test(`${kind}: the fields exist`, () => {
          assert.ok(structure);
          for (const path of Object.keys(facts.fields)) assert.ok(structure && shapeAt(structure, steps(path)), path);
        });
        test(`${kind}: versions are those of the CRDs`, () => {
          for (const [path, fact] of Object.entries(facts.fields)) {
            const since = /^Flux (\d+\.\d+)$/.exec(fact.since ?? '')?.[1];
            const history = fieldHistory(facts.group, kind, facts.version, steps(path));
            if (since && history) assert.equal(history.sinceAnyVersion, since, path);
            for (const [value, { since: label }] of Object.entries(fact.values ?? {})) {
              const valueSince = /^Flux (\d+\.\d+)$/.exec(label ?? '')?.[1];
              const own = valueHistory(facts.group, kind, facts.version, steps(path), value);
              const shape = structure && shapeAt(structure, steps(path));
              if (shape?.enum) assert.ok(shape.enum.includes(value), `${path}: ${value} is no value`);
              if (valueSince && own) assert.equal(own.sinceAnyVersion, valueSince, `${path}: ${value}`);
            }
          }
        });
      }
    test('is written in sentences', () => {
      for (const [path, fact] of everyFact(facts)) {
        assert.match(fact.doc, /^[`A-Z0-9“][\s\S]*[.:*]$/, `${path}: ${fact.doc}`);
        for (const [value, { doc }] of Object.entries(fact.values ?? {}))
          assert.match(doc, /^[`A-Z0-9][\s\S]*\.$/, `${path}: ${value}`);
        if (fact.link) assert.match(fact.link, /^https:\/\//);
      }
    });
    test('its snippets are YAML', () => {
      for (const snippet of facts.snippets ?? []) checkSnippet(snippet);
      for (const [path, fact] of everyFact(facts)) {
        if (!fact.snippet) continue;
        const source = fact.snippet.startsWith('\n')
          ? `key:${plainText(fact.snippet)}`
          : `key: ${plainText(fact.snippet)}`;
        assert.deepEqual(parseTree(source.replace(/\n/g, '\n  ')).errors, [], `${path}: ${source}`);
      }
    });
    test('what it names plays a known part', () => {
      for (const [path, { refersTo }] of everyFact(facts))
        for (const role of [refersTo?.role, ...Object.values(refersTo?.roleBy?.roles ?? {})])
          if (role)
            assert.ok(
              FACTS.some((f) => f.type === 'role' && f.role === role) || ['signing-key', 'verification'].includes(role),
              `${path}: ${role}`,
            );
    });
  });

function checkSnippet({ label, body }: ObjectSnippet) {
  const text = plainText(body);
  assert.deepEqual(parseTree(text).errors, [], label);
  assert.doesNotMatch(text, /\$\{?\d/, label);
}

test('whole objects lint clean but for what is still to be filled in', () => {
  for (const facts of FACTS)
    for (const { label, body } of facts.type === 'kind' ? (facts.snippets ?? []) : []) {
      const findings = findingsOf(sessionOf({ 'a.yaml': plainText(body) }), 'a.yaml').filter(
        (f) => f.severity === 'error',
      );
      assert.deepEqual(
        findings.map((f) => `${f.rule}: ${f.message}`).filter((f) => !/placeholder|client-id|tenant-id|GUID/.test(f)),
        [],
        label,
      );
    }
});

test('kinds that refer to a kind are known', () => {
  assert.ok(kindsReferringTo({ group: '', kind: 'ServiceAccount' }).includes('source.toolkit.fluxcd.io/OCIRepository'));
  assert.ok(kindsReferringTo({ group: '', kind: 'ServiceAccount' }).includes('apps/Deployment'));
  assert.ok(
    kindsReferringTo({ group: 'source.toolkit.fluxcd.io', kind: 'Bucket' }).includes(
      'kustomize.toolkit.fluxcd.io/Kustomization',
    ),
  );
});
