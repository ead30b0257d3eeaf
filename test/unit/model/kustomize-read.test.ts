import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { patchesOf } from '../../../server/src/model/kustomize/patch-list.ts';
import { type KustomizationFile, readKustomization } from '../../../server/src/model/kustomize/read.ts';
import { type KubernetesObject, readObject } from '../../../server/src/model/object.ts';
import { documentFrom } from '../../support/documents.ts';

const read = (text: string, uri = 'file:///repo/apps/kustomization.yaml'): KustomizationFile => {
  const file = readKustomization(documentFrom(text, uri));
  assert.ok(file);
  return file;
};

const reads = (text: string, uri: string): boolean => readKustomization(documentFrom(text, uri)) !== undefined;

test('a kustomization is known by its file or its type', () => {
  assert.ok(reads('resources: []', 'file:///r/kustomization.yaml'));
  assert.ok(reads('resources: []', 'file:///r/kustomization.yml'));
  assert.ok(reads('kind: Component', 'file:///r/Kustomization'));
  assert.ok(reads('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component', 'file:///r/x.yaml'));
  assert.ok(!reads('resources: []', 'file:///r/x.yaml'));
  assert.ok(!reads('apiVersion: kustomize.config.k8s.io/v1beta1', 'file:///r/x.yaml'));
  assert.ok(!reads('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization', 'file:///r/kustomization.yaml'));
  assert.ok(!reads('kind: Deployment', 'file:///r/kustomization.yaml'));
  assert.ok(!reads('- a', 'file:///r/kustomization.yaml'));
});

test('every part is read with the place it stands at', () => {
  const file = read(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: apps
namePrefix: dev-
nameSuffix: ''
resources: [base, ../x.yaml]
bases: [old]
components:
- ../c
labels:
- pairs: {a: b}
  includeSelectors: true
commonLabels: {team: x}
commonAnnotations: {n: y}
images:
- name: nginx
replacements:
- path: r.yaml
- targets: [{fieldPaths: [metadata.name]}]
helmCharts:
- name: podinfo
  valuesFile: v.yaml
  additionalValuesFiles: [w.yaml]
configurations: [c.yaml]
`);
  assert.equal(file.folder, 'file:///repo/apps');
  assert.equal(file.namespace?.text, 'apps');
  assert.equal(file.document.text.slice(file.namespace?.node.span.start, file.namespace?.node.span.end), 'apps');
  assert.equal(file.namePrefix?.text, 'dev-');
  assert.equal(file.nameSuffix, undefined);
  assert.deepEqual(
    [...file.resources, ...file.bases, ...file.components].map((r) => r.text),
    ['base', '../x.yaml', 'old', '../c'],
  );
  assert.equal(file.labels[0]?.pairs[0]?.key.text, 'a');
  assert.equal(file.labels[0]?.includeSelectors, true);
  assert.equal(file.labels[0]?.includeTemplates, false);
  assert.equal(file.commonLabels[0]?.key.text, 'team');
  assert.equal(file.commonAnnotations[0]?.key.text, 'n');
  assert.equal(file.images.length, 1);
  assert.equal(file.replacements[0]?.path?.text, 'r.yaml');
  assert.equal(file.replacements[1]?.fieldPaths[0]?.text, 'metadata.name');
  assert.deepEqual(
    file.helmCharts[0]?.valuesFiles.map((v) => v.text),
    ['v.yaml', 'w.yaml'],
  );
  assert.deepEqual(
    file.configurations.map((c) => c.text),
    ['c.yaml'],
  );
});

test('generators name keys, files and whether a hash follows', () => {
  const { configMapsAndSecrets: generators } = read(`configMapGenerator:
- name: a
  files: [dir/values.yaml, k.yaml=other/x.yaml]
  literals: [A=b=c, nothing]
  env: old.env
- name: b
  behavior: merge
  envs: [x.env]
  options: {disableNameSuffixHash: true}
secretGenerator:
- name: c
  namespace: n
  type: Opaque
  options: {disableNameSuffixHash: "yes"}
- not a map
`);
  const [a, b, c] = generators;
  assert.equal(generators.length, 3);
  assert.deepEqual(
    a?.files.map((f) => [f.key, f.path]),
    [
      ['values.yaml', 'dir/values.yaml'],
      ['k.yaml', 'other/x.yaml'],
    ],
  );
  assert.deepEqual(
    a?.literals.map((l) => l.key),
    ['A'],
  );
  assert.equal(a?.complete, false);
  assert.deepEqual(
    a?.envs.map((e) => e.text),
    ['old.env'],
  );
  assert.equal(a?.hashed, true);
  assert.equal(b?.hashed, false);
  assert.equal(b?.behavior, 'merge');
  assert.equal(b?.complete, true);
  assert.equal(c?.kind, 'Secret');
  assert.equal(c?.hashed, undefined);
  assert.equal(c?.namespace?.text, 'n');
});

test('a global option against hashes cannot be taken back', () => {
  const [a] = read(`generatorOptions: {disableNameSuffixHash: true}
configMapGenerator: [{name: a, options: {disableNameSuffixHash: false}}]`).configMapsAndSecrets;
  assert.equal(a?.hashed, false);
});

test('patches are files, strings or a part of the document', () => {
  const { patches } = read(`patches:
- path: p.yaml
  target: {kind: Deployment, name: a.*}
  options: {allowNameChange: true}
- patch: |
    - op: remove
      path: /a
  target: [wrong]
- 7
patchesStrategicMerge:
- file.yaml
- |
  kind: X
- {kind: Y}
patchesJson6902:
- path: j.yaml
  target: {version: v1, kind: Service, name: ''}
`);
  assert.deepEqual(
    patches.map((p) => [p.list, p.path?.text, p.inline !== undefined, p.structured !== undefined]),
    [
      ['patches', 'p.yaml', false, false],
      ['patches', undefined, true, false],
      ['patchesStrategicMerge', 'file.yaml', false, false],
      ['patchesStrategicMerge', undefined, true, false],
      ['patchesStrategicMerge', undefined, false, true],
      ['patchesJson6902', 'j.yaml', false, false],
    ],
  );
  assert.deepEqual(patches[0]?.target, { kind: 'Deployment', name: 'a.*' });
  assert.equal(patches[0]?.allowNameChange, true);
  assert.equal(patches[1]?.target, undefined);
  assert.ok(patches[1]?.targetNode);
  assert.deepEqual(patches[5]?.target, { version: 'v1', kind: 'Service' });
});

test('Flux objects hold patches too', () => {
  const count = (text: string): number =>
    patchesOf(readObject(documentFrom(text), documentFrom(text).tree.root) as KubernetesObject).length;
  const list = 'patches: [{patch: "a: 1"}]\n';
  assert.equal(count(`apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  ${list}`), 1);
  assert.equal(count(`apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nspec:\n  kustomize:\n    ${list}`), 1);
  assert.equal(
    count(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
spec:
  postRenderers:
  - kustomize: {patches: [{patch: "a: 1"}], patchesStrategicMerge: [{kind: A}]}
  - kustomize: {patchesJson6902: [{patch: [{op: add, path: /a, value: 1}]}]}
  - other: 1
`),
    3,
  );
  assert.equal(count(`apiVersion: v1\nkind: ConfigMap\n${list}`), 0);
});

test('wrong types everywhere are no harm', () => {
  const fields = [
    'apiVersion',
    'kind',
    'resources',
    'bases',
    'components',
    'namespace',
    'namePrefix',
    'labels',
    'commonLabels',
    'images',
    'replacements',
    'configMapGenerator',
    'secretGenerator',
    'generatorOptions',
    'patches',
    'patchesStrategicMerge',
    'patchesJson6902',
    'helmCharts',
    'crds',
  ];
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(
        'null',
        '1',
        'true',
        'x',
        '"a=b"',
        '"${x}"',
        '{{ x }}',
        '*a',
        '&a x',
        'Kustomization',
        '-',
        '!!binary x',
        '|\n    a: 1',
      ),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(
          fc.tuple(
            fc.constantFrom('name', 'files', 'literals', 'patch', 'path', 'target', 'kind', 'options', 'pairs', '<<'),
            tie('value'),
          ),
          { maxLength: 3 },
        )
        .map((pairs) => `{${pairs.map(([k, v]) => `${k}: ${v}`).join(', ')}}`),
    ),
  })).value;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 6 }), (pairs) => {
      readKustomization(documentFrom(pairs.map(([k, v]) => `${k}: ${v}`).join('\n'), 'file:///r/kustomization.yaml'));
    }),
    { numRuns: 300 },
  );
});
