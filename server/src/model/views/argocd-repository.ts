import { isTemplate } from '../../azure/text-kinds.ts';
import { textMapOf } from '../../embed/embedded.ts';
import { addEntry, replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, asScalar, entries, get, items, text, textAt } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { isKind, type KubernetesObject } from '../object.ts';
import { dataOf } from './secret-data.ts';

export const SECRET_TYPE = 'argocd.argoproj.io/secret-type';

/** What Argo CD's label makes of a Secret that has to do with repositories. */
export type RepositoryRole = 'repository' | 'repository-write' | 'repo-creds' | 'repo-write-creds';

const ROLES = new Set<string>(['repository', 'repository-write', 'repo-creds', 'repo-write-creds']);

/** One key of a repository Secret. */
export interface RepositoryItem {
  readonly key: string;
  /** The key as written; `undefined` where it stands as a value (`secretKey` of an ExternalSecret). */
  readonly entry: Entry | undefined;
  /** Where the key is written. */
  readonly place: Entry | Node;
  /** The value as written, encoded for `data` of a Secret. */
  readonly node: ScalarNode | undefined;
  /** The value meant; `undefined` where it is encrypted, a template, from elsewhere, or no string. */
  readonly text: string | undefined;
  readonly encoded: boolean;
  /** False for `''` and `null` alone: what cannot be read is taken for a value. */
  readonly filled: boolean;
}

/** A repository or the credentials of several, as a Secret or as what another operator makes a Secret from. */
export interface RepositorySecret {
  readonly role: RepositoryRole;
  /** True for credentials that hold for all URLs that start with theirs. */
  readonly credentials: boolean;
  readonly object: KubernetesObject;
  readonly data: ReadonlyMap<string, RepositoryItem>;
  /** True where no other keys can come from elsewhere. Patches of overlays are another matter. */
  readonly whole: boolean;
  /** False where an edit would break a checksum: SOPS has encrypted the document. */
  readonly editable: boolean;
}

/** The kinds that Argo CD's repository Secrets are written as, `group/Kind`. */
export const REPOSITORY_KINDS: readonly string[] = [
  '/Secret',
  'external-secrets.io/ExternalSecret',
  'bitnami.com/SealedSecret',
];

const cache = new WeakMap<KubernetesObject, { readonly secret: RepositorySecret | undefined }>();

/** The object as a repository Secret of Argo CD; `undefined` where its labels do not make it one. */
export function repositorySecretOf(object: KubernetesObject): RepositorySecret | undefined {
  const known = cache.get(object);
  if (known) return known.secret;
  const secret = read(object);
  cache.set(object, { secret });
  return secret;
}

function read(object: KubernetesObject): RepositorySecret | undefined {
  const secret = isKind(object, '', 'Secret');
  const external = isKind(object, 'external-secrets.io', 'ExternalSecret');
  if (!secret && !external && !isKind(object, 'bitnami.com', 'SealedSecret')) return undefined;
  const template = secret
    ? object.root
    : get(object.root, 'spec', ...(external ? ['target', 'template'] : ['template']));
  const role = textAt(template, 'metadata', 'labels', SECRET_TYPE) ?? '';
  if (!ROLES.has(role)) return undefined;
  const common = {
    role: role as RepositoryRole,
    credentials: role.endsWith('creds'),
    object,
    editable: get(object.root, 'sops') === undefined,
  };
  if (secret) {
    const damaged = object.root.damaged || ['data', 'stringData'].some((f) => get(object.root, f)?.damaged === true);
    return { ...common, data: ofSecret(object), whole: !object.partial && !damaged };
  }
  const data = new Map<string, RepositoryItem>();
  for (const entry of entries(get(template, 'data'))) data.set(entry.key.text, ofEntry(entry));
  if (!external) {
    // Who reads a sealed value is the controller in the cluster alone.
    for (const entry of entries(get(object.root, 'spec', 'encryptedData')))
      data.set(entry.key.text, { ...ofEntry(entry), text: undefined, filled: true });
    return { ...common, data, whole: !object.partial };
  }
  // A template with data of its own replaces what was fetched, unless it is told to merge.
  const merges = data.size === 0 || textAt(template, 'mergePolicy') === 'Merge';
  if (merges)
    for (const item of items(get(object.root, 'spec', 'data'))) {
      const name = asScalar(get(item, 'secretKey'));
      if (name && !data.has(name.text)) data.set(name.text, remote(name));
    }
  const fetched = get(object.root, 'spec', 'dataFrom') !== undefined && merges;
  return { ...common, data, whole: !object.partial && !fetched && get(template, 'templateFrom') === undefined };
}

const remote = (name: ScalarNode): RepositoryItem => ({
  key: name.text,
  entry: undefined,
  place: name,
  node: undefined,
  text: undefined,
  encoded: false,
  filled: true,
});

function ofSecret(object: KubernetesObject): Map<string, RepositoryItem> {
  const data = new Map<string, RepositoryItem>();
  for (const [key, item] of dataOf(object)) {
    const encoded = item.field === 'data' && !item.encrypted;
    const own = item.text ?? (encoded && item.node ? plainIn(item.node) : undefined);
    data.set(key, {
      key,
      entry: item.entry,
      place: item.entry,
      node: item.node,
      text: own === undefined || isTemplate(own) ? undefined : own,
      encoded: encoded && item.text !== undefined,
      filled: isFilled(item.node, item.text),
    });
  }
  return data;
}

function ofEntry(entry: Entry): RepositoryItem {
  const node = asScalar(entry.value);
  const own = node && typeof node.value === 'string' ? node.value : undefined;
  return {
    key: entry.key.text,
    entry,
    place: entry,
    node,
    text: own === undefined || isTemplate(own) ? undefined : own,
    encoded: false,
    filled: isFilled(node, own),
  };
}

const isFilled = (node: ScalarNode | undefined, own: string | undefined): boolean =>
  !(node && (node.value === null || node.text === '')) && own !== '';

/** Plain text that somebody has put under `data`: what it was meant to be. Four letters can be base64 by accident. */
function plainIn(node: ScalarNode): string | undefined {
  if (typeof node.value !== 'string') return undefined;
  const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return /^(true|True|TRUE|helm)$/.test(node.text) || !base64.test(node.text.replace(/\s/g, ''))
    ? node.text
    : undefined;
}

/** The texts that Go's strconv.ParseBool takes. */
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False', '']);

export const isGoBoolean = (value: string): boolean => TRUE.has(value) || FALSE.has(value);

/** What Argo CD reads from a key with a boolean: false where it is absent, `undefined` where nobody can tell. */
export function flagOf(secret: RepositorySecret, key: string): boolean | undefined {
  const item = secret.data.get(key);
  if (!item) return secret.whole ? false : undefined;
  // A boolean without quotes is an error of its own; what it means is plain.
  if (typeof item.node?.value === 'boolean') return item.node.value;
  if (!item.filled) return false;
  return item.text === undefined ? undefined : TRUE.has(item.text) ? true : FALSE.has(item.text) ? false : undefined;
}

/**
 * The type Argo CD takes a repository for: its `type`, `oci` where there is none and the URL says so, else `git`;
 * `undefined` where nobody can tell.
 */
export function repositoryType(secret: RepositorySecret): string | undefined {
  const item = secret.data.get('type');
  if (item?.filled) return item.text;
  const url = secret.data.get('url');
  if (!url || url.text === undefined) return undefined;
  return url.text.startsWith('oci://') ? 'oci' : 'git';
}

/** Whether workload identity is asked for and would be used. */
export const usesWorkloadIdentity = (secret: RepositorySecret): boolean =>
  flagOf(secret, 'useAzureWorkloadIdentity') === true && repositoryType(secret) !== 'oci';

/** Gives a key another value, encoded where the old one is. */
export function setItem(secret: RepositorySecret, item: RepositoryItem, value: string): TreeEdit | undefined {
  if (!secret.editable || !item.node) return undefined;
  if (!item.encoded) return replaceText(item.node, value);
  const map = textMapOf(item.node, true);
  const edits = map?.edit([{ span: { start: 0, end: map.text.length }, newText: value }]);
  return edits && { tree: item.node.tree, edits };
}

/** Adds a key beside another one, encoded where that is. */
export function addItem(
  secret: RepositorySecret,
  key: string,
  value: string,
  beside: RepositoryItem | undefined,
): TreeEdit | undefined {
  if (!secret.editable) return undefined;
  const map = beside?.entry?.map ?? dataMap(secret);
  if (!map || (map.entries.length === 0 && map.synthetic)) return undefined;
  // Under `data` only what is base64 may stand; short texts of ASCII are all that is added.
  const plain = !isKind(secret.object, '', 'Secret') || map === asMap(get(secret.object.root, 'stringData'));
  return addEntry(map, key, plain ? value : btoa(value), beside?.entry);
}

const dataMap = ({ object }: RepositorySecret): MapNode | undefined =>
  isKind(object, '', 'Secret')
    ? (asMap(get(object.root, 'stringData')) ?? asMap(get(object.root, 'data')))
    : asMap(get(object.root, 'spec', ...(object.kind === 'ExternalSecret' ? ['target'] : []), 'template', 'data'));

/** The name of the Secret in the cluster. */
export const secretName = ({ object }: RepositorySecret): string | undefined =>
  (isKind(object, '', 'Secret') ? undefined : text(get(object.root, 'spec', 'target', 'name'))) ?? object.name;
