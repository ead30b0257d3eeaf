import { isTemplate } from '../../azure/text-kinds.ts';
import { asMap, asScalar, get, items, text } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';

/** One entry of the event sources of an Alert. */
export interface EventSource {
  readonly node: MapNode;
  readonly kind: string;
  /** `*` for all. */
  readonly name: string;
  /** As written; that of the Alert where there is none. */
  readonly namespace: string | undefined;
}

/** The event sources of an Alert's spec; `undefined` where one of them is not known. */
export function eventSourcesOf(spec: MapNode): readonly EventSource[] | undefined {
  const list = get(spec, 'eventSources');
  const sources = items(list).map((item): EventSource | undefined => {
    const node = asMap(item);
    const kind = text(get(node, 'kind'));
    const name = text(get(node, 'name'));
    const namespace = asScalar(get(node, 'namespace'))?.text;
    const known = [kind, name, namespace ?? ''].every((t) => t !== undefined && !isTemplate(t));
    return node && kind !== undefined && name !== undefined && known ? { node, kind, name, namespace } : undefined;
  });
  return sources.every((source) => source !== undefined) ? sources : undefined;
}
