import { parseVaultHost } from '../../azure/key-vault.ts';
import type { RuleContext } from '../../model/context.ts';
import type { Unit } from '../../model/unit.ts';
import {
  type CreationRule,
  groupKeysOf,
  keyUrlsOf,
  readSopsConfig,
  type SopsConfig,
} from '../../model/views/sops-config.ts';
import { type SopsFile, sopsFileOf } from '../../model/views/sops-file.ts';
import { asMap, asScalar, entry, get } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { type Place, partOf } from '../define.ts';
import { onlyLanguages, view } from '../views.ts';

export const sopsConfigs = view<SopsConfig>(
  '.sops.yaml',
  function* (unit) {
    const config = unit.language === 'sops-config' ? readSopsConfig(unit.document, unit.root) : undefined;
    if (config) yield config;
  },
  onlyLanguages('sops-config'),
);

export const creationRules = view<{ readonly config: SopsConfig; readonly rule: CreationRule }>(
  'creation rules of .sops.yaml',
  function* (unit, context) {
    for (const config of sopsConfigs.select(unit, context)) for (const rule of config.rules) yield { config, rule };
  },
  onlyLanguages('sops-config'),
);

/** Documents with a `sops` block, whether it has a MAC or not. */
export const sopsBlocks = view<SopsFile>('documents with a sops block', (unit) => {
  const file = sopsFileOf(unit);
  return file ? [file] : [];
});

export const encryptedFiles = view<SopsFile>('files encrypted by SOPS', (unit) => {
  const file = sopsFileOf(unit);
  return file?.encrypted ? [file] : [];
});

/** False for the many units that are neither configuration of SOPS nor touched by it. */
export const mayBeSops = ({ language, tree }: Unit): boolean =>
  language === 'sops-config' || tree.text.includes('sops');

/** A place that names a Key Vault key in parts, or as a URL taken apart. Parts that are missing are `undefined`. */
export interface KeyReference {
  readonly form: 'url' | 'object' | 'file';
  readonly vault: Part | undefined;
  readonly key: Part | undefined;
  readonly version: Part | undefined;
  /** The whole: the URL, or the map. */
  readonly place: Place;
  readonly root: MapNode | undefined;
}

export interface Part {
  readonly text: string;
  readonly place: Place;
  /** The scalar the part is in, and where in its text. */
  readonly node: ScalarNode;
  readonly start: number;
}

const whole = (node: Node | undefined): Part | undefined => {
  const scalar = asScalar(node);
  return scalar && typeof scalar.value !== 'object'
    ? { text: scalar.text, place: scalar, node: scalar, start: 0 }
    : undefined;
};

/** Every reference to a Key Vault key in `.sops.yaml` and in the metadata of encrypted files. */
export const keyReferences = view<KeyReference>(
  'Key Vault keys in .sops.yaml and in encrypted files',
  (unit, context) => (mayBeSops(unit) ? keysIn(unit, context) : []),
);

function* keysIn(unit: Unit, context: RuleContext): Iterable<KeyReference> {
  for (const { rule } of creationRules.select(unit, context)) {
    for (const url of keyUrlsOf(rule.root)) {
      const match = /^(https:\/\/)([^/]+)\/keys\/([^/]+)(?:\/([^/]*))?$/.exec(url.text);
      if (!match) continue;
      const part = (content: string | undefined, at: number): Part | undefined =>
        content === undefined
          ? undefined
          : {
              text: content,
              place: partOf(url.node, url.start + at, url.start + at + content.length),
              node: url.node,
              start: url.start + at,
            };
      const host = match[2] as string;
      const key = match[3] as string;
      yield {
        form: 'url',
        vault: part(host, 8),
        key: part(key, 8 + host.length + 6),
        version: part(match[4], 8 + host.length + 6 + key.length + 1),
        place: partOf(url.node, url.start, url.end),
        root: undefined,
      };
    }
    for (const item of groupKeysOf(rule.root)) {
      const map = asMap(item);
      if (map) yield ofMap('object', map, 'vaultUrl', 'key');
    }
  }
  for (const file of sopsBlocks.select(unit, context))
    for (const key of file.azureKeys) yield ofMap('file', key, 'vault_url', 'name');
}

function ofMap(form: 'object' | 'file', map: MapNode, vault: string, key: string): KeyReference {
  const url = asScalar(get(map, vault));
  const host = /^https:\/\/([^/]+)/.exec(url?.text ?? '')?.[1];
  const place = entry(map, vault) ?? map;
  return {
    form,
    vault: url && host ? { text: host, place: partOf(url, 8, 8 + host.length), node: url, start: 8 } : undefined,
    key: whole(get(map, key)),
    version: whole(get(map, 'version')),
    place,
    root: map,
  };
}

/** The vault's name and cloud behind a host, a port left out. */
export const vaultOf = (host: string, suffixes: readonly string[] | undefined) =>
  parseVaultHost(host.replace(/:\d+$/, ''), suffixes ?? []);
