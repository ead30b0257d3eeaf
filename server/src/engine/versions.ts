import type { Settings, Version } from '../model/context.ts';
import type { KubernetesObject } from '../model/object.ts';
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
  for (const kustomization of objects('kustomize.config.k8s.io', 'Kustomization'))
    for (const resource of items(get(kustomization.root, 'resources'))) {
      const reference = /argoproj\/argo-cd[^ ]*(?:\?ref=|\/)(v\d+\.\d+\.\d+)/.exec(text(resource) ?? '')?.[1];
      const version = parseVersion(reference, `resource in ${shortName(kustomization.document.uri)}`);
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
  return [...versions].sort((a, b) => number(a.minor) - number(b.minor))[0];
}

const number = (minor: string): number => {
  const [major = 0, part = 0] = minor.split('.').map(Number);
  return major * 1000 + part;
};

const shortName = (uri: string): string => decodeURIComponent(uri.split('/').slice(-2).join('/'));
