import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  hasForeignSchema,
  type PlainDiagnostic,
  visibleDiagnostics,
  visibleItems,
} from '../../../client/src/coexist.ts';

const range = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});
const schema: PlainDiagnostic = { range: range(8, 12, 17), source: 'Azure GitOps', data: { schema: true } };
const semantic: PlainDiagnostic = { range: range(8, 12, 17), source: 'Azure GitOps', data: { rule: 'flux/x' } };
const elsewhere: PlainDiagnostic = { range: range(9, 2, 6), source: 'Azure GitOps', data: { schema: true } };
const foreign: PlainDiagnostic = { range: range(8, 12, 17), source: 'yaml-schema: OCIRepository' };

describe('visibleDiagnostics', () => {
  const ours = [schema, semantic, elsewhere];
  it('leaves to the YAML extension what it reports on the same range', () => {
    assert.deepEqual(visibleDiagnostics(ours, [foreign], 'auto'), [semantic, elsewhere]);
  });
  it('shows all beside findings that come from no schema, or where there are none', () => {
    assert.deepEqual(visibleDiagnostics(ours, [{ ...foreign, source: 'YAML' }], 'auto'), ours);
    assert.deepEqual(visibleDiagnostics(ours, [{ ...foreign, source: undefined }], 'auto'), ours);
    assert.deepEqual(visibleDiagnostics(ours, [], 'auto'), ours);
  });
  it('compares the whole range', () => {
    assert.deepEqual(visibleDiagnostics([schema], [{ ...foreign, range: range(8, 12, 18) }], 'auto'), [schema]);
  });
  it('obeys on and off', () => {
    assert.deepEqual(visibleDiagnostics(ours, [foreign], 'on'), ours);
    assert.deepEqual(visibleDiagnostics(ours, [], 'off'), [semantic]);
  });
});

describe('visibleItems', () => {
  const bare = { label: 'azure', data: { bare: true } };
  const name = { label: 'fleet', data: { bare: false } };
  const plain = { label: 'azurecr.io' };
  const all = [bare, name, plain];
  it('omits bare values where a foreign schema offers them', () => {
    assert.deepEqual(visibleItems(all, true, 'auto'), [name, plain]);
    assert.deepEqual(visibleItems(all, false, 'auto'), all);
  });
  it('obeys on and off', () => {
    assert.deepEqual(visibleItems(all, true, 'on'), all);
    assert.deepEqual(visibleItems(all, false, 'off'), [name, plain]);
  });
});

describe('hasForeignSchema', () => {
  const around = { yamlExtension: true, kubernetesExtension: false, schemas: {} };
  const modeline = '# yaml-language-server: $schema=https://example.com/x.json\nkind: X\n';
  it('is sure by a modeline, the Kubernetes extension, or a schema the user chose', () => {
    assert.equal(hasForeignSchema(modeline, around), true);
    assert.equal(hasForeignSchema('kind: X', { ...around, kubernetesExtension: true }), true);
    assert.equal(hasForeignSchema('kind: X', { ...around, schemas: { kubernetes: '*.yaml' } }), true);
    assert.equal(hasForeignSchema('kind: X', { ...around, schemas: { 'https://example.com/x.json': '*' } }), true);
  });
  it('is not sure otherwise', () => {
    assert.equal(hasForeignSchema('kind: X', around), false);
    assert.equal(hasForeignSchema('kind: X', { ...around, schemas: { './local.json': 'a.yaml' } }), false);
    assert.equal(hasForeignSchema('# yaml-language-server: $schema=\n', around), false);
  });
  it('is never there without the YAML extension', () => {
    assert.equal(hasForeignSchema(modeline, { ...around, yamlExtension: false, kubernetesExtension: true }), false);
  });
});
