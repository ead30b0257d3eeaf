import { asMap, get, getEntry, items, text } from '../yaml/navigate.ts';
import type { Entry, MapNode, Node, Tree } from '../yaml/tree.ts';
import type { SourceDocument } from './source-file.ts';

/** Group, version and kind of an object as it names them itself. */
export interface ObjectType {
  readonly apiVersion: string;
  /** `''` is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * A Kubernetes object as it stands in a file: a document, an item of a List, a document in a string, or what a patch
 * says of one.
 */
export interface KubernetesObject extends ObjectType {
  readonly document: SourceDocument;
  readonly tree: Tree;
  readonly root: MapNode;
  /** As written; `undefined` where it is missing or no string. */
  readonly name: string | undefined;
  /** As written; see Workspace.namespaceOf for where the object ends up. */
  readonly namespace: string | undefined;
  /** True where only part of the object is here: a patch, an item of a patch. It is never accused of what it lacks. */
  readonly partial: boolean;
  /** For a patch: the objects it is for. */
  readonly target: PatchTarget | undefined;
}

/** The selector of a kustomize patch: every part that is given must match. Names and kinds are regular expressions, anchored. */
export interface PatchTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.lastIndexOf('/');
  return { group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Reads a map as a Kubernetes object; `undefined` where it does not name its type. */
export function readObject(
  document: SourceDocument,
  root: Node | undefined,
  options: { partial?: boolean; target?: PatchTarget; type?: ObjectType } = {},
): KubernetesObject | undefined {
  const map = asMap(root);
  if (!map) return undefined;
  const apiVersion = text(get(map, 'apiVersion')) ?? options.type?.apiVersion;
  const kind = text(get(map, 'kind')) ?? options.type?.kind;
  if (apiVersion === undefined || kind === undefined) return undefined;
  return {
    apiVersion,
    ...splitApiVersion(apiVersion),
    kind,
    document,
    tree: map.tree,
    root: map,
    name: text(get(map, 'metadata', 'name')),
    namespace: text(get(map, 'metadata', 'namespace')),
    partial: options.partial ?? false,
    target: options.target,
  };
}

/** The objects of a document: the document itself, or the items of a `List`. */
export function readObjects(
  document: SourceDocument,
  root: Node | undefined,
  options: { partial?: boolean; target?: PatchTarget } = {},
): KubernetesObject[] {
  const object = readObject(document, root, options);
  if (!object) return [];
  if (
    object.kind.endsWith('List') &&
    object.root.entries.some((e) => e.key.text === 'items') &&
    get(object.root, 'items')?.kind === 'seq'
  )
    return items(get(object.root, 'items')).flatMap((item) => readObjects(document, item, options));
  return [object];
}

export const isKind = (object: ObjectType, group: string, ...kinds: readonly string[]): boolean =>
  object.group === group && kinds.includes(object.kind);

export const labelsOf = (object: KubernetesObject): Node | undefined => get(object.root, 'metadata', 'labels');

export const annotationsOf = (object: KubernetesObject): Node | undefined =>
  get(object.root, 'metadata', 'annotations');

export const annotation = (object: KubernetesObject, key: string): Entry | undefined =>
  getEntry(object.root, 'metadata', 'annotations', key);

export const label = (object: KubernetesObject, key: string): Entry | undefined =>
  getEntry(object.root, 'metadata', 'labels', key);
