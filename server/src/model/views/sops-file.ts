import { goRegexp } from '../../text/go-regexp.ts';
import { asMap, asScalar, entries, entry, get, items, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import type { Unit } from '../unit.ts';
import { isSet, selectorsOf } from './sops-config.ts';

/** The lists of master keys in the metadata of an encrypted file. Source: getsops/sops@v3.13.2 stores/stores.go. */
export const KEY_LISTS = ['azure_kv', 'age', 'pgp', 'kms', 'gcp_kms', 'hckms', 'hc_vault', 'key_groups'] as const;

/** A document with a `sops` block at its top. */
export interface SopsFile {
  readonly unit: Unit;
  readonly root: MapNode;
  readonly block: Entry;
  readonly sops: MapNode;
  /** True where the block has a MAC: both SOPS and Flux go by it. */
  readonly encrypted: boolean;
  readonly azureKeys: readonly MapNode[];
}

/** The SOPS metadata of a document; `undefined` for what is inside a string or has none. */
export function sopsFileOf(unit: Unit): SopsFile | undefined {
  const root = asMap(unit.root);
  if (!root || unit.owner || root !== unit.tree.root || unit.tree.host) return undefined;
  const block = entry(root, 'sops');
  const sops = asMap(block?.value);
  if (!block || !sops) return undefined;
  const azureKeys = [
    ...items(get(sops, 'azure_kv')),
    ...items(get(sops, 'key_groups')).flatMap((g) => items(get(g, 'azure_kv'))),
  ].flatMap((k) => asMap(k) ?? []);
  return { unit, root, block, sops, encrypted: (text(get(sops, 'mac')) ?? '') !== '', azureKeys };
}

export const isEncryptedRoot = (root: MapNode): boolean => (text(get(root, 'sops', 'mac')) ?? '') !== '';

export const keyLists = (file: SopsFile): Entry[] =>
  KEY_LISTS.flatMap((name) => entries(file.sops).filter((e) => e.key.text === name && isSet(e.value)));

/** A scalar of an encrypted file outside its metadata, with the keys that lead to it; list positions are no keys. */
export interface SopsValue {
  readonly node: ScalarNode;
  readonly path: readonly string[];
}

export function* valuesOf(file: SopsFile): Iterable<SopsValue> {
  const stack: { node: Node; path: readonly string[] }[] = file.root.entries
    .filter((e) => e !== file.block)
    .map((e) => ({ node: e.value, path: [e.key.text] }));
  stack.reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, path } = next;
    if (node.kind === 'scalar') yield { node, path };
    else if (node.kind === 'map')
      for (const e of [...node.entries].reverse()) stack.push({ node: e.value, path: [...path, e.key.text] });
    else if (node.kind === 'seq') for (const item of [...node.items].reverse()) stack.push({ node: item, path });
  }
}

/**
 * Whether the file's own selector says that a value is encrypted, as SOPS decides it; `undefined` where its selector is
 * about comments, or does not compile, or there are several.
 */
export function coverOf(file: SopsFile): ((path: readonly string[]) => boolean) | undefined {
  const selectors = selectorsOf(file.sops);
  if (selectors.length > 1) return undefined;
  const [selector] = selectors;
  const value = asScalar(selector?.value)?.text ?? '';
  switch (selector?.key.text) {
    case undefined:
      return (path) => !path.some((k) => k.endsWith('_unencrypted'));
    case 'encrypted_suffix':
      return (path) => path.some((k) => k.endsWith(value));
    case 'unencrypted_suffix':
      return (path) => !path.some((k) => k.endsWith(value));
    case 'encrypted_regex':
    case 'unencrypted_regex': {
      const pattern = goRegexp(value);
      if (!pattern) return undefined;
      const wanted = selector.key.text === 'encrypted_regex';
      return (path) => path.some((k) => pattern.search(k)) === wanted;
    }
    default:
      return undefined;
  }
}

export const ENCRYPTED_VALUE = /^ENC\[AES256_GCM,data:(.+),iv:(.+),tag:(.+),type:(.+)\]/s;
