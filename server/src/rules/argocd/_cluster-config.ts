import { hostOf } from '../../azure/clouds.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import {
  type ArgoCluster,
  argoClustersOf,
  type ClusterConfig,
  clusterConfigsOf,
  clusterOfObject,
  field,
  unitOf,
} from '../../model/views/argocd-cluster.ts';
import { asMap, asScalar, follow, get, text } from '../../yaml/navigate.ts';
import type { Entry, Node, ScalarNode } from '../../yaml/tree.ts';
import { amongObjects, view } from '../views.ts';

export { type ClusterConfig, field };

/** What clusters are written in: Secrets, what makes Secrets, and what has values of the argo-cd chart. */
export const CLUSTER_TYPES = [
  '/Secret',
  'external-secrets.io/ExternalSecret',
  'external-secrets.io/ClusterExternalSecret',
  'bitnami.com/SealedSecret',
  'helm.toolkit.fluxcd.io/HelmRelease',
  'argoproj.io/Application',
] as const;

/** Every connection that Go can read, in patches too. */
export const clusterConfigs = view<ClusterConfig>(
  'the config of an Argo CD cluster',
  clusterConfigsOf,
  amongObjects(...CLUSTER_TYPES),
);

/** Those that are whole and that no patch replaces: for what is missing, and for fields together. */
export const wholeConfigs = view<ClusterConfig>(
  'the config of an Argo CD cluster',
  function* (unit, { workspace }) {
    for (const config of clusterConfigsOf(unit)) if (!isReplaced(config, workspace)) yield config;
  },
  amongObjects(...CLUSTER_TYPES),
);

/** Every cluster of Argo CD, by its Secret or in values of the chart. */
export const argoClusters = view<ArgoCluster>(
  'an Argo CD cluster Secret',
  argoClustersOf,
  amongObjects(...CLUSTER_TYPES),
);

/** True where a patch gives the cluster another config than the one written here. */
export function isReplaced({ cluster, root }: ClusterConfig, workspace: Workspace): boolean {
  const { object } = cluster;
  if (!object) return false;
  const patched = workspace.patched(object);
  if (patched === object) return false;
  if (cluster.source === 'values') return !clusterConfigsOf(unitOf(patched)).some((config) => config.root === root);
  return clusterOfObject(patched)?.items.get('config')?.node !== cluster.items.get('config')?.node;
}

/** What a JSON value is called in Go's error messages; `unknown` for a template. */
export type GoKind = 'string' | 'number' | 'bool' | 'array' | 'object' | 'null' | 'unknown';

export function goKind(node: Node | undefined): GoKind {
  const n = follow(node);
  if (!n) return 'unknown';
  if (n.kind === 'map') return 'object';
  if (n.kind === 'seq') return 'array';
  if (n.value === null) return 'null';
  if (typeof n.value === 'boolean') return 'bool';
  if (typeof n.value !== 'string') return 'number';
  return isBareTemplate(n) ? 'unknown' : 'string';
}

/** A template that stands for a value, and not inside the quotes of a string: what it will be is unknown. */
const isBareTemplate = (node: ScalarNode): boolean =>
  isTemplate(node.text) && !/^["']/.test(node.tree.text.slice(node.span.start, node.span.start + 1));

/** True for an entry that says something: not absent, null or empty. A template in quotes will say something. */
export function isSet(entry: Entry | undefined): boolean {
  const value = follow(entry?.value);
  if (!value) return false;
  if (value.kind === 'map') return value.entries.length > 0;
  return value.kind === 'scalar' && goKind(value) === 'string' && value.text !== '';
}

/** The text of a string without templates in it; `undefined` for everything else. */
export function known(node: Node | undefined): string | undefined {
  const value = text(node);
  return value === undefined || isTemplate(value) ? undefined : value;
}

/** True for the cluster that Argo CD runs in. */
export const isInCluster = ({ items }: ArgoCluster): boolean =>
  items.get('server')?.text?.replace(/\/+$/, '') === 'https://kubernetes.default.svc';

/** What logs in to clusters of other clouds, and where those are. */
const OTHER_COMMANDS =
  /^(aws|aws-iam-authenticator|aws-vault|gcloud|gke-gcloud-auth-plugin|doctl|oci|ibmcloud|linode-cli|tsh|kubectl-oidc_login)$/;
const OTHER_HOSTS =
  /\.(amazonaws\.com(\.cn)?|gke\.goog|ondigitalocean\.com|linodelke\.net|oraclecloud\.com|ovh\.net|scw\.cloud|containers\.appdomain\.cloud)$/;

/** True for a cluster that is, or is logged in to as, one of another cloud: what is good for Azure says nothing there. */
export function isElsewhere({ root, exec, command, cluster }: ClusterConfig): boolean {
  if (isSet(field(root, 'awsAuthConfig')) || OTHER_COMMANDS.test(command ?? '')) return true;
  if (command === 'argocd-k8s-auth' && /^(aws|gcp)$/.test(text(get(field(exec, 'args')?.value, 0)) ?? '')) return true;
  return OTHER_HOSTS.test(hostOf(cluster.items.get('server')?.text ?? ''));
}

/** One variable of the environment that `argocd-k8s-auth azure` gets. */
export interface Variable {
  readonly name: string;
  readonly entry: Entry;
  readonly node: ScalarNode | undefined;
  /** `''` for null and empty, `undefined` where it is unknown or no string. */
  readonly text: string | undefined;
}

/** A connection that logs in with `argocd-k8s-auth azure`. */
export interface AzureLogin {
  readonly config: ClusterConfig;
  readonly variables: ReadonlyMap<string, Variable>;
  /** `workloadidentity` where none is set; `undefined` where it is unknown. */
  readonly method: string | undefined;
  /** The method, or what stands for it where there is none: the key `env`, or the argument `azure`. */
  readonly place: Node | Entry;
}

/** True where a variable of this name is set, or one that is misspelt or named as elsewhere: another rule speaks of it. */
export function hasLike({ variables }: AzureLogin, name: string): boolean {
  const end = name.replace(/^(AZURE|AAD)_/, '').replaceAll('_', '');
  return [...variables.keys()].some((v) => v.toUpperCase().replaceAll(/[_-]/g, '').endsWith(end));
}

/** The logins to Azure, in patches too. */
export const azureLogins = view<AzureLogin>(
  'the env of an execProviderConfig for Azure',
  function* (unit) {
    for (const config of clusterConfigsOf(unit)) yield* azureLoginOf(config);
  },
  amongObjects(...CLUSTER_TYPES),
);

/** Those that are whole. */
export const wholeAzureLogins = view<AzureLogin>(
  azureLogins.name,
  function* (unit, { workspace }) {
    for (const config of clusterConfigsOf(unit)) if (!isReplaced(config, workspace)) yield* azureLoginOf(config);
  },
  amongObjects(...CLUSTER_TYPES),
);

/** The login to Azure of a connection; none where the environment is no map, which is wrong by itself or unknown. */
export function azureLoginOf(config: ClusterConfig): AzureLogin[] {
  const { env, exec } = config;
  if (!config.azure || !exec) return [];
  const envEntry = field(exec, 'env');
  const node = follow(env);
  if (env && node?.kind !== 'map' && !(node?.kind === 'scalar' && node.value === null)) return [];
  const variables = new Map<string, Variable>();
  for (const entry of asMap(env)?.entries ?? []) {
    const scalar = asScalar(entry.value);
    const value = scalar?.value === null ? '' : known(scalar);
    variables.set(entry.key.text, { name: entry.key.text, entry, node: scalar, text: value });
  }
  const method = variables.get('AAD_LOGIN_METHOD');
  const args = field(exec, 'args')?.value;
  return [
    {
      config,
      variables,
      method:
        method === undefined || method.text === ''
          ? 'workloadidentity'
          : isPlaceholder(method.text ?? '')
            ? undefined
            : method.text,
      place: method?.node ?? envEntry ?? get(args, 0) ?? exec,
    },
  ];
}
