import { goRegexp } from '../../text/go-regexp.ts';
import { asMap, asScalar, asSeq, entries, entry, get, items, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import type { Workspace } from '../context.ts';
import type { SourceDocument } from '../source-file.ts';

/** The six ways of saying what is encrypted; one at most. */
export const SELECTORS = [
  'encrypted_suffix',
  'unencrypted_suffix',
  'encrypted_regex',
  'unencrypted_regex',
  'encrypted_comment_regex',
  'unencrypted_comment_regex',
] as const;

/** The lists of keys a creation rule may have beside `key_groups`. */
export const FLAT_KEYS = ['azure_keyvault', 'age', 'pgp', 'kms', 'gcp_kms', 'hckms', 'hc_vault_transit_uri'] as const;

/** One creation rule of `.sops.yaml`. Source: getsops/sops@v3.13.2 config/config.go:107-196. */
export interface CreationRule {
  readonly root: MapNode;
  readonly index: number;
  readonly pathRegex: Entry | undefined;
  /** True where the rule matches every path. */
  readonly catchAll: boolean;
}

export interface SopsConfig {
  readonly document: SourceDocument;
  readonly root: MapNode;
  readonly rules: readonly CreationRule[];
}

export function readSopsConfig(document: SourceDocument, root: Node | undefined): SopsConfig | undefined {
  const map = asMap(root);
  if (!map) return undefined;
  const rules = items(get(map, 'creation_rules')).flatMap((item, index): CreationRule[] => {
    const rule = asMap(item);
    if (!rule) return [];
    const pathRegex = entry(rule, 'path_regex');
    const pattern = text(pathRegex?.value) ?? '';
    return [{ root: rule, index, pathRegex, catchAll: ['', '.*', '.+', '^.*$', '^.+$'].includes(pattern) }];
  });
  return { document, root: map, rules };
}

/**
 * The creation rule that SOPS would take for a file: the first whose `path_regex` matches the path relative to the
 * folder of the configuration. `unknown` where a rule before it has a pattern that Go refuses: SOPS stops there.
 */
export function ruleFor(config: SopsConfig, uri: string): CreationRule | 'unknown' | undefined {
  const folder = config.document.uri.slice(0, config.document.uri.lastIndexOf('/') + 1);
  if (!uri.startsWith(folder)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(uri.slice(folder.length));
  } catch {
    return 'unknown';
  }
  for (const rule of config.rules) {
    if (rule.catchAll) return rule;
    const pattern = goRegexp(text(rule.pathRegex?.value) ?? '');
    if (!pattern) return 'unknown';
    if (pattern.search(path)) return rule;
  }
  return undefined;
}

/** The nearest `.sops.yaml` in the folder of a file or above. */
export function sopsConfigFor(uri: string, workspace: Workspace): SopsConfig | undefined {
  let best: SopsConfig | undefined;
  for (const unit of workspace.units('sops-config')) {
    const own = unit.document.uri;
    if (!own.endsWith('/.sops.yaml') || !uri.startsWith(own.slice(0, own.lastIndexOf('/') + 1))) continue;
    if (best && best.document.uri.length >= own.length) continue;
    best = readSopsConfig(unit.document, unit.root) ?? best;
  }
  return best;
}

/** A key URL in `azure_keyvault` of a creation rule; `start` and `end` are offsets of the scalar's text, blanks left out. */
export interface KeyUrlPart {
  readonly node: ScalarNode;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The key URLs of a creation rule: a string with commas, or a list of strings. */
export function keyUrlsOf(rule: MapNode): KeyUrlPart[] {
  const value = get(rule, 'azure_keyvault');
  const scalars = asSeq(value)
    ? items(value).flatMap((i) => asScalar(i) ?? [])
    : asScalar(value)
      ? [asScalar(value) as ScalarNode]
      : [];
  return scalars.flatMap((node) => {
    if (typeof node.value !== 'string') return [];
    const parts: KeyUrlPart[] = [];
    for (const match of node.text.matchAll(/[^,]+/g)) {
      const own = match[0].trim();
      if (own === '') continue;
      const start = match.index + match[0].indexOf(own);
      parts.push({ node, text: own, start, end: start + own.length });
    }
    return parts;
  });
}

/** Items of `key_groups[].azure_keyvault`, those under `merge` too. */
export function groupKeysOf(rule: MapNode): Node[] {
  const groups = (list: Node | undefined, depth: number): Node[] =>
    depth > 5
      ? []
      : items(list).flatMap((group) => [
          ...items(get(group, 'azure_keyvault')),
          ...groups(get(group, 'merge'), depth + 1),
        ]);
  return groups(get(rule, 'key_groups'), 0);
}

/** The selectors of a rule, or of the metadata of a file, that have a value. */
export const selectorsOf = (root: MapNode): Entry[] =>
  SELECTORS.flatMap((name) =>
    entries(root).filter((e) => e.key.text === name && (asScalar(e.value)?.text ?? '') !== ''),
  );

/** True for a value that is there and not empty. */
export const isSet = (node: Node | undefined): boolean => {
  const scalar = asScalar(node);
  if (scalar) return scalar.value !== null && scalar.text !== '';
  return items(node).length > 0 || entries(node).length > 0;
};
