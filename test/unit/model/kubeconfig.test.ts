import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isManifestName } from '../../../server/src/model/file-names.ts';
import { readFile } from '../../../server/src/model/source-file.ts';
import { unitsOf } from '../../../server/src/model/unit.ts';

const languages = (text: string, name = 'kubeconfig') =>
  readFile(`file:///w/${name}`, text).documents.flatMap((d) => unitsOf(d).map((u) => u.language));

describe('a kubeconfig is known by its content', () => {
  for (const [title, text, wanted] of [
    ['with an apiVersion', 'apiVersion: v1\nkind: Config\nusers: []\n', ['kubeconfig']],
    ['without one', 'kind: Config\nusers:\n  - name: a\n    user: {}\n', ['kubeconfig']],
    ['as JSON', '{"kind": "Config", "apiVersion": "v1", "users": []}', ['kubeconfig']],
    ['not without users', 'kind: Config\ncontexts: []\n', ['yaml']],
    ['not of another group', 'apiVersion: example.com/v1\nkind: Config\nusers: []\n', ['kubernetes']],
    ['not where users are a map', 'kind: Config\nusers: { a: b }\n', ['yaml']],
    [
      'in a Secret, encoded',
      `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata:\n  value: ${btoa('kind: Config\nusers: []\n')}\n`,
      ['kubernetes', 'kubeconfig'],
    ],
  ] as const)
    test(title, () => assert.deepEqual(languages(text), wanted));
});

test('a kubeconfig needs no extension', () => {
  assert.equal(isManifestName('kubeconfig'), true);
  assert.equal(isManifestName('prod.kubeconfig'), true);
  assert.equal(isManifestName('config'), false);
});
