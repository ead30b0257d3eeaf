/** Where changes to the Flux controllers are written: beside flux bootstrap's files or in a FluxInstance. */
import type { Choice, GenerateContext, GeneratedFile, Step } from './generator.ts';
import { block, documents, toYaml, type YamlMap, type YamlValue } from './yaml-text.ts';

export const CONTROLLERS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
] as const;

const WHAT: Readonly<Record<(typeof CONTROLLERS)[number], string>> = {
  'source-controller': 'OCIRepository, HelmRepository, GitRepository, Bucket',
  'kustomize-controller': 'SOPS decryption, remote clusters',
  'helm-controller': 'Remote clusters of HelmReleases',
  'notification-controller': 'Azure DevOps, Event Hubs',
  'image-reflector-controller': 'ImageRepository',
  'image-automation-controller': 'ImageUpdateAutomation',
};

export const installStep: Step = {
  key: 'install',
  title: 'Installation',
  prompt: 'How is Flux installed?',
  kind: 'choice',
  choices: () => [
    {
      value: 'kustomization',
      title: 'flux bootstrap',
      detail: 'Patches in the kustomization.yaml beside gotk-components.yaml',
    },
    { value: 'instance', title: 'Flux Operator', detail: 'Patches in the FluxInstance' },
  ],
  default: 'kustomization',
};

export const controllersStep = (
  refused: (controller: string, context: GenerateContext) => string | undefined = () => undefined,
  overrides: Partial<Step> = {},
): Step => ({
  key: 'controllers',
  title: 'Controllers',
  prompt: 'Which controllers?',
  kind: 'choices',
  choices: (_, context): Choice[] =>
    CONTROLLERS.map((controller) => ({
      value: controller,
      title: controller,
      detail: WHAT[controller],
      refused: refused(controller, context),
    })),
  default: 'source-controller,kustomize-controller',
  ...overrides,
});

export interface Patch {
  readonly kind: 'ServiceAccount' | 'Deployment' | 'StatefulSet';
  readonly names: readonly string[];
  /** A strategic merge patch, or the list of a JSON patch. */
  readonly patch: YamlValue;
}

/** A kustomize patch whose target selects all the names. */
export const patchEntry = ({ kind, names, patch }: Patch): YamlMap => ({
  target: { kind, name: names.length === 1 ? names[0] : `(${names.join('|')})` },
  patch: block(toYaml(patch)),
});

export const addEnv = (name: string, value: string): YamlMap => ({
  op: 'add',
  path: '/spec/template/spec/containers/0/env/-',
  value: { name, value },
});

/** Mounts a volume read-only. */
export const addVolume = (name: string, mountPath: string, source: YamlMap): YamlMap[] => [
  { op: 'add', path: '/spec/template/spec/volumes/-', value: { name, ...source } },
  {
    op: 'add',
    path: '/spec/template/spec/containers/0/volumeMounts/-',
    value: { name, mountPath, readOnly: true },
  },
];

/** The file with the patches; `more` are files that must be applied beside it. */
export function installFile(
  install: string,
  patches: readonly Patch[],
  controllers: readonly string[],
  context: GenerateContext,
  more: readonly string[] = [],
  note?: string,
): GeneratedFile {
  const entries = patches.map(patchEntry);
  if (install === 'kustomization')
    return {
      path: 'kustomization.yaml',
      language: 'yaml',
      content: documents({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: ['gotk-components.yaml', 'gotk-sync.yaml', ...more],
        patches: entries,
      }),
      note: note ?? 'Belongs into the flux-system folder that flux bootstrap made.',
    };
  return {
    path: 'flux-instance.yaml',
    language: 'yaml',
    content: documents(fluxInstance(context, controllers, { kustomize: { patches: entries } })),
    note: note ?? 'Take the patches over into the FluxInstance you have.',
  };
}

/** A FluxInstance with the components that the controllers need. */
export function fluxInstance(context: GenerateContext, controllers: readonly string[], spec: YamlMap): YamlMap {
  const images = controllers.some((controller) => controller.startsWith('image-'));
  return {
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'FluxInstance',
    metadata: { name: 'flux', namespace: 'flux-system' },
    spec: {
      distribution: {
        version: `${context.fluxVersion.split('.').slice(0, 2).join('.')}.x`,
        registry: 'ghcr.io/fluxcd',
      },
      components: images ? [...CONTROLLERS] : undefined,
      ...spec,
    },
  };
}
