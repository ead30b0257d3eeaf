import type { KubernetesObject } from '../../model/object.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { entries, get } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { view } from '../views.ts';

export const PREFIX = 'azure.workload.identity/';
export const USE = `${PREFIX}use`;
export const CLIENT_ID = `${PREFIX}client-id`;
export const TENANT_ID = `${PREFIX}tenant-id`;

/** A label or annotation, and whose it is. */
export interface MetadataEntry {
  readonly object: KubernetesObject;
  readonly entry: Entry;
  readonly in: 'labels' | 'annotations';
  /** Of the object itself, or of the pods it makes. */
  readonly of: 'object' | 'pod';
}

/** The labels and annotations of objects and of their pod templates, whole or partial. */
export const metadata = view<MetadataEntry>('labels and annotations', function* (unit) {
  const { object } = unit;
  if (!object) return;
  const template = podTemplateOf(object);
  const holders = [
    { root: object.root, of: 'object' as const },
    ...(template?.root && template.root !== object.root ? [{ root: template.root, of: 'pod' as const }] : []),
  ];
  for (const { root, of } of holders)
    for (const field of ['labels', 'annotations'] as const)
      for (const entry of entries(get(root, 'metadata', field)))
        yield { object, entry, in: field, of: template?.root === root ? 'pod' : of };
});
