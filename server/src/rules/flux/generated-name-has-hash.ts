import { isTemplate } from '../../azure/text-kinds.ts';
import { type FoundReference, referencesOf } from '../../facts/references.ts';
import type { GeneratedObject, Workspace } from '../../model/context.ts';
import { readKustomization } from '../../model/kustomize/read.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { addAt } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { FLUX_KINDS } from './_structure.ts';

export default defineRule({
  id: 'flux/generated-name-has-hash',
  on: kinds(...FLUX_KINDS),
  severity: 'warning',
  summary: 'A Flux object names a ConfigMap or Secret that kustomize calls something else.',
  why: 'kustomize appends a hash of the content, and prefixes and suffixes, to the names of what its generators make. It rewrites the references it knows, in pods say, and knows none in Flux objects: the reference keeps the plain name, and there is nothing of that name in the cluster.',
  references: [
    'fluxcd/website@6da0f383 content/en/flux/guides/helmreleases.md',
    'Azure/gitops-flux2-kustomize-helm-mt infrastructure/redis/kustomizeconfig.yaml',
  ],
  *check(object, { workspace }) {
    for (const reference of referencesOf(object)) {
      const { kind, node, name: plain } = reference;
      if (reference.group !== '' || (kind !== 'ConfigMap' && kind !== 'Secret') || isTemplate(plain)) continue;
      const same = workspace.generated(kind).filter((g) => g.name === plain && mayBeMeant(g, object, workspace));
      const [first] = same;
      if (!first || !same.every((g) => isRenamed(g) && !isRewritten(g, object, workspace))) continue;
      if (workspace.find('', kind, plain, object).state === 'found') continue;
      if (!isInAllBuilds(object, reference, workspace)) continue;
      const edit = first.hashed ? addAt(first.node, ['options', 'disableNameSuffixHash'], true) : undefined;
      const name = get(first.node, 'name') ?? first.node;
      const field = reference.path.replace(/\.name$/, '');
      yield report(
        node,
        first.hashed
          ? `kustomize appends a hash to the name of the generated ${kind} "${first.name}", and does not rewrite ${field} of a ${object.kind}. Switch the hash off, or declare a nameReference.`
          : `kustomize gives the generated ${kind} "${first.name}" the name "${first.names.known ? [...first.names.names].join('" or "') : ''}", and does not rewrite ${field} of a ${object.kind}. Write that name, or declare a nameReference.`,
        {
          related: [related(name, 'It is generated here')],
          fix: edit && unsafeFix('Switch the hash off', edit),
        },
      );
    }
  },
});

const isInAllBuilds = (object: KubernetesObject, { path, name }: FoundReference, workspace: Workspace): boolean =>
  workspace.variants(object).every((v) => referencesOf(v).some((r) => r.path === path && r.name === name));

const isRenamed = ({ hashed, names, name, node }: GeneratedObject): boolean =>
  get(node, 'behavior') === undefined &&
  (hashed === true || (hashed === false && names.known && !names.names.has(name)));

/** Built with the object, or for the same namespace. */
function mayBeMeant(generated: GeneratedObject, object: KubernetesObject, workspace: Workspace): boolean {
  const own = workspace.namespacesOf(object);
  const theirs = generated.namespaces;
  if (own.known && theirs.known) return [...own.names].some((n) => theirs.names.has(n));
  return workspace.overlaysOf(object.document.uri).includes(generated.document);
}

/** True where a kustomization on the way has configurations: they may declare the references of Flux. */
const isRewritten = (generated: GeneratedObject, object: KubernetesObject, workspace: Workspace): boolean =>
  [
    generated.document,
    ...workspace.overlaysOf(generated.document.uri),
    ...workspace.overlaysOf(object.document.uri),
  ].some((document) => (readKustomization(document)?.configurations.length ?? 1) > 0);

const USER = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    configMapRef:
      name: <|aks-west|>
`;
const GOOD = USER.replace('<|', '').replace('|>', '');
const generator = (more: string): string => `namespace: flux-system
resources: [shop.yaml]
configMapGenerator:
  - name: aks-west # Amsterdam
    literals:
      - provider=azure
      - cluster=\${CLUSTER_ID}
${more}`;

export const examples: Examples = {
  bad: [
    {
      title: 'The hash that kustomize appends',
      files: { 'shop.yaml': USER, 'kustomization.yaml': generator('') },
      fixed: {
        'kustomization.yaml': generator('    options:\n      disableNameSuffixHash: true\n'),
      },
    },
    {
      title: 'A prefix',
      files: {
        'shop.yaml': USER,
        'kustomization.yaml': generator('    options: { disableNameSuffixHash: true }\nnamePrefix: west-\n'),
      },
      message: 'the name "west-aks-west"',
    },
    {
      title: 'Values of a release',
      files: {
        'shop.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: shop }
  valuesFrom:
    - kind: Secret
      name: <|shop-values|>
`,
        'kustomization.yaml': `resources: [shop.yaml]
secretGenerator:
  - name: shop-values
    files: [values.yaml]
`,
      },
    },
  ],
  good: [
    {
      title: 'No hash',
      files: {
        'shop.yaml': GOOD,
        'kustomization.yaml': generator('generatorOptions: { disableNameSuffixHash: true }\n'),
      },
    },
    {
      title: 'The reference is declared',
      files: {
        'shop.yaml': GOOD,
        'kustomization.yaml': generator('configurations: [kustomizeconfig.yaml]\n'),
        'kustomizeconfig.yaml': `nameReference:
  - kind: ConfigMap
    version: v1
    fieldSpecs: [{ path: spec/kubeConfig/configMapRef/name, kind: Kustomization }]
`,
      },
    },
    {
      title: 'Generated for another namespace; one that is written out',
      files: {
        'shop.yaml': GOOD.replace('name: shop', 'name: shop\n  namespace: apps'),
        'flux-system/kustomization.yaml': generator(''),
        'other/shop.yaml': `${GOOD}---
apiVersion: v1
kind: ConfigMap
metadata: { name: aks-west }
data: { provider: azure, cluster: "\${CLUSTER_ID}" }
`,
        'other/kustomization.yaml': generator(''),
      },
    },
  ],
};
