import { asMap, asScalar, get, items, text } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { isKind, type KubernetesObject, type PatchTarget } from '../object.ts';

/** One entry of a list of patches, wherever the list stands. */
export interface PatchEntry {
  readonly list: 'patches' | 'patchesStrategicMerge' | 'patchesJson6902';
  /** The item of the list. */
  readonly node: Node;
  /** The file that holds the patch, relative to the folder of the kustomization. */
  readonly path: { readonly text: string; readonly node: ScalarNode } | undefined;
  /** The string that holds the patch. */
  readonly inline: ScalarNode | undefined;
  /** The patch itself where it is written as a part of the document: the beta APIs of Flux have it so. */
  readonly structured: Node | undefined;
  /** `undefined` where none is given, or none that can be read: see `targetNode`. */
  readonly target: PatchTarget | undefined;
  /** What stands under `target`. Where it is here and `target` is not, the patch selects nobody knows what. */
  readonly targetNode: Node | undefined;
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

const TARGET_FIELDS = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'] as const;

/** Reads the selector of a patch; `undefined` where it is no map or a part of it is no string. */
export function readTarget(node: Node | undefined): PatchTarget | undefined {
  const map = asMap(node);
  if (!map || map.damaged) return undefined;
  const target: { -readonly [K in keyof PatchTarget]: PatchTarget[K] } = {};
  for (const field of TARGET_FIELDS) {
    const value = get(map, field);
    if (value === undefined || (value.kind === 'scalar' && value.value === null)) continue;
    const content = text(value);
    if (content === undefined) return undefined;
    // kustomize takes an empty string for no condition.
    if (content !== '') target[field] = content;
  }
  return target;
}

const isNull = (node: Node): boolean => node.kind === 'scalar' && node.value === null;

/** Reads the three lists of patches that a map may hold. Items of a wrong type are left out. */
export function readPatches(holder: Node | undefined): PatchEntry[] {
  return [
    ...items(get(holder, 'patches')).flatMap((item) => targeted(item, 'patches')),
    ...items(get(holder, 'patchesStrategicMerge')).flatMap((item) => strategicMerge(item)),
    ...items(get(holder, 'patchesJson6902')).flatMap((item) => targeted(item, 'patchesJson6902')),
  ];
}

function targeted(item: Node, list: 'patches' | 'patchesJson6902'): PatchEntry[] {
  const map = asMap(item);
  if (!map) return [];
  const path = asScalar(get(map, 'path'));
  const pathText = text(path);
  const patch = get(map, 'patch');
  const inline = asScalar(patch);
  const targetNode = get(map, 'target');
  const options = get(map, 'options');
  return [
    {
      list,
      node: item,
      path: path && pathText ? { text: pathText, node: path } : undefined,
      inline: inline && typeof inline.value === 'string' ? inline : undefined,
      structured: patch && patch.kind !== 'scalar' ? patch : undefined,
      target: readTarget(targetNode),
      targetNode: targetNode && !isNull(targetNode) ? targetNode : undefined,
      allowNameChange: asScalar(get(options, 'allowNameChange'))?.value === true,
      allowKindChange: asScalar(get(options, 'allowKindChange'))?.value === true,
    },
  ];
}

/** An item is a file or a document in a string: kustomize tries the one, then the other. */
function strategicMerge(item: Node): PatchEntry[] {
  const scalar = asScalar(item);
  const content = text(item);
  const structured = asMap(item);
  if (!structured && (!scalar || !content)) return [];
  const isInline = content !== undefined && (/[\r\n]/.test(content) || /^\s*\{/.test(content) || /:\s/.test(content));
  return [
    {
      list: 'patchesStrategicMerge',
      node: item,
      path: scalar && content && !isInline ? { text: content, node: scalar } : undefined,
      inline: isInline ? scalar : undefined,
      structured,
      target: undefined,
      targetNode: undefined,
      allowNameChange: false,
      allowKindChange: false,
    },
  ];
}

/** The maps that hold patch lists: several for the post renderers of a HelmRelease. */
function patchHolders(object: KubernetesObject): MapNode[] {
  if (isKind(object, 'kustomize.config.k8s.io', 'Kustomization', 'Component')) return [object.root];
  const nodes = isKind(object, 'kustomize.toolkit.fluxcd.io', 'Kustomization')
    ? [get(object.root, 'spec')]
    : isKind(object, 'fluxcd.controlplane.io', 'FluxInstance')
      ? [get(object.root, 'spec', 'kustomize')]
      : isKind(object, 'helm.toolkit.fluxcd.io', 'HelmRelease')
        ? items(get(object.root, 'spec', 'postRenderers')).map((renderer) => get(renderer, 'kustomize'))
        : [];
  return nodes.flatMap((node) => asMap(node) ?? []);
}

/**
 * The patches an object applies to others: a Kustomization or Component of kustomize, a Kustomization of Flux, a
 * FluxInstance (to the controllers it installs), a HelmRelease (to what its chart renders). None for other kinds.
 */
export const patchesOf = (object: KubernetesObject): PatchEntry[] => patchHolders(object).flatMap(readPatches);
