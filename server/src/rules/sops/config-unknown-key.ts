import { nearest } from '../../azure/text-kinds.ts';
import { FLAT_KEYS, SELECTORS } from '../../model/views/sops-config.ts';
import { renameKey } from '../../yaml/edits.ts';
import { asMap, entries, items } from '../../yaml/navigate.ts';
import type { Entry, Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, type Report, report, unsafeFix } from '../define.ts';
import { sopsConfigs } from './_views.ts';

/** The fields of each level; a value names the level of what is below. Source: getsops/sops@v3.13.2 config/config.go. */
interface Level {
  readonly [field: string]: Level | null;
}
const leaf = (...names: readonly string[]): Level => Object.fromEntries(names.map((n) => [n, null]));

const KMS = leaf('arn', 'role', 'context', 'aws_profile');
const KEY_GROUP: Record<string, Level | null> = {
  kms: KMS,
  gcp_kms: leaf('resource_id'),
  hckms: leaf('key_id'),
  azure_keyvault: leaf('vaultUrl', 'key', 'version'),
  hc_vault: null,
  age: null,
  pgp: null,
};
KEY_GROUP.merge = KEY_GROUP;
const RULE: Level = {
  path_regex: null,
  aws_profile: null,
  ...leaf(...FLAT_KEYS, ...SELECTORS),
  key_groups: KEY_GROUP,
  shamir_threshold: null,
  mac_only_encrypted: null,
};
const DESTINATION: Level = {
  ...leaf(
    'path_regex',
    's3_bucket',
    's3_prefix',
    'gcs_bucket',
    'gcs_prefix',
    'vault_path',
    'vault_address',
    'vault_kv_mount_name',
    'vault_kv_version',
    'omit_extensions',
  ),
  recreation_rule: RULE,
};
const TOP: Level = {
  creation_rules: RULE,
  destination_rules: DESTINATION,
  stores: leaf('dotenv', 'ini', 'json', 'json_binary', 'yaml'),
};

/** What people write who mean another field. */
const MEANT: Readonly<Record<string, string>> = {
  azure_kv: 'azure_keyvault',
  azure_keyvault_urls: 'azure_keyvault',
  'azure-keyvault': 'azure_keyvault',
  azureKeyvault: 'azure_keyvault',
  'encrypted-regex': 'encrypted_regex',
  encryptedRegex: 'encrypted_regex',
  path_rules: 'path_regex',
  'path-regex': 'path_regex',
  filename_regex: 'path_regex',
  vault_url: 'vaultUrl',
  vaultURL: 'vaultUrl',
  name: 'key',
};

export default defineRule({
  id: 'sops/config-unknown-key',
  on: sopsConfigs,
  severity: 'warning',
  partial: true,
  summary: 'SOPS knows no such key in `.sops.yaml`, and ignores it.',
  why: 'SOPS reads the file without complaint about keys it does not know. A misspelt one has no effect: a rule without keys or without its selector, for example. In the metadata of encrypted files the list is called `azure_kv`; in the configuration it is `azure_keyvault`.',
  references: [
    'getsops/sops@v3.13.2 config/config.go:107-196',
    'https://github.com/zendesk/helm-secrets/issues/79',
    'https://github.com/getsops/sops/issues/768',
  ],
  *check({ root }) {
    for (const entry of entries(root)) {
      // Holders of anchors, and extensions, are left alone.
      if (/^(x-|\.|_)/.test(entry.key.text) || entry.value.anchor) continue;
      yield* checkEntry(entry, TOP, 0);
    }
  },
});

function* checkEntry(entry: Entry, level: Level, depth: number): Iterable<Report> {
  const key = entry.key.text;
  if (!(key in level)) {
    if (key.startsWith('x-')) return;
    const alias = MEANT[key];
    const meant = alias !== undefined && alias in level ? alias : nearest(key, Object.keys(level), 3);
    const taken = meant !== undefined && entry.map.entries.some((e) => e.key.text === meant);
    yield report(entry, `SOPS silently ignores "${key}"${meant ? `; did you mean "${meant}"?` : '.'}`, {
      fix: meant && !taken ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined,
    });
    return;
  }
  const below = level[key];
  if (below && depth < 12) yield* checkBelow(entry.value, below, depth + 1);
}

function* checkBelow(node: Node, level: Level, depth: number): Iterable<Report> {
  const maps = asMap(node) ? [asMap(node)] : items(node).map((i) => asMap(i));
  for (const map of maps) if (map) for (const entry of entries(map)) yield* checkEntry(entry, level, depth);
}

export const examples: Examples = {
  bad: [
    {
      title: 'The name from the encrypted file',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: .*\\.yaml
    encrypted_regex: ^(data|stringData)$
    <|azure_kv|>: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
      fixed: `creation_rules:
  - path_regex: .*\\.yaml
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
    {
      title: 'In a key group',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    key_groups:
      - azure_keyvault:
          - <|vault_url|>: https://fleet.vault.azure.net
            key: sops
            version: 0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
  good: [
    {
      title: 'Known keys, anchors and extensions',
      files: {
        '.sops.yaml': `x-vault: anything
_keys: &keys https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
stores:
  yaml:
    indent: 2
creation_rules:
  - path_regex: .*\\.yaml
    mac_only_encrypted: true
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: *keys
`,
      },
    },
  ],
};
