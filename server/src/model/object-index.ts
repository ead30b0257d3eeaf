import { textAt } from '../yaml/navigate.ts';
import type { KubernetesObject } from './object.ts';

/** A way to find objects of a kind by something they say: a name they refer to, say. See Workspace.having. */
export interface ObjectIndex {
  /** What it is called among all; two indexes of one name must be the same. */
  readonly name: string;
  /** What an object is found by. `patched` gives it with the patches of visible overlays, for what these may change. */
  keysOf(object: KubernetesObject, patched: () => KubernetesObject): Iterable<string>;
}

/** Objects by the text at a path. */
export function byText(...path: readonly string[]): ObjectIndex {
  return { name: path.join('.'), keysOf: (object) => only(textAt(object.root, ...path)) };
}

/** Objects by the text at a path, as overlays patch it. */
export function byPatchedText(...path: readonly string[]): ObjectIndex {
  return { name: `patched ${path.join('.')}`, keysOf: (_, patched) => only(textAt(patched().root, ...path)) };
}

/** The objects of which something holds, under the key `'yes'`. */
export const byCondition = (name: string, holds: (object: KubernetesObject) => boolean): ObjectIndex => ({
  name,
  keysOf: (object) => (holds(object) ? ['yes'] : []),
});

/** Objects by one text that may not be there. */
export const byKey = (name: string, keyOf: (object: KubernetesObject) => string | undefined): ObjectIndex => ({
  name,
  keysOf: (object) => only(keyOf(object)),
});

const only = (text: string | undefined): string[] => (text === undefined ? [] : [text]);
