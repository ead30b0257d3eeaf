import type { KubernetesObject } from '../../model/object.ts';
import { type AsoReference, referenceOf } from '../../model/views/aso.ts';
import { asMap, asSeq, entries, get } from '../../yaml/navigate.ts';
import type { Entry, Node } from '../../yaml/tree.ts';
import { view } from '../views.ts';
import { asoObjects, isOfAzure } from './_objects.ts';

/** A map in an object of the operator that refers to a resource of Azure. */
export interface ReferenceIn {
  readonly object: KubernetesObject;
  readonly reference: AsoReference;
  /** The entry that holds the map, or the list with the map. */
  readonly entry: Entry;
  readonly owner: boolean;
}

/** `spec.owner`, every `…Reference`, and every map with an `armId` below `spec`. */
export const references = view<ReferenceIn>(
  'references in kinds of Azure Service Operator',
  function* (unit, context) {
    for (const object of asoObjects.select(unit, context)) {
      const spec = asMap(get(object.root, 'spec'));
      if (!spec) continue;
      const stack: { entry: Entry; depth: number }[] = entries(spec).map((entry) => ({ entry, depth: 0 }));
      for (let next = stack.shift(); next; next = stack.shift()) {
        const { entry, depth } = next;
        for (const map of mapsOf(entry.value)) {
          const reference = referenceOf(map);
          const owner = depth === 0 && entry.key.text === 'owner';
          const named = /References?$/.test(entry.key.text) && get(map, 'key') === undefined;
          if (reference && (owner || named || reference.armId)) yield { object, reference, entry, owner };
          else if (depth < 12) stack.push(...entries(map).map((e) => ({ entry: e, depth: depth + 1 })));
        }
      }
    }
  },
  isOfAzure,
);

const mapsOf = (node: Node): Node[] => (asSeq(node)?.items ?? [node]).filter((item) => asMap(item) !== undefined);
