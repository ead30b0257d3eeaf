import { isTemplate } from '../../azure/text-kinds.ts';
import { apiVersionHistory, type ServedVersion, structureOf } from '../../facts/structure.ts';
import { validate } from '../../facts/walk.ts';
import { atLeast, type Version } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import type { FixPlan, View } from '../define.ts';
import { unsafeFix } from '../define.ts';
import { view } from '../views.ts';
import { isFluxKind, onlyFluxKinds } from './_structure.ts';

/** A Flux object that names its apiVersion, and what is known of that version. */
export interface VersionedObject {
  readonly object: KubernetesObject;
  /** The value of `apiVersion`. */
  readonly node: ScalarNode;
  readonly served: ServedVersion;
  /** The apiVersion to use instead: the newest that the Flux version serves. */
  readonly newest: string | undefined;
}

/** Objects of Flux itself in a version that some Flux minor serves. */
export const versioned: View<VersionedObject> = view(
  'every kind of Flux',
  function* ({ object }, { flux }) {
    if (!object || !isFluxKind(object)) return;
    const node = asScalar(get(object.root, 'apiVersion'));
    if (!node || typeof node.value !== 'string' || node.synthetic || isTemplate(node.text)) return;
    const history = apiVersionHistory(object.group, object.kind);
    const served = history.find(({ version }) => version === object.version);
    if (!served) return;
    const newest = history.find(
      (v) =>
        (v.servedFrom === undefined || atLeast(flux, v.servedFrom)) &&
        !(v.removedIn !== undefined && atLeast(flux, v.removedIn)),
    );
    yield { object, node, served, newest: newest && `${object.group}/${newest.version}` };
  },
  onlyFluxKinds,
);

/** Moves an object to another version of its kind, where all its fields exist there. */
export function moveTo(apiVersion: string, { object, node }: VersionedObject, flux: Version): FixPlan | undefined {
  const version = apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
  const shape = structureOf(object.group, version, object.kind, flux.minor);
  if (!shape || version === object.version) return undefined;
  const before = structureOf(object.group, object.version, object.kind, flux.minor);
  const wrong = (s: typeof shape) =>
    new Set(validate(object.root, s, { partial: object.partial, template: isTemplate }).map((p) => p.path.join('/')));
  // What is wrong in both is not the fault of the move.
  const already = before ? wrong(before) : new Set<string>();
  if ([...wrong(shape)].some((path) => !already.has(path))) return undefined;
  return unsafeFix(`Write ${apiVersion}`, replaceText(node, apiVersion));
}
