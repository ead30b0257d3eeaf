import { asMap, entries, get, items, text } from '../../yaml/navigate.ts';
import type { MapNode, Node } from '../../yaml/tree.ts';
import { isKind, type KubernetesObject } from '../object.ts';
import type { Unit } from '../unit.ts';

/** Values of the argo-cd chart of argo-helm. */
export interface ArgoChartValues {
  readonly values: MapNode;
  /** What installs the chart with them; `undefined` for a file of values. */
  readonly object: KubernetesObject | undefined;
  /** The version of the chart, as written. */
  readonly version: Node | undefined;
  /** False where more values may come from elsewhere. */
  readonly complete: boolean;
}

const CHART = 'argo-cd';
/** What below `configs` no other chart has. */
const OWN = ['clusterCredentials', 'credentialTemplates', 'repositories'];

/** The values of the argo-cd chart in a unit: of a HelmRelease, an Application, a kustomization, or a values file. */
export function argoChartValuesOf(unit: Unit): ArgoChartValues[] {
  const { object, language } = unit;
  if (language === 'yaml') return valuesFile(unit.root);
  if (!object) return [];
  if (isKind(object, 'helm.toolkit.fluxcd.io', 'HelmRelease')) return ofRelease(object);
  if (isKind(object, 'argoproj.io', 'Application')) return ofApplication(object);
  if (language === 'kustomization') return ofKustomization(object);
  return [];
}

/** A file of values says of itself no more than what is in it. */
function valuesFile(root: Node | undefined): ArgoChartValues[] {
  const values = [asMap(root), asMap(get(root, CHART))].find((v) => OWN.some((key) => get(v, 'configs', key)));
  return values ? [{ values, object: undefined, version: undefined, complete: false }] : [];
}

/** True for a HelmRelease that installs the chart. */
export const isArgoRelease = (object: KubernetesObject): boolean =>
  isKind(object, 'helm.toolkit.fluxcd.io', 'HelmRelease') &&
  (text(get(object.root, 'spec', 'chart', 'spec', 'chart')) === CHART ||
    (text(get(object.root, 'spec', 'chartRef', 'name'))?.startsWith(CHART) ?? false));

/** True for a document that is values of the chart: it has clusters. */
export const isArgoValuesFile = (root: Node | undefined): boolean =>
  get(root, 'configs', 'clusterCredentials') !== undefined;

function ofRelease(object: KubernetesObject): ArgoChartValues[] {
  const values = asMap(get(object.root, 'spec', 'values'));
  const chart = get(object.root, 'spec', 'chart', 'spec');
  const isArgo = isArgoRelease(object);
  // An umbrella chart has the values of its part under the name of the part.
  const own = isArgo ? values : asMap(get(values, CHART));
  if (!own || (!isArgo && !get(own, 'configs'))) return [];
  const complete = !object.partial && get(object.root, 'spec', 'valuesFrom') === undefined;
  return [{ values: own, object, version: isArgo ? get(chart, 'version') : undefined, complete }];
}

function ofApplication(object: KubernetesObject): ArgoChartValues[] {
  const sources = [get(object.root, 'spec', 'source'), ...items(get(object.root, 'spec', 'sources'))];
  return sources.flatMap((source): ArgoChartValues[] => {
    if (text(get(source, 'chart')) !== CHART) return [];
    const helm = get(source, 'helm');
    const values = asMap(get(helm, 'valuesObject'));
    const more = ['valueFiles', 'values', 'parameters', 'fileParameters'].some((key) => get(helm, key));
    return values
      ? [{ values, object, version: get(source, 'targetRevision'), complete: !object.partial && !more }]
      : [];
  });
}

function ofKustomization(object: KubernetesObject): ArgoChartValues[] {
  return items(get(object.root, 'helmCharts')).flatMap((chart): ArgoChartValues[] => {
    const values = text(get(chart, 'name')) === CHART ? asMap(get(chart, 'valuesInline')) : undefined;
    const more = get(chart, 'valuesFile') ?? get(chart, 'additionalValuesFiles');
    return values ? [{ values, object, version: get(chart, 'version'), complete: !more }] : [];
  });
}

/** What an object says of the version of Argo CD: by the release of the chart it installs, or by the tag of its image. */
export function argoChartVersionsOf(
  object: KubernetesObject,
): { readonly chart: string | undefined; readonly tag: string | undefined }[] {
  const of = (isArgo: boolean, version: Node | undefined, values: Node | undefined) =>
    isArgo ? [{ chart: text(version), tag: text(get(values, 'global', 'image', 'tag')) }] : [];
  const { root } = object;
  if (isKind(object, 'helm.toolkit.fluxcd.io', 'HelmRelease'))
    return of(isArgoRelease(object), get(root, 'spec', 'chart', 'spec', 'version'), get(root, 'spec', 'values'));
  if (isKind(object, 'argoproj.io', 'Application'))
    return [get(root, 'spec', 'source'), ...items(get(root, 'spec', 'sources'))].flatMap((source) =>
      of(text(get(source, 'chart')) === CHART, get(source, 'targetRevision'), get(source, 'helm', 'valuesObject')),
    );
  return items(get(root, 'helmCharts')).flatMap((chart) =>
    of(text(get(chart, 'name')) === CHART, get(chart, 'version'), get(chart, 'valuesInline')),
  );
}

/** One cluster of `configs.clusterCredentials`: a map by name, in old charts a list. */
export interface ChartCluster {
  readonly name: Node;
  readonly root: MapNode;
}

export function chartClusters({ values }: ArgoChartValues): ChartCluster[] {
  const clusters = get(values, 'configs', 'clusterCredentials');
  const listed = items(clusters).flatMap((item): ChartCluster[] => {
    const root = asMap(item);
    return root ? [{ name: get(root, 'name') ?? root, root }] : [];
  });
  const named = entries(clusters).flatMap((entry): ChartCluster[] => {
    const root = asMap(entry.value);
    return root ? [{ name: entry.key, root }] : [];
  });
  return [...listed, ...named];
}
