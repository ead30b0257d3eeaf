import type { RuleContext } from '../model/context.ts';
import type { ObjectType } from '../model/object.ts';
import { byKey } from '../model/object-index.ts';
import { textAt } from '../yaml/navigate.ts';
import type { MapNode } from '../yaml/tree.ts';
import { shapesOfCrd } from './crd-structure.ts';
import type { Shape } from './shape.ts';

/** More structures than these for one kind are not compared. */
const MAX_SHAPES = 3;

/**
 * The structures that the workspace's own definitions of a kind give its version: what is really installed. None in a
 * workspace that is not trusted, and none where there are too many to mean anything.
 */
export function installedShapes(
  type: ObjectType,
  { workspace, settings }: Pick<RuleContext, 'workspace' | 'settings'>,
): readonly Shape[] {
  if (settings.trusted === false) return [];
  const own: Shape[] = [];
  const texts = new Set<string>();
  for (const { root, document } of workspace.having(...DEFINITIONS, BY_TYPE, `${type.group}/${type.kind}`)) {
    const shape = definedBy(root).get(`${type.group}/${type.kind}/${type.version}`);
    if (shape && !texts.has(document.text)) own.push(shape);
    texts.add(document.text);
  }
  return own.length <= MAX_SHAPES ? own : [];
}

const DEFINITIONS = ['apiextensions.k8s.io', 'CustomResourceDefinition'] as const;
const BY_TYPE = byKey(
  'defined type',
  ({ root }) => `${textAt(root, 'spec', 'group')}/${textAt(root, 'spec', 'names', 'kind')}`,
);

const definitions = new WeakMap<MapNode, ReadonlyMap<string, Shape>>();

function definedBy(root: MapNode): ReadonlyMap<string, Shape> {
  let shapes = definitions.get(root);
  if (!shapes) {
    shapes = shapesOfCrd(root);
    definitions.set(root, shapes);
  }
  return shapes;
}
