import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Build } from '../../../server/src/model/kustomize/builds.ts';
import { KustomizeGraph } from '../../../server/src/model/kustomize/graph.ts';
import { patchesOf } from '../../../server/src/model/kustomize/patch-list.ts';
import { type KubernetesObject, readObjects } from '../../../server/src/model/object.ts';
import { toData } from '../../../server/src/yaml/data.ts';
import { documentFrom, files, type TestFiles } from '../../support/documents.ts';

const BASE = {
  'base/kustomization.yaml': 'resources: [app.yaml]',
  'base/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\n',
};

const object = (source: TestFiles, path: string): KubernetesObject => {
  const document = source.documents(`file:///repo/${path}`)[0];
  assert.ok(document, path);
  const found = readObjects(document, document.tree.root)[0];
  assert.ok(found, path);
  return found;
};

const world = (content: Record<string, string>, roots?: string[]) => {
  const source = files(content, roots);
  const graph = new KustomizeGraph(source);
  const show = (possible: ReturnType<KustomizeGraph['namesOf']>) =>
    possible.known ? [...possible.names].sort().join(',') : '?';
  return {
    source,
    graph,
    namespaces: (path: string) => show(graph.namespacesOf(object(source, path))),
    names: (path: string) => show(graph.namesOf(object(source, path))),
    patches: (path: string) => graph.patchesFor(object(source, path)).map((p) => toData(p.root)),
    builds: (path: string): readonly Build[] => graph.builds(object(source, path)),
    flux: (path: string) =>
      graph
        .fluxKustomizationsOf(`file:///repo/${path}`)
        .map((o) => o.name)
        .sort(),
    object: (path: string) => object(source, path),
  };
};

const fluxKustomization = (name: string, spec: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  sourceRef: {kind: GitRepository, name: flux-system}\n  ${spec.replaceAll('\n', '\n  ')}\n`;

test('files have roles', () => {
  const { graph } = world({
    'kustomization.yaml': `resources: [a.yaml, sub]
patches:
- path: p.yaml
  target: {kind: Deployment}
configMapGenerator:
- name: c
  files: [k.yaml=values.yaml]
  envs: [x.env]
helmCharts: [{name: h, valuesFile: hv.yaml}]
configurations: [refs.yaml]
`,
    'a.yaml': 'apiVersion: v1\nkind: Secret',
    'p.yaml': 'spec: {}',
    'values.yaml': 'a: 1',
    'hv.yaml': '',
    'refs.yaml': '',
    'other.yaml': '',
    'sub/kustomization.yml': '',
  });
  const role = (path: string) => graph.roleOf(`file:///repo/${path}`);
  assert.equal(role('kustomization.yaml').role, 'kustomization');
  assert.equal(role('sub/kustomization.yml').role, 'kustomization');
  assert.equal(role('a.yaml').role, 'resource');
  assert.deepEqual(role('a.yaml').resourceOf, ['file:///repo/kustomization.yaml']);
  assert.equal(role('p.yaml').role, 'patch');
  assert.equal(role('p.yaml').patch, true);
  assert.deepEqual(role('p.yaml').targets, [{ kind: 'Deployment' }]);
  assert.deepEqual(role('values.yaml').inputOf, [
    { kustomization: 'file:///repo/kustomization.yaml', kind: 'ConfigMap', generator: 'c', key: 'k.yaml' },
  ]);
  assert.equal(role('x.env').role, 'input');
  assert.equal(role('hv.yaml').role, 'values');
  assert.equal(role('refs.yaml').role, 'configuration');
  assert.equal(role('other.yaml').role, 'unknown');
  assert.deepEqual(graph.patchFiles(), ['file:///repo/p.yaml']);
  JSON.stringify(role('p.yaml'));
});

test('overlays include files through others', () => {
  const { graph } = world({
    ...BASE,
    'o/kustomization.yaml': 'resources: [../base]',
    'p/kustomization.yaml': 'bases: [../o/]',
  });
  assert.deepEqual(
    graph.parentsOf('file:///repo/base/app.yaml').map((k) => k.folder),
    ['file:///repo/base', 'file:///repo/o', 'file:///repo/p'],
  );
  assert.equal(graph.overlaysOf('file:///repo/o/kustomization.yaml')[0]?.uri, 'file:///repo/p/kustomization.yaml');
});

test('the outermost namespace wins, and several overlays give several', () => {
  const overlay = (namespace: string) => `namespace: ${namespace}\nresources: [../base]`;
  const all = {
    ...BASE,
    'base/kustomization.yaml': 'namespace: inner\nresources: [app.yaml, cluster.yaml, ns.yaml]',
    'base/cluster.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}',
    'base/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: n}',
  };
  assert.equal(world(all).namespaces('base/app.yaml'), 'inner');
  const two = world({ ...all, 'a/kustomization.yaml': overlay('a'), 'b/kustomization.yaml': overlay('b') });
  assert.equal(two.namespaces('base/app.yaml'), 'a,b');
  assert.equal(two.namespaces('base/cluster.yaml'), '');
  assert.equal(two.names('base/ns.yaml'), 'a,b');
  assert.equal(world({ ...all, 'a/kustomization.yaml': overlay('${ns}') }).namespaces('base/app.yaml'), '?');
  assert.equal(world({ ...all, 'a/kustomization.yaml': overlay('7') }).namespaces('base/app.yaml'), '?');
  assert.equal(
    world({ ...all, 'a/kustomization.yaml': 'resources: [../base]\ntransformers: [t.yaml]' }).namespaces(
      'base/app.yaml',
    ),
    '?',
  );
});

test('without an overlay the object says where it is, or nobody knows', () => {
  const w = world({
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: n}',
    'b.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: b}',
    'c.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: "${x}", namespace: "${y:=z}"}',
  });
  assert.equal(w.namespaces('a.yaml'), 'n');
  assert.equal(w.namespaces('b.yaml'), '?');
  assert.equal(w.namespaces('c.yaml'), '?');
  assert.equal(w.names('c.yaml'), '?');
});

test('prefixes and suffixes gather from the inside', () => {
  const w = world({
    ...BASE,
    'base/kustomization.yaml': 'namePrefix: a-\nnameSuffix: -z\nresources: [app.yaml]',
    'o/kustomization.yaml': 'namePrefix: b-\nresources: [../base]',
    'p/kustomization.yaml': 'namePrefix: "${p}-"\nresources: [../o]',
  });
  assert.equal(w.names('base/app.yaml'), '?');
  const { 'p/kustomization.yaml': _, ...rest } = Object.fromEntries([...w.source.texts]);
  assert.equal(world(rest).names('base/app.yaml'), 'b-a-app-z');
});

test('Flux builds what its path includes, or all below where nothing says', () => {
  const w = world({
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'path: ./apps/prod\ntargetNamespace: shop'),
    'clusters/prod/infra.yaml': fluxKustomization('infra', 'path: infra'),
    'clusters/prod/gone.yaml': fluxKustomization('gone', 'path: ./not/here'),
    'clusters/prod/any.yaml': fluxKustomization('any', 'path: "./tenants/${tenant}"'),
    'apps/prod/kustomization.yaml': 'namespace: other\nresources: [../../base]',
    'apps/prod/unused.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: u}',
    ...BASE,
    'infra/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: n}',
    'infra/deep/b.yml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: b}',
    'infra/own/kustomization.yaml': 'namespace: own\nresources: [c.yaml]',
    'infra/own/c.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: c}',
    'infra/own/d.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: d}',
    'tenants/x/e.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: e}',
  });
  assert.deepEqual(w.flux('base/app.yaml'), ['apps']);
  assert.equal(w.namespaces('base/app.yaml'), 'shop');
  assert.deepEqual(w.flux('apps/prod/unused.yaml'), []);
  assert.deepEqual(w.flux('infra/a.yaml'), ['infra']);
  assert.deepEqual(w.flux('infra/deep/b.yml'), ['infra']);
  assert.deepEqual(w.flux('infra/own/c.yaml'), ['infra']);
  assert.equal(w.namespaces('infra/own/c.yaml'), 'own');
  assert.deepEqual(w.flux('infra/own/d.yaml'), []);
  assert.deepEqual(w.flux('apps/prod/kustomization.yaml'), ['apps']);
  assert.deepEqual(w.flux('tenants/x/e.yaml'), []);
  assert.equal(w.graph.roleOf('file:///repo/infra/a.yaml').role, 'resource');
});

test('a path with a variable may mean a folder: then namespaces are not certain', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: e, namespace: own}';
  const w = world({
    'clusters/f.yaml': fluxKustomization('f', 'path: "./tenants/${tenant}-x"\ntargetNamespace: t'),
    'tenants/a-x/e.yaml': secret,
    'tenants/a-y/e.yaml': secret,
  });
  assert.equal(w.namespaces('tenants/a-x/e.yaml'), 'own,t');
  assert.equal(w.namespaces('tenants/a-y/e.yaml'), 'own');
});

test('paths are relative to the workspace folder, another one, or a repository inside', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: e}';
  const nested = world({
    'fleet/clusters/f.yaml': fluxKustomization('f', 'path: ./apps'),
    'fleet/apps/e.yaml': secret,
    'other/apps/e.yaml': secret,
  });
  assert.deepEqual(nested.flux('fleet/apps/e.yaml'), ['f']);
  assert.deepEqual(nested.flux('other/apps/e.yaml'), []);
  const two = world(
    { 'fleet/clusters/f.yaml': fluxKustomization('f', 'path: ./deploy'), 'app/deploy/e.yaml': secret },
    ['file:///repo/fleet', 'file:///repo/app/'],
  );
  assert.deepEqual(two.flux('app/deploy/e.yaml'), ['f']);
});

test('a path of another source is not looked for beside the file', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: e}';
  const other = fluxKustomization('f', 'path: ./production').replace(
    'name: flux-system}\n  path',
    'name: team}\n  path',
  );
  const artifact = fluxKustomization('f', 'path: ./apps').replace('kind: GitRepository', 'kind: ExternalArtifact');
  assert.deepEqual(
    world({ 'x.yaml': '', 'tenants/base/f.yaml': other, 'tenants/production/e.yaml': secret }).flux(
      'tenants/production/e.yaml',
    ),
    [],
  );
  assert.deepEqual(world({ 'f.yaml': artifact, 'apps/e.yaml': secret }).flux('apps/e.yaml'), []);
});

test('the repository may begin above all files that are here', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: e}';
  const w = world({ 'deploy/f/f.yaml': fluxKustomization('f', 'path: ./deploy/apps'), 'deploy/apps/e.yaml': secret });
  assert.deepEqual(w.flux('deploy/apps/e.yaml'), ['f']);
});

test('the root is built only from a source that is this repository', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: e}';
  const foreign = fluxKustomization('app', 'path: ./').replace('name: flux-system}\n  path', 'name: app}\n  path');
  assert.deepEqual(world({ 'clusters/f.yaml': fluxKustomization('f', 'path: ./'), 'e.yaml': secret }).flux('e.yaml'), [
    'f',
  ]);
  const w = world({
    'clusters/f.yaml': fluxKustomization('f', 'path: ./x'),
    'clusters/g.yaml': foreign,
    'e.yaml': secret,
    'x/y.yaml': secret,
  });
  assert.deepEqual(w.flux('e.yaml'), []);
  assert.deepEqual(w.flux('x/y.yaml'), ['f']);
});

test('an overlay may say where a Flux Kustomization looks', () => {
  const w = world({
    'tenants/base/sync.yaml': fluxKustomization('team', 'targetNamespace: team'),
    'tenants/base/kustomization.yaml': 'resources: [sync.yaml]',
    'tenants/staging/kustomization.yaml': 'resources: [../base]\npatches: [{path: path.yaml}]',
    'tenants/staging/path.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: team, namespace: flux-system}
spec: {path: ./staging}
`,
    'tenants/prod/kustomization.yaml': `resources: [../base]
patches:
- target: {kind: Kustomization}
  patch: |
    - op: add
      path: /spec/path
      value: ./prod
`,
    'staging/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}',
    'prod/b.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: b}',
    'dev/c.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: c}',
  });
  assert.equal(w.namespaces('staging/a.yaml'), 'team');
  assert.deepEqual(w.flux('prod/b.yaml'), ['team']);
  assert.deepEqual(w.flux('dev/c.yaml'), []);
});

test('patches are found by target and by their own name, through every overlay', () => {
  const w = world({
    ...BASE,
    'o/kustomization.yaml': `resources: [../base]
namePrefix: o-
patches:
- path: named.yaml
- path: other.yaml
- target: {kind: Deployment, name: ap.}
  patch: |-
    - {op: add, path: /spec/replicas, value: 2}
- target: {kind: Deployment, name: ap}
  patch: '[{op: add, path: /spec/never, value: 1}]'
patchesStrategicMerge:
- |
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: app}
  spec: {paused: true}
`,
    'o/named.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {a: 1}',
    'o/other.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: else}\nspec: {b: 1}',
    'p/kustomization.yaml': `resources: [../o]
patches:
- target: {name: o-app}
  patch: |
    - {op: add, path: /spec/by, value: prefixed}
- target: {labelSelector: "team in (x, y)"}
  patch: '[{op: add, path: /spec/labelled, value: 1}]'
`,
    'clusters/f.yaml': fluxKustomization(
      'f',
      `path: ./p
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: app}
    spec: {flux: true}
  target: {kind: Deployment}`,
    ),
  });
  assert.deepEqual(w.patches('base/app.yaml'), [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { paused: true } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { a: 1 } },
    { spec: { replicas: 2 } },
    { spec: { by: 'prefixed' } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { flux: true } },
  ]);
  assert.ok(
    w.builds('base/app.yaml').every((b) => b.complete && b.patches.every((p) => p.certain && p.object.partial)),
  );
});

test('selectors see the labels that inner overlays add', () => {
  const w = world({
    ...BASE,
    'o/kustomization.yaml': 'resources: [../base]\ncommonLabels: {team: x}',
    'p/kustomization.yaml': `resources: [../o]
patches:
- target: {labelSelector: team=x}
  patch: '[{op: add, path: /spec/a, value: 1}]'
- target: {labelSelector: team!=x}
  patch: '[{op: add, path: /spec/b, value: 1}]'
`,
  });
  assert.deepEqual(w.patches('base/app.yaml'), [{ spec: { a: 1 } }]);
});

test('what cannot be read makes a build incomplete, and uncertain patches say so', () => {
  const build = (k: string) =>
    world({ ...BASE, 'base/kustomization.yaml': `resources: [app.yaml]\n${k}` }).builds('base/app.yaml')[0];
  assert.equal(build('patches: [{path: missing.yaml}]')?.complete, false);
  assert.equal(build('replacements: [{path: r.yaml}]')?.complete, false);
  assert.equal(build('replacements: [{path: r.yaml}]')?.name, undefined);
  const op = "patch: '[{op: add, path: /spec/x, value: 1}]'";
  assert.equal(build(`patches: [{target: [wrong], ${op}}]`)?.patches[0]?.certain, false);
  assert.equal(build(`patches: [{target: {kind: "("}, ${op}}]`)?.patches[0]?.certain, false);
  assert.equal(build(`patches: [{target: {kind: Deployment, name: "{{ x }}"}, ${op}}]`)?.patches[0]?.certain, false);
  assert.equal(build(`patches: [{target: {kind: Service}, ${op}}]`)?.patches.length, 0);
  assert.equal(build(`patches: [{target: {}, ${op}}]`)?.patches[0]?.certain, true);
});

test('a component works on all that its includer has gathered before it', () => {
  const w = world({
    ...BASE,
    'o/kustomization.yaml': 'resources: [../base]\ncomponents: [../c1, ../c2]',
    'c1/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [extra.yaml]
namePrefix: c1-
patches:
- target: {kind: Deployment}
  patch: '[{op: add, path: /spec/c1, value: 1}]'
`,
    'c1/extra.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: extra}',
    'c2/kustomization.yaml': 'kind: Component\nresources: [late.yaml]\nnamespace: c2',
    'c2/late.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: late}',
  });
  assert.deepEqual(w.patches('base/app.yaml'), [{ spec: { c1: 1 } }]);
  assert.equal(w.names('base/app.yaml'), 'c1-app');
  assert.equal(w.namespaces('base/app.yaml'), 'c2');
  assert.deepEqual(w.patches('c1/extra.yaml'), [{ spec: { c1: 1 } }]);
  assert.equal(w.namespaces('c1/extra.yaml'), 'c2');
  assert.deepEqual(w.patches('c2/late.yaml'), []);
  assert.equal(w.names('c2/late.yaml'), 'late');
});

test('a Flux Kustomization adds components and its own metadata', () => {
  const w = world({
    ...BASE,
    'clusters/f.yaml': fluxKustomization(
      'f',
      'path: ./base\ncomponents: [../c]\nnamePrefix: f-\ncommonMetadata:\n  labels: {azure.workload.identity/use: "true"}',
    ),
    'c/kustomization.yaml':
      'kind: Component\ncommonAnnotations: {a: b}\nlabels: [{pairs: {l: m}, includeTemplates: true}]\nnamePrefix: c-',
  });
  assert.equal(w.names('base/app.yaml'), 'f-c-app');
  assert.deepEqual(
    w.graph.labelsAddedTo(w.object('base/app.yaml')).map((a) => [a.kind, a.entry.key.text, a.inTemplate, a.everywhere]),
    [
      ['label', 'l', true, true],
      ['annotation', 'a', true, true],
      ['label', 'azure.workload.identity/use', false, true],
    ],
  );
});

test('names and namespaces that JSON patches change are followed', () => {
  const w = (op: string) =>
    world({
      ...BASE,
      'o/kustomization.yaml': `resources: [../base]\npatches:\n- target: {kind: Deployment}\n  patch: '[${op}]'`,
    });
  assert.equal(w('{op: replace, path: /metadata/name, value: new}').names('base/app.yaml'), 'new');
  assert.equal(w('{op: add, path: /metadata/namespace, value: ns}').namespaces('base/app.yaml'), 'ns');
  assert.equal(w('{op: copy, path: /metadata/name, from: /metadata/labels/x}').names('base/app.yaml'), '?');
  assert.equal(w('{op: replace, path: /metadata/name, value: "${x}"}').names('base/app.yaml'), '?');
});

test('generators make Secrets and ConfigMaps', () => {
  const w = world({
    'base/kustomization.yaml': `secretGenerator:
- name: s
  type: Opaque
  files: [sops.azure-kv=kv.yaml]
  literals: ["a='b'"]
- name: t
  namespace: own
  envs: [x.env]
  options: {disableNameSuffixHash: true}
configMapGenerator: [{name: c}]
`,
    'base/kv.yaml': '',
    'o/kustomization.yaml': 'namespace: n\nnamePrefix: o-\nresources: [../base]',
  });
  const [s, t] = w.graph.generated('Secret');
  assert.equal(w.graph.generated('ConfigMap').length, 1);
  assert.equal(s?.name, 's');
  assert.deepEqual(s?.names, { known: true, names: new Set(['o-s']) });
  assert.deepEqual(s?.namespaces, { known: true, names: new Set(['n']) });
  assert.equal(s?.hashed, true);
  assert.equal(s?.type, 'Opaque');
  assert.equal(s?.open, false);
  assert.deepEqual(s?.keys, [
    { key: 'a', text: 'b' },
    { key: 'sops.azure-kv', uri: 'file:///repo/base/kv.yaml' },
  ]);
  assert.equal(t?.open, true);
  assert.equal(t?.hashed, false);
});

test('patches know where what they patch ends up', () => {
  const w = world({
    ...BASE,
    'o/kustomization.yaml': 'namespace: n\nresources: [../base]\npatches: [{path: p.yaml}]',
    'o/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app, namespace: x}',
  });
  const patch = { ...w.object('o/p.yaml'), partial: true };
  assert.deepEqual(w.graph.namespacesOf(patch), { known: true, names: new Set(['n']) });
  assert.deepEqual(w.graph.patchesFor(patch), []);
});

test('an inline patch of a Flux Kustomization goes where its path goes', () => {
  const patch = 'patches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: app, namespace: x}}"}]';
  const namespaces = (spec: string, more: Record<string, string> = {}) => {
    const w = world({ ...BASE, ...more, 'clusters/f.yaml': fluxKustomization('f', `${spec}\n${patch}`) });
    const [entry] = patchesOf(w.object('clusters/f.yaml'));
    const document = documentFrom(entry?.inline?.text ?? '', 'file:///repo/clusters/f.yaml');
    const inline = readObjects(document, document.tree.root, { partial: true })[0];
    assert.ok(inline);
    const found = w.graph.namespacesOf({ ...inline, document: w.object('clusters/f.yaml').document });
    return found.known ? [...found.names] : '?';
  };
  assert.deepEqual(namespaces('path: ./base'), ['x']);
  assert.deepEqual(namespaces('path: ./base\ntargetNamespace: t'), ['t']);
  assert.deepEqual(namespaces('path: ./base', { 'base/kustomization.yaml': 'namespace: k\nresources: [app.yaml]' }), [
    'k',
  ]);
  assert.equal(namespaces('path: ./elsewhere'), '?');
  assert.deepEqual(namespaces('path: ./elsewhere\ntargetNamespace: t'), ['t']);
});

test('patched is the object as built, and takes nothing away where builds differ', () => {
  const overlay = (patch: string) =>
    `resources: [../base]\npatches:\n- target: {kind: Deployment}\n  patch: '${patch}'`;
  const base = {
    ...BASE,
    'base/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {a: 1, b: 2}',
  };
  const spec = (w: ReturnType<typeof world>) =>
    (toData(w.graph.patched(w.object('base/app.yaml')).root) as { spec: unknown }).spec;
  const remove = overlay('[{op: remove, path: /spec/a}]');
  assert.deepEqual(spec(world({ ...base, 'o/kustomization.yaml': remove })), { b: 2 });
  const both = world({
    ...base,
    'o/kustomization.yaml': remove,
    'p/kustomization.yaml': overlay('[{op: add, path: /spec/c, value: 3}]'),
  });
  assert.deepEqual(spec(both), { a: 1, b: 2, c: 3 });
});

test('variants are the object as each build makes it, with a patch that may select it and without', () => {
  const overlay = (patch: string, target = '{kind: Deployment}') =>
    `resources: [../base]\npatches:\n- target: ${target}\n  patch: '${patch}'`;
  const base = {
    ...BASE,
    'base/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {a: 1}',
  };
  const specs = (files: Record<string, string>) => {
    const w = world({ ...base, ...files });
    return w.graph.variants(w.object('base/app.yaml')).map((v) => (toData(v.root) as { spec: unknown }).spec);
  };
  assert.deepEqual(specs({}), [{ a: 1 }]);
  assert.deepEqual(
    specs({
      'o/kustomization.yaml': overlay('[{op: remove, path: /spec/a}]'),
      'p/kustomization.yaml': overlay('[{op: add, path: /spec/b, value: 2}]'),
      'q/kustomization.yaml': 'resources: [../base]',
    }),
    [{}, { a: 1, b: 2 }, { a: 1 }],
  );
  assert.deepEqual(
    specs({
      'o/kustomization.yaml': overlay(
        '[{op: add, path: /spec/b, value: 2}]',
        '{kind: Deployment, name: "{{ .name }}"}',
      ),
    }),
    [{ a: 1, b: 2 }, { a: 1 }],
  );
});

test('a Flux Kustomization that says neither path nor source builds nothing', () => {
  const w = world({
    'apps/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}',
    'health.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux-system}\nspec: {wait: true}',
  });
  assert.deepEqual(w.graph.fluxKustomizationsOf(w.object('apps/app.yaml').document.uri), []);
});

test('a patch file may change under a graph', () => {
  const w = world({
    ...BASE,
    'o/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.yaml, target: {kind: Deployment}}]',
    'o/p.yaml': 'spec: {a: 1}',
  });
  assert.deepEqual(w.patches('base/app.yaml'), [{ spec: { a: 1 } }]);
  w.source.set('o/p.yaml', 'spec: {a: 2}');
  assert.deepEqual(w.patches('base/app.yaml'), [{ spec: { a: 2 } }]);
});
