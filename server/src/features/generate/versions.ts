/** Which version of a kind and which feature a Flux or Argo CD release has. */

/** Compares `2.10` with `2.9.1` by numbers; a part that is not there counts as the newest. */
export function atLeast(version: string, wanted: string): boolean {
  const have = version.replace(/^v/, '').split('.');
  const want = wanted.split('.');
  for (let i = 0; i < want.length; i++) {
    const part = have[i];
    if (part === undefined || !/^\d+/.test(part)) return true;
    const difference = Number.parseInt(part, 10) - Number(want[i]);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

type Kind =
  | 'GitRepository'
  | 'OCIRepository'
  | 'Bucket'
  | 'HelmRepository'
  | 'Kustomization'
  | 'HelmRelease'
  | 'ImageRepository'
  | 'ImagePolicy'
  | 'ImageUpdateAutomation'
  | 'Provider'
  | 'Alert';

const SOURCE = 'source.toolkit.fluxcd.io';
const IMAGE = 'image.toolkit.fluxcd.io';
const NOTIFICATION = 'notification.toolkit.fluxcd.io';

// Newest first: the first whose Flux minor is reached counts. From the CRDs of each Flux minor.
const API_VERSIONS: Readonly<Record<Kind, readonly (readonly [since: string, apiVersion: string])[]>> = {
  GitRepository: [['2.0', `${SOURCE}/v1`]],
  OCIRepository: [
    ['2.6', `${SOURCE}/v1`],
    ['2.0', `${SOURCE}/v1beta2`],
  ],
  Bucket: [
    ['2.4', `${SOURCE}/v1`],
    ['2.0', `${SOURCE}/v1beta2`],
  ],
  HelmRepository: [
    ['2.3', `${SOURCE}/v1`],
    ['2.0', `${SOURCE}/v1beta2`],
  ],
  Kustomization: [['2.0', 'kustomize.toolkit.fluxcd.io/v1']],
  HelmRelease: [
    ['2.3', 'helm.toolkit.fluxcd.io/v2'],
    ['2.2', 'helm.toolkit.fluxcd.io/v2beta2'],
    ['2.0', 'helm.toolkit.fluxcd.io/v2beta1'],
  ],
  ImageRepository: [
    ['2.7', `${IMAGE}/v1`],
    ['2.0', `${IMAGE}/v1beta2`],
  ],
  ImagePolicy: [
    ['2.7', `${IMAGE}/v1`],
    ['2.0', `${IMAGE}/v1beta2`],
  ],
  ImageUpdateAutomation: [
    ['2.7', `${IMAGE}/v1`],
    ['2.3', `${IMAGE}/v1beta2`],
    ['2.0', `${IMAGE}/v1beta1`],
  ],
  Provider: [
    ['2.2', `${NOTIFICATION}/v1beta3`],
    ['2.0', `${NOTIFICATION}/v1beta2`],
  ],
  Alert: [
    ['2.2', `${NOTIFICATION}/v1beta3`],
    ['2.0', `${NOTIFICATION}/v1beta2`],
  ],
};

/** The newest apiVersion of a kind that a Flux release serves. */
export function apiVersion(kind: Kind, fluxVersion: string): string {
  const versions = API_VERSIONS[kind];
  return (versions.find(([since]) => atLeast(fluxVersion, since)) ?? versions.at(-1)!)[1];
}

/** A refusal for a feature that a release lacks; undefined when it has it. */
export const needsFlux = (fluxVersion: string, since: string, what: string): string | undefined =>
  atLeast(fluxVersion, since) ? undefined : `${what} needs Flux ${since} or newer; this is ${fluxVersion}.`;

export const needsArgo = (argocdVersion: string, since: string, what: string): string | undefined =>
  atLeast(argocdVersion, since) ? undefined : `${what} needs Argo CD ${since} or newer; this is ${argocdVersion}.`;
