import { isKind, type KubernetesObject } from '../../model/object.ts';
import { addAt, removeEntry, renameKey, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, entries, entry, get } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { onlyTypes, view } from '../views.ts';

/** A key of `data` or `stringData` of a Secret, as written. */
export interface SecretField {
  readonly secret: KubernetesObject;
  readonly map: 'data' | 'stringData';
  readonly entry: Entry;
}

export const secretFields = view<SecretField>(
  'Secret',
  function* ({ object: secret }) {
    if (!secret || !isKind(secret, '', 'Secret')) return;
    for (const map of ['data', 'stringData'] as const)
      for (const field of entries(get(secret.root, map))) yield { secret, map, entry: field };
  },
  onlyTypes(['/Secret']),
);

/** Moves a key from `data` to `stringData` as this text; `data` itself gets the other name where it has no other key. */
export function moveToStringData({ secret, entry: field }: SecretField, value: string): (TreeEdit | undefined)[] {
  const data = entry(secret.root, 'data');
  const isRead =
    asMap(data?.value)?.entries.length === 1 && field.value.kind === 'scalar' && field.value.value === value;
  if (data && isRead && !entry(secret.root, 'stringData')) return [renameKey(data, 'stringData')];
  if (get(secret.root, 'stringData', field.key.text)) return [undefined];
  return [removeEntry(field), addAt(secret.root, ['stringData', field.key.text], value)];
}
