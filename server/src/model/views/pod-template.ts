import { asMap, get, getEntry, items, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node } from '../../yaml/tree.ts';
import { isKind, type KubernetesObject } from '../object.ts';

/** Where each workload kind holds its pod template. A Pod is its own. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  '/Pod': [],
  '/ReplicationController': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

export const WORKLOADS: readonly string[] = Object.keys(TEMPLATES);

/** The pod that an object is or makes. Parts that are not written are `undefined`; in a patch that means nothing. */
export interface PodTemplate {
  readonly object: KubernetesObject;
  /** The keys from the object to the template; none for a Pod. */
  readonly path: readonly string[];
  /** The map with `metadata` and `spec`; `undefined` where the object does not have it. */
  readonly root: MapNode | undefined;
  readonly labels: MapNode | undefined;
  readonly annotations: MapNode | undefined;
  readonly spec: MapNode | undefined;
  label(key: string): Entry | undefined;
  annotation(key: string): Entry | undefined;
  /** `serviceAccountName`, or the older `serviceAccount`. */
  readonly serviceAccount: Node | undefined;
  /** Containers and init containers. */
  readonly containers: readonly Container[];
}

export interface Container {
  readonly node: MapNode;
  readonly name: string | undefined;
  readonly init: boolean;
  readonly env: readonly EnvironmentVariable[];
}

export interface EnvironmentVariable {
  readonly node: MapNode;
  readonly name: Node | undefined;
  readonly nameText: string;
  /** The literal value; `undefined` where it comes from elsewhere (`valueFrom`). */
  readonly value: Node | undefined;
  readonly valueFrom: Node | undefined;
}

const templates = new WeakMap<KubernetesObject, PodTemplate>();

/** The pod template of a workload, whole or partial; `undefined` for other kinds. Kept with the object. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  const known = templates.get(object);
  if (known) return known;
  const template = readPodTemplate(object);
  if (template) templates.set(object, template);
  return template;
}

function readPodTemplate(object: KubernetesObject): PodTemplate | undefined {
  const path = TEMPLATES[`${object.group}/${object.kind}`];
  if (!path) return undefined;
  const root = path.length === 0 ? object.root : asMap(get(object.root, ...path));
  const spec = asMap(get(root, 'spec'));
  const containers = (['containers', 'initContainers'] as const).flatMap((list) =>
    items(get(spec, list)).flatMap((item): Container[] => {
      const node = asMap(item);
      return node
        ? [{ node, name: text(get(node, 'name')), init: list === 'initContainers', env: environmentOf(node) }]
        : [];
    }),
  );
  return {
    object,
    path,
    root,
    labels: asMap(get(root, 'metadata', 'labels')),
    annotations: asMap(get(root, 'metadata', 'annotations')),
    spec,
    label: (key) => getEntry(root, 'metadata', 'labels', key),
    annotation: (key) => getEntry(root, 'metadata', 'annotations', key),
    serviceAccount: get(spec, 'serviceAccountName') ?? get(spec, 'serviceAccount'),
    containers,
  };
}

function environmentOf(container: MapNode): EnvironmentVariable[] {
  return items(get(container, 'env')).flatMap((item): EnvironmentVariable[] => {
    const node = asMap(item);
    return node
      ? [
          {
            node,
            name: get(node, 'name'),
            nameText: text(get(node, 'name')) ?? '',
            value: get(node, 'value'),
            valueFrom: get(node, 'valueFrom'),
          },
        ]
      : [];
  });
}

const CONTROLLERS =
  /^(source-controller|kustomize-controller|helm-controller|notification-controller|image-reflector-controller|image-automation-controller|source-watcher)$/;

export const FLUX_CONTROLLERS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
] as const;

/** True for the Deployment or ServiceAccount of a Flux controller, by its own name. Patches: see their target. */
export const isFluxController = (object: KubernetesObject): boolean =>
  (isKind(object, 'apps', 'Deployment') || isKind(object, '', 'ServiceAccount')) && CONTROLLERS.test(object.name ?? '');
