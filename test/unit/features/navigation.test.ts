import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeLenses } from '../../../server/src/features/code-lens.ts';
import { documentLinks } from '../../../server/src/features/document-links.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { definition, prepareRename, references, rename } from '../../../server/src/features/navigation.ts';
import { workspaceSymbols } from '../../../server/src/features/symbols.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { ROOT, sessionOf, unmark } from '../../support/workspace.ts';

type Files = Readonly<Record<string, string>>;

/** The files without marks, where the cursor is (`<|>`), and what is marked (`<|…|>`) as `path:start`. */
function marked(files: Files) {
  const texts: Record<string, string> = {};
  const marks: string[] = [];
  let cursor: { uri: string; offset: number } | undefined;
  for (const [path, source] of Object.entries(files)) {
    const { text, spans } = unmark(source);
    texts[path] = text;
    for (const span of spans)
      if (span.start === span.end) cursor = { uri: ROOT + path, offset: span.start };
      else marks.push(`${path}:${span.start} ${text.slice(span.start, span.end)}`);
  }
  return { texts, session: sessionOf(texts), marks: marks.sort(), cursor };
}

const shown = (texts: Files, found: readonly { uri: string; span: { start: number; end: number } }[]) =>
  found
    .map(
      ({ uri, span }) =>
        `${uri.slice(ROOT.length)}:${span.start} ${texts[uri.slice(ROOT.length)]?.slice(span.start, span.end)}`,
    )
    .sort();

function checkDefinition(files: Files) {
  const { texts, session, marks, cursor } = marked(files);
  assert.ok(cursor);
  assert.deepEqual(shown(texts, definition(session, cursor.uri, cursor.offset)), marks);
}

function checkReferences(files: Files, includeDeclaration = true) {
  const { texts, session, marks, cursor } = marked(files);
  assert.ok(cursor);
  assert.deepEqual(shown(texts, references(session, cursor.uri, cursor.offset, includeDeclaration)), marks);
}

function checkRename(files: Files, newName: string, expected: Files | { refused: RegExp }) {
  const { texts, session, cursor } = marked(files);
  assert.ok(cursor);
  const result = rename(session, cursor.uri, cursor.offset, newName);
  assert.ok(result);
  if ('refused' in expected && expected.refused instanceof RegExp) {
    assert.ok('refused' in result, 'the rename is refused');
    assert.match(result.refused, expected.refused);
    return;
  }
  assert.ok('ok' in result, 'refused' in result ? result.refused : '');
  const after: Record<string, string> = { ...texts };
  for (const { uri, edits } of result.ok)
    after[uri.slice(ROOT.length)] = applyEdits(after[uri.slice(ROOT.length)] ?? '', edits);
  for (const [path, text] of Object.entries(expected)) assert.equal(after[path], text);
}

const source = (name: string, more = '') =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: ${name}\n  namespace: flux-system\nspec:\n  interval: 10m\n  url: oci://contoso.azurecr.io/app\n${more}`;
const account = (name: string, namespace = 'flux-system') =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  annotations:\n    azure.workload.identity/client-id: 5e04061b-54fc-4d3b-adef-8478aa02e3f9\n    azure.workload.identity/tenant-id: 75b09a4b-c893-4606-8697-c821c62d6976\n`;
const kustomization = (name: string, more = '') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: app\n  namespace: flux-system\nspec:\n  sourceRef:\n    kind: OCIRepository\n    name: ${name}\n${more}`;

describe('definition', () => {
  test('of a ServiceAccount in the namespace of the object', () =>
    checkDefinition({
      'source.yaml': source('app', '  provider: azure\n  serviceAccountName: read<|>er\n'),
      'accounts.yaml': `${account('<|reader|>')}---\n${account('reader', 'other')}`,
    }));
  test('of a source by the kind beside the name', () =>
    checkDefinition({
      'k.yaml': kustomization('fl<|>eet'),
      's.yaml': source('<|fleet|>'),
      'g.yaml': source('fleet').replace('OCIRepository', 'GitRepository'),
    }));
  test('of a Secret that a generator makes', () =>
    checkDefinition({
      's.yaml': source('app', '  secretRef:\n    name: pu<|>ll\n'),
      'kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: flux-system\nresources: [s.yaml]\nsecretGenerator:\n  - name: <|pull|>\n    literals: [a=b]\n    options:\n      disableNameSuffixHash: true\n',
    }));
  test('of the policy in a marker', () =>
    checkDefinition({
      'd.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n    spec:\n      containers:\n        - image: x # {"$imagepolicy": "flux-system:ap<|>p:tag"}\n',
      'p.yaml':
        'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: <|app|>\n  namespace: flux-system\nspec:\n  imageRepositoryRef:\n    name: app\n',
    }));
  test('of the file in a kustomization', () => {
    const { session, cursor } = marked({
      'kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - apps/so<|>urce.yaml\n',
      'apps/source.yaml': source('app'),
    });
    assert.deepEqual(definition(session, cursor?.uri ?? '', cursor?.offset ?? 0), [
      { uri: `${ROOT}apps/source.yaml`, span: { start: 0, end: 0 } },
    ]);
  });
  test('none for what is not here', () => checkDefinition({ 'k.yaml': kustomization('fl<|>eet') }));
});

describe('references', () => {
  test('to a source', () =>
    checkReferences({
      's.yaml': source('<|fl<|>eet|>'),
      'k.yaml': kustomization('<|fleet|>'),
      'a.yaml':
        'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata:\n  name: a\n  namespace: flux-system\nspec:\n  providerRef:\n    name: p\n  eventSources:\n    - kind: OCIRepository\n      name: <|fleet|>\n    - kind: GitRepository\n      name: fleet\n',
    }));
  test('to a ServiceAccount: Flux objects, pods, federated credentials', () =>
    checkReferences({
      's.yaml': source('app', '  provider: azure\n  serviceAccountName: <|reader|>\n'),
      'accounts.yaml': account('<|read<|>er|>'),
      'd.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  namespace: flux-system\nspec:\n  template:\n    spec:\n      serviceAccountName: <|reader|>\n',
      'f.yaml':
        'apiVersion: managedidentity.azure.com/v1api20230131\nkind: FederatedIdentityCredential\nmetadata:\n  name: f\nspec:\n  subject: system:serviceaccount:flux-system:<|reader|>\n',
    }));
  test('to what is not here', () =>
    checkReferences({
      'k.yaml': `${kustomization('<|fl<|>eet|>')}---\n${kustomization('<|fleet|>').replace('name: app', 'name: other')}`,
    }));
});

describe('rename', () => {
  test('an object and all that refers to it', () =>
    checkRename(
      {
        's.yaml': source('fl<|>eet'),
        'k.yaml': kustomization('fleet'),
        'other.yaml': kustomization('fleet').replace('namespace: flux-system', 'namespace: other'),
      },
      'apps',
      {
        's.yaml': source('apps'),
        'k.yaml': kustomization('apps'),
        'other.yaml': kustomization('fleet').replace('namespace: flux-system', 'namespace: other'),
      },
    ));
  test('with its markers', () =>
    checkRename(
      {
        'p.yaml':
          'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: a<|>pp\n  namespace: flux-system\nspec:\n  imageRepositoryRef:\n    name: app\n',
        'd.yaml':
          'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: x # {"$imagepolicy": "flux-system:app"}\n',
      },
      'web',
      {
        'd.yaml':
          'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: x # {"$imagepolicy": "flux-system:web"}\n',
      },
    ));
  test('refused where the files do not tell', () => {
    checkRename({ 'k.yaml': kustomization('fl<|>eet') }, 'apps', { refused: /not in the workspace/ });
    checkRename({ 's.yaml': source('${N<|>AME}') }, 'apps', { refused: /filled in later/ });
    checkRename({ 's.yaml': source('fl<|>eet') }, 'Apps', { refused: /lower-case/ });
    checkRename(
      {
        's.yaml': source('fl<|>eet'),
        'kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: dev-\nresources: [s.yaml]\n',
      },
      'apps',
      { refused: /changes the name/ },
    );
  });
  test('what is asked first', () => {
    const { session, cursor, texts } = marked({ 's.yaml': source('fl<|>eet') });
    const prepared = prepareRename(session, cursor?.uri ?? '', cursor?.offset ?? 0);
    assert.ok(prepared && 'ok' in prepared);
    assert.equal(texts['s.yaml']?.slice(prepared.ok.span.start, prepared.ok.span.end), 'fleet');
    assert.equal(prepareRename(session, cursor?.uri ?? '', 0), undefined);
  });
});

describe('links', () => {
  const linksOf = (files: Files, path: string) => {
    const { session, texts } = marked(files);
    return documentLinks(session, ROOT + path).map((l) => [
      texts[path]?.slice(l.span.start, l.span.end),
      l.target.replace(ROOT, ''),
    ]);
  };
  test('paths of a kustomization', () =>
    assert.deepEqual(
      linksOf(
        {
          'a/kustomization.yaml':
            'resources:\n  - s.yaml\n  - ../b\n  - missing.yaml\n  - https://example.com/x.yaml\npatches:\n  - path: p.yaml\nsecretGenerator:\n  - name: x\n    files:\n      - key=s.yaml\n',
          'a/s.yaml': source('s'),
          'a/p.yaml': source('s'),
          'b/kustomization.yaml': 'resources: []\n',
        },
        'a/kustomization.yaml',
      ),
      [
        ['s.yaml', 'a/s.yaml'],
        ['../b', 'b/kustomization.yaml'],
        ['https://example.com/x.yaml', 'https://example.com/x.yaml'],
        ['p.yaml', 'a/p.yaml'],
        ['key=s.yaml', 'a/s.yaml'],
      ],
    ));
  test('keys of Key Vault', () => {
    const url = 'https://contoso.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef';
    assert.deepEqual(linksOf({ '.sops.yaml': `creation_rules:\n  - azure_keyvault: ${url},${url}2\n` }, '.sops.yaml'), [
      [url, url],
      [`${url}2`, `${url}2`],
    ]);
    assert.deepEqual(
      linksOf(
        {
          's.yaml':
            'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nsops:\n  azure_kv:\n    - vault_url: https://contoso.vault.azure.net\n      name: sops\n      version: abc\n  mac: ENC[x]\n',
        },
        's.yaml',
      ),
      [['https://contoso.vault.azure.net', 'https://contoso.vault.azure.net/keys/sops/abc']],
    );
  });
});

test('workspace symbols', () => {
  const { session } = marked({
    's.yaml': `${source('fleet')}---\n${account('reader')}`,
    'k.yaml': kustomization('fleet'),
  });
  const names = (query: string) => workspaceSymbols(session, query).map((s) => `${s.kind}/${s.name}`);
  assert.deepEqual(names('oci'), ['OCIRepository/fleet']);
  assert.deepEqual(names('serviceaccount/read'), ['ServiceAccount/reader']);
  assert.deepEqual(names('kzapp'), ['Kustomization/app']);
  assert.deepEqual(names('xyz'), []);
  assert.equal(names('').length, 3);
});

test('inlay hints name roles, applications and identities', () => {
  const { session, texts } = marked({
    'a.yaml': account('reader'),
    'i.yaml':
      'apiVersion: managedidentity.azure.com/v1api20230131\nkind: FederatedIdentityCredential\nmetadata:\n  name: f\nspec:\n  owner:\n    name: id-reader\n  subject: system:serviceaccount:flux-system:reader\n---\napiVersion: authorization.azure.com/v1api20220401\nkind: RoleAssignment\nmetadata:\n  name: r\nspec:\n  roleDefinitionReference:\n    armId: /subscriptions/0a24e54a-5ea9-4cca-91fe-727a32a7d453/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d\n',
  });
  const hints = (path: string) =>
    inlayHints(session, ROOT + path).map((h) => [h.label, texts[path]?.slice(h.offset - 4, h.offset)]);
  assert.deepEqual(hints('a.yaml'), [['id-reader', 'e3f9']]);
  assert.deepEqual(hints('i.yaml'), [['AcrPull', '538d']]);
  assert.deepEqual(inlayHints(session, `${ROOT}a.yaml`, { start: 0, end: 20 }), []);
});

test('code lenses count who depends on an object', () => {
  const { session } = marked({
    's.yaml': source('fleet', '  provider: azure\n  serviceAccountName: reader\n'),
    'k.yaml': `${kustomization('fleet')}---\n${kustomization('fleet').replace('name: app', 'name: app2')}`,
    'a.yaml': `${account('reader')}---\n${account('unused')}`,
    'd.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  namespace: flux-system\nspec:\n  template:\n    spec:\n      serviceAccountName: reader\n',
  });
  const titles = (path: string) => codeLenses(session, ROOT + path).map((l) => [l.title, l.locations.length]);
  assert.deepEqual(titles('s.yaml'), [['used by 2 Kustomizations', 2]]);
  assert.deepEqual(titles('a.yaml'), [
    ['identity of 1 Flux object and 1 Deployment', 2],
    ['no pod or Flux object in this workspace uses this identity', 0],
  ]);
});
