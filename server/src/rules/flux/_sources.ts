import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { asScalar, get, getEntry } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';

export const GIT_REPOSITORY = 'source.toolkit.fluxcd.io/GitRepository';
export const OCI_REPOSITORY = 'source.toolkit.fluxcd.io/OCIRepository';
export const HELM_REPOSITORY = 'source.toolkit.fluxcd.io/HelmRepository';
export const BUCKET = 'source.toolkit.fluxcd.io/Bucket';
export const IMAGE_REPOSITORY = 'image.toolkit.fluxcd.io/ImageRepository';
export const IMAGE_POLICY = 'image.toolkit.fluxcd.io/ImagePolicy';
export const PROVIDER = 'notification.toolkit.fluxcd.io/Provider';
export const IMAGE_AUTOMATION = 'image.toolkit.fluxcd.io/ImageUpdateAutomation';

/** A scalar that holds a string whose text is final: no template, nothing still to be filled in. */
export function literalAt(root: Node | undefined, ...path: readonly (string | number)[]): ScalarNode | undefined {
  const scalar = asScalar(get(root, ...path));
  return scalar && typeof scalar.value === 'string' && !isTemplate(scalar.text) && !isPlaceholder(scalar.text)
    ? scalar
    : undefined;
}

/** True for a field with a value; a field that is `null` is absent for the API server. */
export function isSet(root: Node | undefined, ...path: readonly (string | number)[]): boolean {
  const node = get(root, ...path);
  return node !== undefined && !(node.kind === 'scalar' && node.value === null);
}

/** True for a field that is not set, or set to an empty string, which Go takes for the same. */
export function isEmpty(root: Node | undefined, ...path: readonly (string | number)[]): boolean {
  const node = get(root, ...path);
  return !isSet(root, ...path) || (node?.kind === 'scalar' && node.text === '');
}

/** The text at a path, or `fallback` where the field is absent; `undefined` where nobody can tell what it will be. */
export function textOr(
  root: Node | undefined,
  path: readonly (string | number)[],
  fallback: string,
): string | undefined {
  if (!isSet(root, ...path)) return fallback;
  const scalar = asScalar(get(root, ...path));
  return scalar && typeof scalar.value === 'string' && !isTemplate(scalar.text) ? scalar.text : undefined;
}

/** `spec.provider` of a source: `generic` where there is none, `undefined` where it is a template. */
export const providerOf = (root: Node | undefined): string | undefined => textOr(root, ['spec', 'provider'], 'generic');

/** The name of an object in its own file, or its kind: where to show what it lacks. */
export const nameOf = (object: KubernetesObject): Node =>
  get(object.root, 'metadata', 'name') ?? get(object.root, 'kind') ?? object.root;

/**
 * The key at a path in the object's own text; its name where only a patch writes the field: a finding stays in the
 * file of the object that was looked at.
 */
export const placeAt = (object: KubernetesObject, ...path: readonly string[]): Entry | Node =>
  getEntry(object.root, ...path) ?? nameOf(object);

/** A key of the object's own text that a fix may touch; `undefined` where it is not written as such. */
export function editable(object: KubernetesObject, ...path: readonly string[]): Entry | undefined {
  const entry = getEntry(object.root, ...path);
  return entry && !entry.key.synthetic && !entry.map.synthetic ? entry : undefined;
}

/** The URL without a user and password, which do not belong in a message. */
export const withoutUser = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, '$1');

/**
 * What is to be said of an object however it is built: the verdict on its first build, where there is one (neither
 * `undefined` nor `false`) on every build. What two overlays set is not together in any of them.
 */
export function inAllBuilds<T>(
  object: KubernetesObject,
  workspace: Workspace,
  judge: (root: MapNode) => T | undefined | false,
): T | undefined {
  let first: T | undefined;
  for (const variant of workspace.variants(object)) {
    const verdict = variant.partial ? undefined : judge(variant.root);
    if (verdict === undefined || verdict === false) return undefined;
    first ??= verdict;
  }
  return first;
}
