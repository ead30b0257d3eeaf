import { isTemplate } from '../../azure/text-kinds.ts';
import { textMapOf } from '../../embed/embedded.ts';
import { addEntry, replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, asScalar, entries, get, items, textAt } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import type { Possible, Workspace } from '../context.ts';
import { isKind, type KubernetesObject } from '../object.ts';
import type { Unit } from '../unit.ts';
import { type ArgoChartValues, argoChartValuesOf } from './argo-helm.ts';
import { chartNamespaces, SECRET_TYPE } from './argocd-cluster.ts';
import { argoCharts } from './argocd-install.ts';
import { dataOf } from './secret-data.ts';

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

/**
 * A repository or the credentials of several: a Secret, what another operator makes one from, or an item of the values
 * of the argo-cd chart.
 */
export interface RepositorySecret {
  readonly source: 'Secret' | 'ExternalSecret' | 'SealedSecret' | 'values';
  readonly role: RepositoryRole;
  /** True for credentials that hold for all URLs that start with theirs. */
  readonly credentials: boolean;
  /** What holds it; `undefined` for a file of values. */
  readonly object: KubernetesObject | undefined;
  readonly name: string | undefined;
  readonly data: ReadonlyMap<string, RepositoryItem>;
  /** Where a key would be added. */
  readonly map: MapNode | undefined;
  /** True where no other keys can come from elsewhere. Patches of overlays are another matter. */
  readonly whole: boolean;
  /** False where an edit would break a checksum: SOPS has encrypted the document. */
  readonly editable: boolean;
}

/** The repositories that an object, or a file of values, holds. */
export function repositoriesOf(unit: Unit): RepositorySecret[] {
  const own = unit.object && repositorySecretOf(unit.object);
  return own ? [own] : argoChartValuesOf(unit).flatMap(inChart);
}

const KINDS = [
  ['', 'Secret'],
  ['external-secrets.io', 'ExternalSecret'],
  ['external-secrets.io', 'ClusterExternalSecret'],
  ['bitnami.com', 'SealedSecret'],
] as const;

/** All repositories that a workspace shows, with their patches; those in files of values left out. */
export const allRepositories = (workspace: Workspace): RepositorySecret[] => [
  ...KINDS.flatMap(([group, kind]) =>
    workspace
      .objects(group, kind)
      .filter(repositorySecretOf)
      .flatMap((object) => repositorySecretOf(workspace.patched(object)) ?? []),
  ),
  ...argoCharts(workspace).flatMap(inChart),
];

/** Where Argo CD has to be for the repository to be seen. */
export function repositoryNamespaces({ object, source }: RepositorySecret, workspace: Workspace): Possible {
  if (!object || object.kind === 'ClusterExternalSecret') return { known: false };
  return source === 'values' ? chartNamespaces(object, workspace) : workspace.namespacesOf(object);
}

/** The repository with its patches; `undefined` where something unseen may add to it. */
export function completeRepository(secret: RepositorySecret, workspace: Workspace): RepositorySecret | undefined {
  const { object } = secret;
  if (!object || !workspace.isComplete(object)) return undefined;
  const patched = secret.source === 'values' ? secret : repositorySecretOf(workspace.patched(object));
  return patched?.whole ? patched : undefined;
}

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
  const { root } = object;
  if (isKind(object, '', 'Secret')) return ofSecret(object);
  const external = isKind(object, 'external-secrets.io', 'ExternalSecret', 'ClusterExternalSecret');
  if (!external && !isKind(object, 'bitnami.com', 'SealedSecret')) return undefined;
  const spec = get(root, ...(object.kind === 'ClusterExternalSecret' ? ['spec', 'externalSecretSpec'] : ['spec']));
  const template = external ? get(spec, 'target', 'template') : get(spec, 'template');
  const role = roleOf(template);
  if (!role) return undefined;
  const data = new Map<string, RepositoryItem>();
  for (const entry of entries(get(template, 'data'))) data.set(entry.key.text, ofEntry(entry));
  const common = {
    ...role,
    object,
    name: textAt(spec, 'target', 'name') ?? object.name,
    map: asMap(get(template, 'data')),
    editable: get(root, 'sops') === undefined,
  };
  if (!external) {
    // Who reads a sealed value is the controller in the cluster alone.
    for (const entry of entries(get(spec, 'encryptedData')))
      data.set(entry.key.text, { ...ofEntry(entry), text: undefined, filled: true });
    return { ...common, source: 'SealedSecret', data, whole: !object.partial };
  }
  // A template with data of its own replaces what was fetched, unless it is told to merge.
  const merges = data.size === 0 || textAt(template, 'mergePolicy') === 'Merge';
  if (merges)
    for (const item of items(get(spec, 'data'))) {
      const name = asScalar(get(item, 'secretKey'));
      if (name && !data.has(name.text)) data.set(name.text, remote(name));
    }
  const more = (merges && get(spec, 'dataFrom') !== undefined) || get(template, 'templateFrom') !== undefined;
  return { ...common, source: 'ExternalSecret', data, whole: !object.partial && !more };
}

function roleOf(holder: Node | undefined): Pick<RepositorySecret, 'role' | 'credentials'> | undefined {
  const role = textAt(holder, 'metadata', 'labels', SECRET_TYPE) ?? '';
  return ROLES.has(role) ? { role: role as RepositoryRole, credentials: role.endsWith('creds') } : undefined;
}

/** The chart makes a Secret of each: charts/argo-cd/templates/argocd-configs/repository-secret.yaml. */
function inChart({ values, object, complete }: ArgoChartValues): RepositorySecret[] {
  const all = (field: string, role: RepositoryRole): RepositorySecret[] =>
    entries(get(values, 'configs', field)).flatMap((entry): RepositorySecret[] => {
      const map = asMap(entry.value);
      if (!map) return [];
      return [
        {
          source: 'values',
          role,
          credentials: role === 'repo-creds',
          object,
          name: entry.key.text,
          data: new Map(map.entries.map((own) => [own.key.text, ofEntry(own)])),
          map,
          whole: complete && !map.damaged,
          editable: get(object?.root ?? values, 'sops') === undefined,
        },
      ];
    });
  return [...all('repositories', 'repository'), ...all('credentialTemplates', 'repo-creds')];
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

function ofSecret(object: KubernetesObject): RepositorySecret | undefined {
  const { root } = object;
  const role = roleOf(root);
  if (!role) return undefined;
  const data = new Map<string, RepositoryItem>();
  for (const [key, item] of dataOf(object)) {
    const base64 = item.field === 'data' && !item.encrypted;
    const own = item.text ?? (base64 && item.node ? plainIn(item.node) : undefined);
    data.set(key, {
      key,
      entry: item.entry,
      place: item.entry,
      node: item.node,
      text: own === undefined || isTemplate(own) ? undefined : own,
      encoded: base64 && item.text !== undefined,
      filled: isFilled(item.node, item.text),
    });
  }
  const damaged = root.damaged || ['data', 'stringData'].some((f) => get(root, f)?.damaged === true);
  return {
    ...role,
    source: 'Secret',
    object,
    name: object.name,
    data,
    map: asMap(get(root, 'stringData')) ?? asMap(get(root, 'data')),
    whole: !object.partial && !damaged,
    editable: get(root, 'sops') === undefined,
  };
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
  const map = beside?.entry?.map ?? secret.map;
  if (!map || map.synthetic) return undefined;
  // Under `data` of a Secret only base64 may stand; short texts of ASCII are all that is added.
  const encode = secret.source === 'Secret' && map === asMap(get(secret.object?.root, 'data'));
  return addEntry(map, key, encode ? btoa(value) : value, beside?.entry);
}
