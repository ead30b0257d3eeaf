import type { Entry, MapNode, Node, ScalarNode, SeqNode } from './tree.ts';

/** The node an alias stands for, the node itself otherwise; `undefined` for an alias that leads nowhere. */
export function follow(node: Node | undefined): Exclude<Node, { kind: 'alias' }> | undefined {
  let current = node;
  for (let i = 0; i < 10 && current?.kind === 'alias'; i++) current = current.target;
  return current?.kind === 'alias' ? undefined : current;
}

export const asMap = (node: Node | undefined): MapNode | undefined => {
  const n = follow(node);
  return n?.kind === 'map' ? n : undefined;
};

export const asSeq = (node: Node | undefined): SeqNode | undefined => {
  const n = follow(node);
  return n?.kind === 'seq' ? n : undefined;
};

export const asScalar = (node: Node | undefined): ScalarNode | undefined => {
  const n = follow(node);
  return n?.kind === 'scalar' ? n : undefined;
};

/** The items of a sequence, none for anything else. */
export const items = (node: Node | undefined): readonly Node[] => asSeq(node)?.items ?? [];

/** The entries of a map, with those of merge keys (`<<`) that the map does not set itself. */
export function entries(node: Node | undefined, depth = 0): readonly Entry[] {
  const map = asMap(node);
  if (!map) return [];
  if (depth > 5 || !map.entries.some((e) => e.key.text === '<<' && e.key.style === 'plain')) return map.entries;
  const own = map.entries.filter((e) => e.key.text !== '<<');
  const names = new Set(own.map((e) => e.key.text));
  const merged: Entry[] = [];
  for (const merge of map.entries) {
    if (merge.key.text !== '<<') continue;
    const sources = asSeq(merge.value)?.items ?? [merge.value];
    for (const source of sources)
      for (const entry of entries(source, depth + 1))
        if (!names.has(entry.key.text)) {
          names.add(entry.key.text);
          merged.push(entry);
        }
  }
  return [...own, ...merged];
}

/** The entry of a map with this key; of duplicates the last one, as Kubernetes' parsers have it. */
export function entry(node: Node | undefined, key: string): Entry | undefined {
  const map = asMap(node);
  if (!map) return undefined;
  for (let i = map.entries.length - 1; i >= 0; i--) {
    const e = map.entries[i] as Entry;
    if (e.key.text === key) return e;
  }
  if (map.entries.some((e) => e.key.text === '<<')) return entries(map).find((e) => e.key.text === key);
  return undefined;
}

/** The value at a path of keys and indices; `undefined` where a step is missing. */
export function get(node: Node | undefined, ...path: readonly (string | number)[]): Node | undefined {
  let current: Node | undefined = node;
  for (const step of path) {
    if (current === undefined) return undefined;
    current = typeof step === 'number' ? items(current)[step] : entry(current, step)?.value;
  }
  return follow(current);
}

/** The entry at a path of keys and indices that ends in a key. */
export function getEntry(node: Node | undefined, ...path: readonly (string | number)[]): Entry | undefined {
  const key = path[path.length - 1];
  return typeof key === 'string' ? entry(get(node, ...path.slice(0, -1)), key) : undefined;
}

/** The text of a scalar that holds a string; `undefined` for other types and missing nodes. */
export function text(node: Node | undefined): string | undefined {
  const scalar = asScalar(node);
  return typeof scalar?.value === 'string' ? scalar.value : undefined;
}

export const textAt = (node: Node | undefined, ...path: readonly (string | number)[]): string | undefined =>
  text(get(node, ...path));

/** The keys and indices that lead from the root of its tree to a node. */
export function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  let child: Node = node;
  let parent = node.parent;
  while (parent) {
    if (parent.kind === 'seq') path.unshift(parent.items.indexOf(child));
    else {
      const found = parent.entries.find((e) => e.value === child || e.key === child);
      path.unshift(found?.key.text ?? '');
    }
    child = parent;
    parent = parent.parent;
  }
  return path;
}

/** The entry whose value (or key) is this node. */
export function entryOf(node: Node): Entry | undefined {
  return node.parent?.kind === 'map' ? node.parent.entries.find((e) => e.value === node || e.key === node) : undefined;
}
