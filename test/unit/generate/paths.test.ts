import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { isCredentialLiteral } from '../../../server/src/azure/text-kinds.ts';
import type { GeneratedFile } from '../../../server/src/features/generate/generator.ts';
import { GENERATORS } from '../../../server/src/features/generate/index.ts';
import { generate, nextStep } from '../../../server/src/features/generate/run.ts';
import { contextOf, pathsOf } from '../../support/generator-paths.ts';

const VERSIONS = [contextOf('2.9'), contextOf('2.6', '3.0.7'), contextOf('2.3', '2.13')];

const CREDENTIALS =
  /^(clientSecret|clientCertificate|password|token|accountKey|sasKey|identity|AZURE_CLIENT_SECRET|azureServicePrincipalClientSecret|AAD_SERVICE_PRINCIPAL_CLIENT_SECRET)$/;

/** Reads a file and everything written inside its strings. */
function documentsOf(file: GeneratedFile): unknown[] {
  return parseAllDocuments(file.content, { strict: true, uniqueKeys: true, version: '1.2' }).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], [], file.content);
    return document.toJS() as unknown;
  });
}

function checkTree(value: unknown, path: string, file: GeneratedFile): void {
  if (typeof value === 'string') {
    const key = path.slice(path.lastIndexOf('/') + 1);
    assert.ok(!/undefined|\[object/.test(value), `${path} in ${file.content}`);
    if (CREDENTIALS.test(key)) assert.ok(!isCredentialLiteral(value), `${path}: ${value}`);
    if (key === 'config' || key === '.dockerconfigjson' || key === 'azure.json')
      checkTree(JSON.parse(value), path, file);
    if (key === 'patch' || key === 'sops.azure-kv') {
      const [inner, ...more] = parseAllDocuments(value);
      assert.deepEqual([inner!.errors, more], [[], []], value);
      checkTree(inner!.toJS(), path, file);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) checkTree(entry, `${path}/${key}`, file);
  } else assert.notEqual(value, null, `${path} is empty in ${file.content}`);
}

for (const generator of GENERATORS)
  test(`${generator.name}: every path renders files that can be read`, () => {
    let paths = 0;
    for (const context of VERSIONS) {
      if (generator.refused?.(context) !== undefined) continue;
      for (const values of pathsOf(generator, context)) {
        paths++;
        const result = generate(generator.name, values, context);
        assert.ok(result.ok, `${JSON.stringify(values)} ${JSON.stringify(result)}`);
        assert.deepEqual(result.ignored, []);
        assert.equal(nextStep(generator.name, values, context), undefined);
        assert.ok(result.files.length > 0);
        assert.equal(new Set(result.files.map((file) => file.path)).size, result.files.length);
        for (const file of result.files) {
          assert.match(file.path, /^[\w.-]+$/);
          assert.match(file.content, /[^\n]\n$/);
          assert.ok(!/[ \t]\n/.test(file.content), `blanks at the end of a line:\n${file.content}`);
          assert.ok(!/undefined/.test(file.content + (file.note ?? '')), file.content);
          if (file.language !== 'yaml') continue;
          const documents = documentsOf(file);
          assert.ok(documents.length > 0);
          for (const document of documents) checkTree(document, '', file);
        }
      }
    }
    assert.ok(paths > 0);
  });
