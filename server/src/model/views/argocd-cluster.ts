import { readJson } from '../../embed/json-text.ts';
import { asMap, asScalar, entries, get, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import type { Possible, Workspace } from '../context.ts';
import { isKind, type KubernetesObject } from '../object.ts';
import type { Unit } from '../unit.ts';
import { argoChartValuesOf, chartClusters } from './argo-helm.ts';
import { type DataItem, dataOf } from './secret-data.ts';

export const SECRET_TYPE = 'argocd.argoproj.io/secret-type';

/** A cluster of Argo CD: a Secret, what an ExternalSecret makes one of, or an item of the chart's values. */
export interface ArgoCluster {
  readonly source: 'Secret' | 'ExternalSecret' | 'values';
  /** What holds it; `undefined` for a file of values. */
  readonly object: KubernetesObject | undefined;
  /** What to point at where something is missing: its name or kind. */
  readonly place: Node;
  readonly items: ReadonlyMap<string, ClusterItem>;
  /** False where further keys may come from elsewhere. */
  readonly complete: boolean;
}

export interface ClusterItem {
  readonly key: string;
  readonly entry: Entry;
  readonly node: ScalarNode | undefined;
  /** The decoded text; `undefined` where it is encrypted or no string. */
  readonly text: string | undefined;
  /** True where `node` shows base64. */
  readonly encoded: boolean;
}

/** How Argo CD connects to a cluster: JSON in a Secret, or a YAML map in values of the chart. */
export interface ClusterConfig {
  readonly unit: Unit;
  readonly root: MapNode;
  readonly cluster: ArgoCluster;
  readonly exec: MapNode | undefined;
  readonly tls: MapNode | undefined;
  readonly env: Node | undefined;
  /** The last part of the command's path. */
  readonly command: string | undefined;
  /** True where the command is `argocd-k8s-auth azure`. */
  readonly azure: boolean;
}

/** The clusters that an object, or a file of values, holds. */
export function argoClustersOf(unit: Unit): ArgoCluster[] {
  const { object } = unit;
  const own = object && clusterOfObject(object);
  if (own) return [own];
  return argoChartValuesOf(unit).flatMap((chart) =>
    chartClusters(chart).map((c) => ofValues(c.root, c.name, chart.object)),
  );
}

/** The cluster that a Secret is, or an ExternalSecret makes. */
export function clusterOfObject(object: KubernetesObject): ArgoCluster | undefined {
  const place = get(object.root, 'metadata', 'name') ?? get(object.root, 'kind') ?? object.root;
  if (isKind(object, '', 'Secret')) {
    if (text(get(object.root, 'metadata', 'labels', SECRET_TYPE)) !== 'cluster') return undefined;
    const written = get(object.root, 'data') ?? get(object.root, 'stringData');
    const items = new Map([...dataOf(object)].map(([key, item]) => [key, ofData(item)]));
    return { source: 'Secret', object, place, items, complete: !object.partial && written !== undefined };
  }
  if (!isKind(object, 'external-secrets.io', 'ExternalSecret', 'ClusterExternalSecret')) return undefined;
  const spec = object.kind === 'ExternalSecret' ? ['spec'] : ['spec', 'externalSecretSpec'];
  const template = get(object.root, ...spec, 'target', 'template');
  if (text(get(template, 'metadata', 'labels', SECRET_TYPE)) !== 'cluster') return undefined;
  const data = get(template, 'data');
  const more = get(template, 'templateFrom') !== undefined || text(get(template, 'mergePolicy')) === 'Merge';
  const complete = !object.partial && data !== undefined && !more;
  return { source: 'ExternalSecret', object, place, items: plainItems(data), complete };
}

const ofData = ({ key, entry, node, text: decoded, field }: DataItem): ClusterItem => ({
  key,
  entry,
  node,
  text: decoded,
  encoded: field === 'data',
});

const ofValues = (root: MapNode, place: Node, object: KubernetesObject | undefined): ArgoCluster => ({
  source: 'values',
  object,
  place,
  items: plainItems(root),
  complete: false,
});

function plainItems(data: Node | undefined): Map<string, ClusterItem> {
  return new Map(
    entries(data).map((entry) => {
      const node = asScalar(entry.value);
      const value = typeof node?.value === 'string' && !node.text.startsWith('ENC[') ? node.text : undefined;
      return [entry.key.text, { key: entry.key.text, entry, node, text: value, encoded: false }];
    }),
  );
}

const cache = new WeakMap<Unit, ClusterConfig[]>();

/**
 * The connections in a unit: the JSON it is, or the YAML maps of the clusters in it. JSON that Go does not read is none,
 * nor is one whose structure templates decide on.
 */
export function clusterConfigsOf(unit: Unit): ClusterConfig[] {
  let found = cache.get(unit);
  if (!found) {
    found = readConfigs(unit);
    cache.set(unit, found);
  }
  return found;
}

function readConfigs(unit: Unit): ClusterConfig[] {
  if (unit.language === 'argocd-cluster-config') {
    const root = asMap(unit.root);
    const cluster = unit.owner?.object && clusterOfObject(unit.owner.object);
    return root && cluster && readJson(unit.tree.text).state === 'valid' ? [configOf(unit, root, cluster)] : [];
  }
  return argoClustersOf(unit).flatMap((cluster) => {
    const root = asMap(cluster.items.get('config')?.entry.value);
    return root ? [configOf(unit, root, cluster)] : [];
  });
}

function configOf(unit: Unit, root: MapNode, cluster: ArgoCluster): ClusterConfig {
  const exec = asMap(field(root, 'execProviderConfig')?.value);
  const command = text(field(exec, 'command')?.value)?.split('/').pop();
  const first = get(field(exec, 'args')?.value, 0);
  return {
    unit,
    root,
    cluster,
    exec,
    tls: asMap(field(root, 'tlsClientConfig')?.value),
    env: field(exec, 'env')?.value,
    command,
    azure: command === 'argocd-k8s-auth' && text(first) === 'azure',
  };
}

/** The entry of a field, which Go's `encoding/json` finds without regard to case; of several the last one. */
export function field(map: Node | undefined, name: string): Entry | undefined {
  const lower = name.toLowerCase();
  return entries(map).findLast((entry) => entry.key.text.toLowerCase() === lower);
}

/** All connections that a workspace shows, those in files of values left out. */
export function allClusterConfigs(workspace: Workspace): ClusterConfig[] {
  const embedded = workspace.units('argocd-cluster-config').flatMap(clusterConfigsOf);
  const charts = [
    ...workspace.objects('helm.toolkit.fluxcd.io', 'HelmRelease'),
    ...workspace.objects('argoproj.io', 'Application'),
  ];
  return [...embedded, ...charts.flatMap((object) => clusterConfigsOf(unitOf(object)))];
}

/** A unit of an object that is looked at from another one. */
export const unitOf = (object: KubernetesObject): Unit => ({
  document: object.document,
  tree: object.tree,
  root: object.root,
  language: 'kubernetes',
  object,
  owner: undefined,
});

/** Where Argo CD has to be for the cluster to be seen. */
export function clusterNamespaces({ object, source }: ArgoCluster, workspace: Workspace): Possible {
  if (!object || object.kind === 'ClusterExternalSecret') return { known: false };
  if (source !== 'values') return workspace.namespacesOf(object);
  return chartNamespaces(object, workspace);
}

/** Where the chart that an object installs ends up. */
export function chartNamespaces(object: KubernetesObject, workspace: Workspace): Possible {
  const target =
    text(get(object.root, 'spec', 'targetNamespace')) ?? text(get(object.root, 'spec', 'destination', 'namespace'));
  if (target !== undefined) return { known: true, names: new Set([target]) };
  return object.kind === 'HelmRelease' ? workspace.namespacesOf(object) : { known: false };
}

/** True where both may be the same namespace. */
export const mayMeet = (a: Possible, b: Possible): boolean =>
  !a.known || !b.known || [...a.names].some((name) => b.names.has(name));
