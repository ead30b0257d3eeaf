import { textMapOf } from '../../embed/embedded.ts';
import { asScalar, entries, get } from '../../yaml/navigate.ts';
import type { Entry, Node, ScalarNode } from '../../yaml/tree.ts';
import type { KubernetesObject } from '../object.ts';

/** One key of a Secret's or ConfigMap's data. */
export interface DataItem {
  readonly key: string;
  readonly entry: Entry;
  readonly field: 'data' | 'stringData' | 'binaryData';
  /** The scalar as written, encoded for `data` of a Secret. */
  readonly node: ScalarNode | undefined;
  readonly value: Node;
  /** The decoded text; `undefined` where it is encrypted, no text, or no valid base64. */
  readonly text: string | undefined;
  /** True for a value that SOPS has encrypted. */
  readonly encrypted: boolean;
}

const cache = new WeakMap<KubernetesObject, ReadonlyMap<string, DataItem>>();

/** The data of a Secret (`data` decoded, `stringData` wins) or ConfigMap by key, in the order written. */
export function dataOf(object: KubernetesObject): ReadonlyMap<string, DataItem> {
  const known = cache.get(object);
  if (known) return known;
  const result = new Map<string, DataItem>();
  const secret = object.kind === 'Secret';
  for (const field of ['data', 'stringData'] as const) {
    if (field === 'stringData' && !secret) continue;
    for (const entry of entries(get(object.root, field))) {
      const node = asScalar(entry.value);
      const encrypted = node?.text.startsWith('ENC[') ?? false;
      const decoded =
        !node || encrypted
          ? undefined
          : field === 'data' && secret
            ? decode(node)
            : typeof node.value === 'string'
              ? node.value
              : undefined;
      result.set(entry.key.text, {
        key: entry.key.text,
        entry,
        field,
        node,
        value: entry.value,
        text: decoded,
        encrypted,
      });
    }
  }
  cache.set(object, result);
  return result;
}

function decode(node: ScalarNode): string | undefined {
  if (typeof node.value === 'string' || node.value === null) return node.text === '' ? '' : textMapOf(node, true)?.text;
  // A number or boolean in `data` may be base64 all the same: the API server refuses it before anybody decodes it.
  return undefined;
}
