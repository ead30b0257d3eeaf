import { boolean, defineFormat, list, object, oneOf, string } from '../define.ts';
import type { Shape } from '../shape.ts';

const TEXTS: Shape = { type: 'object', additional: { type: 'string' } };

const TARGET = object(
  {
    group: string('The API group.'),
    version: string('The version.'),
    kind: string('The kind, a regular expression.'),
    name: string('The name, a regular expression that has to match as a whole: `(source|kustomize)-controller`.'),
    namespace: string('The namespace, a regular expression.'),
    labelSelector: string('Labels, as kubectl selects them.'),
    annotationSelector: string('Annotations, as kubectl selects them.'),
  },
  { doc: 'The objects to patch. Every part that is given must match.' },
);

const PATCH = object(
  {
    patch: string('The patch itself: a partial object, or a JSON6902 list.', { snippet: '|\n  ${1}' }),
    path: string('A file that holds the patch, relative to this one.'),
    target: TARGET,
    options: object({
      allowNameChange: boolean('The patch may change the name.'),
      allowKindChange: boolean('The patch may change the kind.'),
    }),
  },
  { open: true },
);

const generator = (kind: 'Secret' | 'ConfigMap') =>
  list(
    object(
      {
        name: string(
          `The ${kind}’s name. A hash of its content is appended, which Flux’s own fields (\`secretRef\` …) do not follow: set \`disableNameSuffixHash\` for what they refer to.`,
        ),
        namespace: string('Its namespace.'),
        type: string('The type of the Secret.', {
          suggestions: [{ value: 'kubernetes.io/dockerconfigjson', doc: 'A pull secret.' }],
        }),
        behavior: oneOf('What to do where it exists already.', {
          create: { doc: 'Make it. The default.' },
          replace: { doc: 'Replace that of a base.' },
          merge: { doc: 'Add to that of a base.' },
        }),
        files: list(
          string(
            'A file, or `key=file`. Encrypted by SOPS it is decrypted by its extension, that of the key where one is given.',
          ),
          'Files that become keys.',
        ),
        literals: list(string('`key=value`.'), 'Values that become keys.'),
        envs: list(string('A file.'), 'Files with `key=value` lines.'),
        options: object(
          {
            disableNameSuffixHash: boolean('Keeps the name as it is.'),
            labels: TEXTS,
            annotations: TEXTS,
            immutable: boolean('Whether the data may change.'),
          },
          { doc: 'How it is made.' },
        ),
      },
      { required: ['name'], open: true },
    ),
    `Makes a ${kind} of files and literals.`,
    {
      snippet:
        '\n  - name: ${1}\n    literals:\n      - ${2:key}=${3:value}\n    options:\n      disableNameSuffixHash: true',
    },
  );

export default defineFormat({
  language: 'kustomization',
  title: 'kustomization.yaml',
  doc: 'What kustomize builds of a folder. In `flux-system` it is the place for patches of the Flux controllers: the annotation on their ServiceAccount and the label on their pods that give them an identity in Azure.',
  link: 'https://fluxcd.io/flux/installation/configuration/boostrap-customization/',
  shape: object(
    {
      apiVersion: string('The version of the format.', {
        enum: ['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1'],
      }),
      kind: string('What this file is.', { enum: ['Kustomization', 'Component'] }),
      metadata: { type: 'any' },
      namespace: string(
        'Put on every namespaced object, also on one that has another. ServiceAccounts move with it: the subject of their federated credential has to name this namespace. Flux’s `sourceRef.namespace` and the like are not changed.',
      ),
      namePrefix: string('Put before every name. Flux’s own references do not follow.'),
      nameSuffix: string('Put behind every name. Flux’s own references do not follow.'),
      resources: list(string('A file, or a folder with a kustomization.yaml.'), 'The manifests.'),
      components: list(string('A folder.'), 'Components, applied after the resources.'),
      patches: list(PATCH, 'Patches for the objects.', {
        snippet: '\n  - target:\n      kind: ${1:Deployment}\n      name: ${2}\n    patch: |\n      ${3}',
      }),
      patchesStrategicMerge: list({ type: 'any' }, 'Deprecated: use `patches`.'),
      patchesJson6902: list(PATCH, 'Deprecated: use `patches`.'),
      secretGenerator: generator('Secret'),
      configMapGenerator: generator('ConfigMap'),
      generatorOptions: object(
        {
          disableNameSuffixHash: boolean('Keeps the names as they are.'),
          labels: TEXTS,
          annotations: TEXTS,
          immutable: { type: 'boolean' },
        },
        { doc: 'Options for all generators.' },
      ),
      images: list(
        object({
          name: { type: 'string' },
          newName: { type: 'string' },
          newTag: { type: 'string' },
          digest: { type: 'string' },
        }),
        'Other names and tags for images. A tag that Flux’s image automation is to write wants a marker: `newTag: 1.0.0 # {"$imagepolicy": "flux-system:app:tag"}`.',
      ),
      replacements: list({ type: 'any' }, 'Copies values from one field to others.'),
      labels: list({ type: 'any' }, 'Labels for the objects. With `includeTemplates` also for pods.'),
      commonLabels: { ...TEXTS, fact: { doc: 'Labels for objects, pods and selectors. Deprecated: use `labels`.' } },
      commonAnnotations: { ...TEXTS, fact: { doc: 'Annotations for the objects.' } },
      replicas: list({ type: 'any' }, 'Numbers of replicas.'),
      configurations: list(
        { type: 'string' },
        'Files that tell kustomize of references it does not know: Flux’s, for example.',
      ),
      openapi: { type: 'any' },
      crds: list({ type: 'string' }, 'Files with CRDs.'),
      helmCharts: list({ type: 'any' }, 'Charts. Flux refuses them: use a HelmRelease.'),
      helmGlobals: { type: 'any' },
      vars: list({ type: 'any' }, 'Deprecated: use `replacements`.'),
      transformers: list({ type: 'string' }),
      generators: list({ type: 'string' }),
      validators: list({ type: 'string' }),
      buildMetadata: list({ type: 'string' }),
      sortOptions: { type: 'any' },
    },
    { open: true },
  ),
  snippets: [
    {
      label: 'kustomization.yaml',
      doc: 'A folder of manifests.',
      body: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ${1}\n',
    },
  ],
});
