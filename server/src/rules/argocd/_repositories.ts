import {
  addItem,
  type RepositoryItem,
  type RepositorySecret,
  repositoriesOf,
  setItem,
} from '../../model/views/argocd-repository.ts';
import { renameKey, type TreeEdit } from '../../yaml/edits.ts';
import { amongObjects, view } from '../views.ts';
import { CLUSTER_TYPES } from './_cluster-config.ts';

/** Secrets that describe repositories or credentials of Argo CD, and what other operators make them from. */
export const repositorySecrets = view<RepositorySecret>(
  'Argo CD repository Secret',
  (unit) => repositoriesOf(unit),
  amongObjects(...CLUSTER_TYPES),
);

/** Keys that repositories have and credentials do not: argo-cd v3.5.1 util/db/repository_secrets.go. */
export const REPOSITORY_ONLY: readonly string[] = [
  'name',
  'project',
  'insecure',
  'insecureIgnoreHostKey',
  'enableLfs',
  'depth',
  'webhookManifestCacheWarmDisabled',
];

const SHARED: readonly string[] = [
  'url',
  'type',
  'username',
  'password',
  'bearerToken',
  'sshPrivateKey',
  'tlsClientCertData',
  'tlsClientCertKey',
  'enableOCI',
  'forceHttpBasicAuth',
  'insecureOCIForceHttp',
  'proxy',
  'noProxy',
  'githubAppID',
  'githubAppInstallationID',
  'githubAppEnterpriseBaseUrl',
  'githubAppPrivateKey',
  'gcpServiceAccountKey',
  'useAzureWorkloadIdentity',
  'azureServicePrincipalClientSecret',
  'azureActiveDirectoryEndpoint',
];

/** The ids of a service principal: a repository spells them `Id`, credentials spell them `ID`. */
export const PRINCIPAL_IDS = ['azureServicePrincipalClientId', 'azureServicePrincipalTenantId'] as const;

const spelledFor = (key: string, credentials: boolean): string =>
  credentials ? key.replace(/Id$/, 'ID') : key.replace(/ID$/, 'Id');

/** The spelling of a service principal's id that this Secret's reader knows; `undefined` for other keys. */
export const principalSpelling = (key: string, secret: RepositorySecret): string | undefined =>
  (PRINCIPAL_IDS as readonly string[]).includes(key.replace(/ID$/, 'Id'))
    ? spelledFor(key, secret.credentials)
    : undefined;

/** The item of a service principal's id, however it is spelled. */
export const principalItem = (secret: RepositorySecret, key: string): RepositoryItem | undefined =>
  secret.data.get(spelledFor(key, secret.credentials)) ?? secret.data.get(spelledFor(key, !secret.credentials));

/** The keys that Argo CD reads from a Secret of this kind. */
export const keysOf = (secret: RepositorySecret): readonly string[] => [
  ...SHARED,
  ...(secret.credentials ? [] : REPOSITORY_ONLY),
  ...PRINCIPAL_IDS.map((key) => spelledFor(key, secret.credentials)),
];

/** Whether a key is for a repository but ignored where credentials are read. */
export const isIgnored = (key: string, secret: RepositorySecret): boolean =>
  secret.credentials && REPOSITORY_ONLY.includes(key);

/** Renames a key, unless the new name is taken. */
export const renameItem = (secret: RepositorySecret, item: RepositoryItem, name: string): TreeEdit | undefined =>
  secret.editable && item.entry && !item.entry.key.synthetic && !secret.data.has(name)
    ? renameKey(item.entry, name)
    : undefined;

/** Gives a key a value, whether it is there or not. */
export function putItem(
  secret: RepositorySecret,
  key: string,
  value: string,
  beside: RepositoryItem | undefined,
): TreeEdit | undefined {
  const item = secret.data.get(key);
  if (item?.text === value && item.node) return { tree: item.node.tree, edits: [] };
  return item ? setItem(secret, item, value) : addItem(secret, key, value, beside);
}

/** The URL without its scheme. */
export const withoutScheme = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');

/** The place to show for a value: the value as written, else the key. */
export const valuePlace = (item: RepositoryItem) => item.node ?? item.place;
