import { asMap, asScalar, get, items, text } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { type Written, type WrittenText, written, writtenTexts } from './written.ts';

/** One item of configMapGenerator or secretGenerator. */
export interface Generator {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly node: MapNode;
  readonly name: Written | undefined;
  readonly namespace: Written | undefined;
  readonly files: readonly GeneratorFile[];
  readonly literals: readonly GeneratorLiteral[];
  /** Files of `KEY=value` lines; `env`, the deprecated spelling for one, is among them. */
  readonly envs: readonly WrittenText[];
  /** False where an item of `files` or `literals` has no readable key: there may be more keys than these. */
  readonly complete: boolean;
  readonly type: Written | undefined;
  readonly behavior: 'create' | 'merge' | 'replace' | 'unknown';
  /** True where the name gets a hash of the content; `undefined` where the options cannot be read. */
  readonly hashed: boolean | undefined;
}

export interface GeneratorFile {
  readonly key: string;
  /** Relative to the folder of the kustomization. */
  readonly path: string;
  readonly node: ScalarNode;
}

export interface GeneratorLiteral {
  readonly key: string;
  /** The whole `key=value`. The value may be a secret: it is not kept apart so that nobody shows it by mistake. */
  readonly node: ScalarNode;
}

/** Reads configMapGenerator and secretGenerator of a kustomization. Items that are no maps are left out. */
export function readGenerators(root: MapNode): Generator[] {
  const options = get(root, 'generatorOptions');
  return [
    ...items(get(root, 'configMapGenerator')).flatMap((item) => generator('ConfigMap', item, options)),
    ...items(get(root, 'secretGenerator')).flatMap((item) => generator('Secret', item, options)),
  ];
}

function generator(kind: Generator['kind'], item: Node, globalOptions: Node | undefined): Generator[] {
  const node = asMap(item);
  if (!node) return [];
  const fileItems = items(get(node, 'files'));
  const literalItems = items(get(node, 'literals'));
  const files = fileItems.flatMap(file);
  const literals = literalItems.flatMap(literal);
  return [
    {
      kind,
      node,
      name: written(get(node, 'name')),
      namespace: written(get(node, 'namespace')),
      files,
      literals,
      envs: [...writtenTexts(get(node, 'envs')), ...writtenTexts(get(node, 'env'))],
      complete: !node.damaged && files.length === fileItems.length && literals.length === literalItems.length,
      type: written(get(node, 'type')),
      behavior: behavior(get(node, 'behavior')),
      hashed: hashed(get(node, 'options'), globalOptions),
    },
  ];
}

/** `key=path`, or a path whose last segment is the key (kustomize, api/kv). */
function file(item: Node): GeneratorFile[] {
  const node = asScalar(item);
  const content = text(item);
  if (!node || content === undefined) return [];
  const equals = content.indexOf('=');
  const path = equals < 0 ? content : content.slice(equals + 1);
  const key = equals < 0 ? content.slice(content.lastIndexOf('/') + 1) : content.slice(0, equals);
  return key === '' || path === '' ? [] : [{ key, path, node }];
}

function literal(item: Node): GeneratorLiteral[] {
  const node = asScalar(item);
  const content = text(item);
  const equals = content?.indexOf('=') ?? -1;
  return node && content !== undefined && equals > 0 ? [{ key: content.slice(0, equals), node }] : [];
}

function behavior(node: Node | undefined): Generator['behavior'] {
  const value = written(node);
  if (!value) return 'create';
  return value.text === 'create' || value.text === 'merge' || value.text === 'replace' ? value.text : 'unknown';
}

/** A global `disableNameSuffixHash: true` cannot be taken back (kustomize, api/types/generatoroptions.go). */
function hashed(local: Node | undefined, global: Node | undefined): boolean | undefined {
  const flags = [local, global].map((options) => {
    const value = get(options, 'disableNameSuffixHash');
    if (value === undefined) return false;
    const content = asScalar(value)?.value;
    return typeof content === 'boolean' ? content : content === null ? false : undefined;
  });
  return flags.includes(true) ? false : flags.includes(undefined) ? undefined : true;
}
