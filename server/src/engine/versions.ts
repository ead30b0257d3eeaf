import { compareVersions, type Settings, type Version } from '../model/context.ts';
import type { KubernetesObject } from '../model/object.ts';
import { argoChartVersionsOf } from '../model/views/argo-helm.ts';
import { asScalar, get, items, text } from '../yaml/navigate.ts';

/** The newest versions this knowledge was read from. */
export const NEWEST = { flux: '2.9', argocd: '3.5', sops: '3.13', kubernetes: '1.36' } as const;

const VERSION = /^v?(\d+\.\d+)(\.\d+)?/;

export function parseVersion(value: string | undefined, why: string): Version | undefined {
  const match = VERSION.exec(value ?? '');
  return match
    ? { minor: match[1] as string, full: match[2] ? (match[1] as string) + match[2] : undefined, known: true, why }
    : undefined;
}

const newest = (product: keyof typeof NEWEST): Version => ({
  minor: NEWEST[product],
  known: false,
  why: 'newest known, as no file or setting names another',
});

/** What `objects` gives: the complete objects of a kind. */
type Objects = (group: string, kind: string) => readonly KubernetesObject[];

/** The Flux version: the setting, a FluxInstance, gotk-components.yaml, else the newest. */
export function fluxVersion(settings: Settings, objects: Objects): Version {
  const set = parseVersion(settings.fluxVersion, 'setting fluxVersion');
  if (set) return set;
  const found: Version[] = [];
  for (const instance of objects('fluxcd.controlplane.io', 'FluxInstance')) {
    const value = asScalar(get(instance.root, 'spec', 'distribution', 'version'));
    // A range such as `2.x` follows the newest.
    const version = parseVersion(
      value?.text.replace(/\.(x|\*)$/, ''),
      `FluxInstance in ${shortName(instance.document.uri)}`,
    );
    if (version) found.push(version);
  }
  for (const namespace of objects('', 'Namespace')) {
    if (text(get(namespace.root, 'metadata', 'labels', 'app.kubernetes.io/part-of')) !== 'flux') continue;
    const version = parseVersion(
      text(get(namespace.root, 'metadata', 'labels', 'app.kubernetes.io/version')),
      shortName(namespace.document.uri),
    );
    if (version) found.push(version);
  }
  return oldest(found) ?? newest('flux');
}

/** Where the version of Argo CD may be written besides its workloads: what installs its chart, and kustomizations. */
export const ARGO_CD_CLASSES: readonly string[] = [
  'apps/Deployment',
  'apps/StatefulSet',
  'kustomize.config.k8s.io/Kustomization',
  'helm.toolkit.fluxcd.io/HelmRelease',
  'argoproj.io/Application',
];
const CHART_KINDS = [
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
  ['argoproj.io', 'Application'],
  ['kustomize.config.k8s.io', 'Kustomization'],
] as const;

/**
 * The Argo CD that releases of the argo-cd chart bring, where it is known: from a release up to another. Read in
 * release notes of argoproj/argo-helm; releases between two rows may bring either, and tell nothing.
 */
const CHARTS: readonly (readonly [from: string, to: string, argocd: string])[] = [
  ['5.51.6', '5.53.1', '2.9'],
  ['7.4.7', '7.4.7', '2.12.3'],
  ['7.7.14', '7.7.23', '2.13'],
  ['7.8.0', '7.8.5', '2.14'],
  ['7.8.6', '7.8.6', '2.14.3'],
  ['7.8.7', '7.9.1', '2.14'],
  ['8.0.0', '8.0.0', '3.0.0'],
  ['8.0.1', '8.2.7', '3.0'],
  ['8.3.0', '9.0.3', '3.1'],
  ['9.2.1', '9.3.5', '3.2'],
  ['10.1.3', '10.1.3', '3.4.5'],
  ['10.3.3', '10.9.0', '3.5'],
];

/** The version of Argo CD in a release of the chart; `undefined` for ranges and for releases that are not known. */
function argoCdOfChart(chart: string): string | undefined {
  const exact = /^v?(\d+\.\d+\.\d+)$/.exec(chart.trim())?.[1];
  return (
    exact && CHARTS.find(([from, to]) => compareVersions(exact, from) >= 0 && compareVersions(exact, to) <= 0)?.[2]
  );
}

/** The Argo CD version: the setting, the image of an install manifest, the version of the argo-helm chart, else the newest. */
export function argocdVersion(settings: Settings, objects: Objects): Version {
  const set = parseVersion(settings.argocdVersion, 'setting argocdVersion');
  if (set) return set;
  const found: Version[] = [];
  for (const kind of ['Deployment', 'StatefulSet'])
    for (const workload of objects('apps', kind)) {
      const containers = get(workload.root, 'spec', 'template', 'spec', 'containers');
      if (containers?.kind !== 'seq') continue;
      for (const container of containers.items) {
        const image = text(get(container, 'image'));
        const tag = /(?:^|\/)argoproj\/argocd:(v?\d[^@]*)/.exec(image ?? '')?.[1];
        const version = parseVersion(tag, `image in ${shortName(workload.document.uri)}`);
        if (version) found.push(version);
      }
    }
  for (const kustomization of objects('kustomize.config.k8s.io', 'Kustomization')) {
    const where = shortName(kustomization.document.uri);
    for (const resource of items(get(kustomization.root, 'resources'))) {
      const reference = /argoproj\/argo-cd[^ ]*(?:\?ref=|\/)(v\d+\.\d+\.\d+)/.exec(text(resource) ?? '')?.[1];
      const version = parseVersion(reference, `resource in ${where}`);
      if (version) found.push(version);
    }
    for (const image of items(get(kustomization.root, 'images'))) {
      const isArgo = /(^|\/)argoproj\/argocd$/.test(text(get(image, 'name')) ?? '');
      const version = isArgo ? parseVersion(text(get(image, 'newTag')), `image in ${where}`) : undefined;
      if (version) found.push(version);
    }
  }
  for (const [group, kind] of CHART_KINDS)
    for (const object of objects(group, kind))
      for (const { chart, tag } of argoChartVersionsOf(object)) {
        const where = shortName(object.document.uri);
        const version =
          parseVersion(tag, `image in ${where}`) ??
          parseVersion(chart && argoCdOfChart(chart), `chart argo-cd ${chart} in ${where}`);
        if (version) found.push(version);
      }
  return oldest(found) ?? newest('argocd');
}

export const sopsVersion = (settings: Settings): Version =>
  parseVersion(settings.sopsVersion, 'setting sopsVersion') ?? newest('sops');

export const kubernetesVersion = (settings: Settings): Version =>
  parseVersion(settings.kubernetesVersion, 'setting kubernetesVersion') ?? newest('kubernetes');

/** Several clusters in one repository: what holds for the oldest is what may be wrong for one of them. */
function oldest(versions: readonly Version[]): Version | undefined {
  return [...versions].sort((a, b) => compareVersions(a.full ?? a.minor, b.full ?? b.minor))[0];
}

const shortName = (uri: string): string => decodeURIComponent(uri.split('/').slice(-2).join('/'));
