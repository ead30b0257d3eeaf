import { follow } from '../yaml/navigate.ts';
import type { Entry, MapNode, Node } from '../yaml/tree.ts';

/** The fields of a map as a decoder sees them: the last of duplicates, merge keys followed. */
export interface Fields {
  readonly entries: ReadonlyMap<string, Entry>;
  /** False where there may be more: a key is a template, a merge leads nowhere, the parser stumbled inside the map. */
  readonly complete: boolean;
}

export function fieldsOf(map: MapNode, template: (text: string) => boolean): Fields {
  const entries = new Map<string, Entry>();
  let complete = !map.damaged;
  const read = (from: MapNode, depth: number) => {
    const merges: Node[] = [];
    const own = new Map<string, Entry>();
    for (const entry of from.entries) {
      if (entry.key.text === '<<' && entry.key.style === 'plain') merges.push(entry.value);
      else if (template(entry.key.text)) complete = false;
      else own.set(entry.key.text, entry);
    }
    for (const [name, entry] of own) if (!entries.has(name)) entries.set(name, entry);
    for (const merge of merges) {
      const source = follow(merge);
      for (const one of source?.kind === 'seq' ? source.items : [source]) {
        const target = follow(one);
        if (target?.kind !== 'map' || target.damaged || depth > 5) complete = false;
        else read(target, depth + 1);
      }
    }
  };
  read(map, 0);
  return { entries, complete };
}

/** Whether a node has a tag that no schema of YAML's own knows (`!vault`, `!reference`): what it stands for is unknown. */
export function foreignTag(node: Node): boolean {
  return node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:') && !node.tag.startsWith('!!');
}
