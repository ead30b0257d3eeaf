// Whatever the edits, the findings are those of linting from scratch; and an edit parses only the document it touches.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Session } from '../../../server/src/engine/session.ts';
import { ROOT, sessionOf } from '../../support/workspace.ts';

const account = (name: string, namespace: string, annotations: readonly string[]) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  annotations:\n    x: y\n${annotations.map((a) => `    azure.workload.identity/${a}: 7c9e6679-7425-40de-944b-e07fc1f90ae7\n`).join('')}`;
const source = (name: string, namespace: string, sa: string, provider: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  interval: 10m\n  url: oci://contoso.azurecr.io/x\n  provider: ${provider}\n  serviceAccountName: ${sa}\n`;
const deployment = (name: string, place: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  labels:\n    ${place === 'object' ? 'azure.workload.identity/use: "true"' : 'a: b'}\nspec:\n  template:\n    metadata:\n      labels:\n        ${place === 'pod' ? 'azure.workload.identity/use: true' : 'a: b'}\n    spec:\n      serviceAccountName: reader\n      containers: [{name: a, image: b}]\n`;
const kustomization = (resources: readonly string[], namespace: string, patches: readonly string[]) =>
  `resources: [${resources.join(', ')}]\n${namespace ? `namespace: ${namespace}\n` : ''}${patches.length ? `patches:\n${patches.map((p) => `  - path: ${p}\n`).join('')}` : ''}`;

const name = fc.constantFrom('reader', 'writer');
const namespace = fc.constantFrom('apps', 'infra');
const path = fc.constantFrom(
  'a.yaml',
  'b.yaml',
  'base/c.yaml',
  'base/kustomization.yaml',
  'kustomization.yaml',
  'clusters/prod/apps.yaml',
);
const document = fc.oneof(
  fc.tuple(name, namespace, fc.subarray(['client-id', 'tenant-id', 'client_id'])).map((a) => account(...a)),
  fc.tuple(name, namespace, name, fc.constantFrom('azure', 'generic', 'Azure')).map((a) => source(...a)),
  fc.tuple(name, fc.constantFrom('object', 'pod', 'none')).map((a) => deployment(...a)),
  fc
    .tuple(
      fc.subarray(['a.yaml', 'b.yaml', 'base']),
      fc.constantFrom('', 'apps', 'infra'),
      fc.subarray(['a.yaml', 'b.yaml']),
    )
    .map((a) => kustomization(...a)),
  fc.constantFrom('# a comment\n', 'a: "unterminated\n', 'fluxVersion: "2.5"\n'),
);
const text = fc.array(document, { maxLength: 4 }).map((d) => d.join('---\n'));
const change = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('set' as const), path, text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), path }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      path,
      at: fc.nat(600),
      what: fc.constantFrom('\n', ' ', '#', '---\n', 'x', '"', ':'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('settings' as const),
      text: fc.constantFrom('fluxVersion: "2.5"\n', 'rules: { workload-identity/unknown-key: off }\n', ''),
    }),
  },
);

const shown = (session: Session) =>
  [...session.uris()]
    .sort()
    .map((uri) => ({ uri, findings: JSON.parse(JSON.stringify(session.diagnostics(uri).findings)) }));

test('any sequence of edits gives the findings of linting from scratch', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const session = sessionOf({});
      const files: Record<string, string> = {};
      for (const c of changes) {
        if (c.kind === 'set') files[c.path] = c.text;
        else if (c.kind === 'remove') delete files[c.path];
        else if (c.kind === 'settings') files['.azure-gitops.yaml'] = c.text;
        else if (files[c.path] !== undefined) {
          const before = files[c.path] as string;
          const at = Math.min(c.at, before.length);
          files[c.path] = before.slice(0, at) + c.what + before.slice(at);
        }
        for (const uri of [...session.uris()]) if (files[uri.slice(ROOT.length)] === undefined) session.removeFile(uri);
        for (const [p, t] of Object.entries(files)) session.setFile(ROOT + p, t);
        assert.deepEqual(shown(session), shown(sessionOf(files)));
      }
    }),
    { numRuns: 150 },
  );
});

test('result ids are equal exactly while findings are', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 2, maxLength: 8 }), (changes) => {
      const session = sessionOf({ 'a.yaml': account('reader', 'apps', ['client_id']) });
      const seen = new Map<string, string>();
      for (const c of changes) {
        if (c.kind === 'set') session.setFile(ROOT + c.path, c.text);
        else if (c.kind === 'remove') session.removeFile(ROOT + c.path);
        for (const uri of session.uris()) {
          const { resultId, findings } = session.diagnostics(uri);
          const now = JSON.stringify(findings);
          const before = seen.get(`${uri} ${resultId}`);
          if (before !== undefined) assert.equal(now, before);
          seen.set(`${uri} ${resultId}`, now);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('an edit keeps the trees of all other documents', () => {
  const documents = Array.from({ length: 50 }, (_, i) => account(`a${i}`, 'apps', ['client-id']));
  const session = sessionOf({ 'a.yaml': documents.join('---\n') });
  session.diagnostics(`${ROOT}a.yaml`);
  const before = session.file(`${ROOT}a.yaml`)?.documents.map((d) => d.tree) ?? [];
  documents[20] = account('renamed', 'apps', ['client-id']);
  session.setFile(`${ROOT}a.yaml`, documents.join('---\n'));
  const after = session.file(`${ROOT}a.yaml`)?.documents.map((d) => d.tree) ?? [];
  assert.deepEqual(
    after.flatMap((tree, i) => (tree === before[i] ? [] : [i])),
    [20],
  );
});

test('an edit elsewhere lints only what asked about it', () => {
  const session = sessionOf({
    'a.yaml': account('reader', 'apps', ['client-id']),
    'b.yaml': source('s', 'apps', 'reader', 'azure'),
    'c.yaml': deployment('d', 'pod'),
  });
  for (const uri of session.uris()) session.diagnostics(uri);
  const linted: string[] = [];
  // One that looks at every unit.
  const spied = session.rules.find(({ on }) => !on.only) as { on: { select: unknown } };
  const select = spied.on.select as (...args: unknown[]) => Iterable<unknown>;
  spied.on.select = (unit: { document: { uri: string } }, ...rest: unknown[]) => {
    linted.push(unit.document.uri.slice(ROOT.length));
    return select.call(spied.on, unit, ...rest);
  };
  try {
    session.setFile(`${ROOT}b.yaml`, source('s', 'apps', 'writer', 'azure'));
    for (const uri of session.uris()) session.diagnostics(uri);
  } finally {
    spied.on.select = select;
  }
  assert.deepEqual([...new Set(linted)].sort(), ['a.yaml', 'b.yaml']);
});

test('any bytes are linted without a throw', () => {
  const junk = fc
    .array(
      fc.oneof(
        document,
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom(
          '---\n',
          '{',
          '[',
          '\t',
          '\u0000',
          '\ufeff',
          '- - - ',
          '&a [*a]',
          '<<: *a',
          'data: {a: "!!"}\n',
        ),
      ),
      { maxLength: 6 },
    )
    .map((p) => p.join(''));
  fc.assert(
    fc.property(junk, junk, (a, b) => {
      const session = sessionOf({ 'a.yaml': a, 'kustomization.yaml': b });
      for (const uri of session.uris()) session.diagnostics(uri).findings.length;
    }),
    { numRuns: 300 },
  );
});
