import { isTemplate } from '../../azure/text-kinds.ts';
import { fieldsOf } from '../../facts/known.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';

/** True where a map shows all its keys: none is a template, no merge leads nowhere, and the parser understood it. */
export const understands = (map: MapNode): boolean => fieldsOf(map, isTemplate).complete;

/** The spec of an object as each of its builds makes it; none where one of them has no spec. */
export function specsOf(object: KubernetesObject, workspace: Workspace): readonly MapNode[] {
  const variants = object.partial ? [object] : workspace.variants(object);
  const specs = variants.flatMap((variant) =>
    variant.partial && !object.partial ? [] : (asMap(get(variant.root, 'spec')) ?? []),
  );
  return specs.length === variants.length ? specs : [];
}

/** True where maps of an object, as its builds make it, show all there is: what they lack is missing. */
export const isWhole = (object: KubernetesObject, maps: readonly MapNode[], workspace: Workspace): boolean =>
  !object.partial && maps.length > 0 && maps.every(understands) && workspace.isComplete(object);
