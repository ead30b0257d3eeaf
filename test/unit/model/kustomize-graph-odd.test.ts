import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KustomizeGraph } from '../../../server/src/model/kustomize/graph.ts';
import { readObjects } from '../../../server/src/model/object.ts';
import { files, type TestFiles } from '../../support/documents.ts';

/** Everything a graph can be asked, in plain data. */
function answers(graph: KustomizeGraph, source: TestFiles): unknown[] {
  const show = (p: ReturnType<KustomizeGraph['namesOf']>) => (p.known ? [...p.names].sort() : '?');
  const generated = (['Secret', 'ConfigMap'] as const).flatMap((kind) =>
    graph.generated(kind).map((g) => [g.name, show(g.names), show(g.namespaces), g.open, g.hashed]),
  );
  const all = [...source.uris()].map((uri) => [
    uri,
    graph.roleOf(uri),
    graph.overlaysOf(uri).map((d) => d.uri),
    graph.fluxKustomizationsOf(uri).map((o) => o.name),
    source.documents(uri).flatMap((document) =>
      [false, true].flatMap((partial) =>
        readObjects(document, document.tree.root, { partial }).map((object) => {
          graph.patched(object);
          return [
            show(graph.namespacesOf(object)),
            show(graph.namesOf(object)),
            graph.patchesFor(object).length,
            graph.isComplete(object),
            graph.labelsAddedTo(object).map((a) => [a.entry.key.text, a.everywhere]),
          ];
        }),
      ),
    ),
  ]);
  return [generated, graph.patchFiles(), ...all];
}

const folder = fc.constantFrom('.', 'a', 'b', 'a/c', 'b/d');
const path = fc.constantFrom(
  '.',
  '..',
  '../a',
  '../b',
  './c',
  '../../b/d',
  '../../../x',
  'app.yaml',
  '../app.yaml',
  'p.yaml',
  'missing',
  '${x}',
  'https://x/y',
  '/',
  'kustomization.yaml',
);
const paths = fc.array(path, { maxLength: 4 }).map((list) => JSON.stringify(list));

const kustomization = fc
  .record({
    resources: paths,
    components: paths,
    component: fc.boolean(),
    namespace: fc.constantFrom('', 'n', '${n}', '7', 'null'),
    namePrefix: fc.constantFrom('', 'p-', '[]'),
    patch: fc.constantFrom(
      'path: p.yaml',
      'path: app.yaml',
      'patch: "[{op: add, path: /metadata/name, value: z}]"',
      'patch: "{"',
      'patch: 7',
      'patch: "a: b"',
    ),
    target: fc.constantFrom(
      '',
      'target: {kind: Deployment}',
      'target: {name: "("}',
      'target: []',
      'target: {labelSelector: "l=m"}',
    ),
    extra: fc.constantFrom(
      '',
      'commonLabels: {l: m}',
      'commonLabels: 3',
      'transformers: [t.yaml]',
      'secretGenerator: [{name: s, files: [a=b], literals: 3}]',
      'configMapGenerator: {}',
      '*x',
      '- ',
    ),
  })
  .map((k) =>
    [
      `kind: ${k.component ? 'Component' : 'Kustomization'}`,
      `resources: ${k.resources}`,
      `components: ${k.components}`,
      k.namespace && `namespace: ${k.namespace}`,
      k.namePrefix && `namePrefix: ${k.namePrefix}`,
      `patches: [{${[k.patch, k.target].filter(Boolean).join(', ')}}]`,
      k.extra,
    ]
      .filter(Boolean)
      .join('\n'),
  );

const flux = fc.record({ path, namespace: fc.constantFrom('', 't', '${t}'), components: paths }).map(
  (f) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: f, namespace: flux-system}
spec: {path: ${JSON.stringify(f.path)}, targetNamespace: "${f.namespace}", components: ${f.components}, patches: [{patch: "spec: {path: ./a}", target: {kind: Kustomization}}]}
`,
);

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\n';

const workspace = fc
  .tuple(
    fc.array(fc.tuple(folder, kustomization), { maxLength: 5 }),
    fc.array(fc.tuple(folder, flux), { maxLength: 2 }),
    fc.array(fc.tuple(folder, fc.constantFrom('app.yaml', 'p.yaml')), { maxLength: 4 }),
    fc.array(
      fc.tuple(folder, fc.constantFrom('kustomization.yaml', 'app.yaml', 'p.yaml'), fc.string({ unit: 'binary' })),
      { maxLength: 1 },
    ),
  )
  .map(([kustomizations, fluxes, apps, junk]) => {
    const at = (where: string, name: string) => (where === '.' ? name : `${where}/${name}`);
    return Object.fromEntries([
      ...kustomizations.map(([where, text]) => [at(where, 'kustomization.yaml'), text] as const),
      ...fluxes.map(([where, text]) => [at(where, 'flux.yaml'), text] as const),
      ...apps.map(([where, name]) => [at(where, name), DEPLOYMENT] as const),
      ...junk.map(([where, name, text]) => [at(where, name), text] as const),
    ]);
  });

test('any web of files, cycles among them, gets an answer', () => {
  fc.assert(
    fc.property(workspace, (content) => {
      const source = files(content);
      answers(new KustomizeGraph(source), source);
    }),
    { numRuns: 150 },
  );
});

test('the order of questions does not change the answers', () => {
  fc.assert(
    fc.property(workspace, (content) => {
      const source = files(content);
      const forward = answers(new KustomizeGraph(source), source);
      const graph = new KustomizeGraph(source);
      for (const uri of [...source.uris()].reverse()) {
        graph.fluxKustomizationsOf(uri);
        for (const document of source.documents(uri))
          for (const object of readObjects(document, document.tree.root)) graph.namesOf(object);
      }
      assert.deepEqual(answers(graph, source), forward);
    }),
    { numRuns: 150 },
  );
});

test('a graph made after an edit equals one made from scratch', () => {
  fc.assert(
    fc.property(workspace, workspace, (before, after) => {
      const source = files(before);
      answers(new KustomizeGraph(source), source);
      for (const [name, text] of Object.entries(after)) source.set(name, text);
      const scratch = files({ ...before, ...after });
      assert.deepEqual(answers(new KustomizeGraph(source), source), answers(new KustomizeGraph(scratch), scratch));
    }),
    { numRuns: 150 },
  );
});

test('a cycle makes unknown what depends on it, and nothing else', () => {
  const source = files({
    'a/kustomization.yaml': 'resources: [../b, app.yaml]\nnamespace: n',
    'b/kustomization.yaml': 'resources: [../a]',
    'a/app.yaml': DEPLOYMENT,
    'c/kustomization.yaml': 'resources: [app.yaml]\nnamespace: n',
    'c/app.yaml': DEPLOYMENT,
    'd/kustomization.yaml': 'resources: [., app.yaml]',
    'd/app.yaml': DEPLOYMENT,
  });
  const graph = new KustomizeGraph(source);
  const known = (path: string) => {
    const document = source.documents(`file:///repo/${path}`)[0];
    const object = document && readObjects(document, document.tree.root)[0];
    return object && graph.namespacesOf(object).known;
  };
  assert.equal(known('a/app.yaml'), false);
  assert.equal(known('c/app.yaml'), true);
  assert.equal(known('d/app.yaml'), false);
});

test('many ways into a build, and deep ones, end', () => {
  const layers: Record<string, string> = {
    'l0/app.yaml': DEPLOYMENT,
    'l0/kustomization.yaml': 'resources: [app.yaml]',
  };
  for (let i = 1; i < 40; i++) {
    layers[`l${i}/kustomization.yaml`] = 'resources: []';
    for (const side of ['x', 'y'])
      layers[`l${i}${side}/kustomization.yaml`] =
        `namespace: ${side}${i}\nresources: [${i === 1 ? '../l0' : `../l${i - 1}x, ../l${i - 1}y`}]`;
  }
  for (let i = 0; i < 3_000; i++)
    layers[`d${i}/kustomization.yaml`] = i === 0 ? 'resources: [app.yaml]' : `resources: [../d${i - 1}]`;
  layers['d0/app.yaml'] = DEPLOYMENT;
  const source = files(layers);
  // That it ends is what is tested: ways multiply with every layer.
  const graph = new KustomizeGraph(source);
  for (const uri of ['file:///repo/l0/app.yaml', 'file:///repo/d0/app.yaml']) {
    const document = source.documents(uri)[0];
    assert.ok(document);
    for (const object of readObjects(document, document.tree.root))
      assert.equal(graph.namespacesOf(object).known, false);
    graph.fluxKustomizationsOf(uri);
  }
});

test('a graph of 2,000 kustomizations is made anew after an edit', () => {
  const content: Record<string, string> = {};
  for (let i = 0; i < 1_000; i++) {
    content[`apps/a${i}/base/kustomization.yaml`] =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [app.yaml]\n';
    content[`apps/a${i}/base/app.yaml`] = DEPLOYMENT;
    content[`apps/a${i}/prod/kustomization.yaml`] =
      `namespace: a${i}\nresources: [../base]\npatches: [{path: p.yaml}]\n`;
    content[`apps/a${i}/prod/p.yaml`] = `${DEPLOYMENT}spec: {replicas: 2}\n`;
    content[`clusters/prod/a${i}.yaml`] = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a${i}, namespace: flux-system}
spec: {path: ./apps/a${i}/prod, sourceRef: {kind: GitRepository, name: flux-system}}
`;
  }
  const source = files(content);
  const ask = (): void => {
    const graph = new KustomizeGraph(source);
    assert.equal(graph.fluxKustomizationsOf('file:///repo/apps/a7/base/app.yaml').length, 1);
    const document = source.documents('file:///repo/apps/a7/base/app.yaml')[0];
    assert.ok(document);
    for (const object of readObjects(document, document.tree.root)) assert.equal(graph.patchesFor(object).length, 1);
  };
  ask();
  for (let i = 0; i < 3; i++) {
    source.set(
      'apps/a7/prod/kustomization.yaml',
      `namespace: b${i}\nresources: [../base]\npatches: [{path: p.yaml}]\n`,
    );
    ask();
  }
});
