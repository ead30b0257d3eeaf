import { entries, follow } from './navigate.ts';
import type { Node } from './tree.ts';

/** The plain data of a node, aliases and merge keys followed, as a Kubernetes decoder would see it. */
export function toData(node: Node | undefined, depth = 0): unknown {
  const n = follow(node);
  if (!n || depth > 100) return undefined;
  if (n.kind === 'scalar') return typeof n.value === 'bigint' ? Number(n.value) : n.value;
  if (n.kind === 'seq') return n.items.map((i) => toData(i, depth + 1));
  const result: Record<string, unknown> = {};
  for (const e of entries(n))
    Object.defineProperty(result, e.key.text, {
      value: toData(e.value, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return result;
}
