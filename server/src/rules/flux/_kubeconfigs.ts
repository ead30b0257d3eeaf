import type { RuleContext } from '../../model/context.ts';
import { atLeast, type Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import type { ObjectIndex } from '../../model/object-index.ts';
import { referrersOf } from '../../model/views/flux-references.ts';
import { type DataItem, dataOf } from '../../model/views/secret-data.ts';
import { asMap, get, items, textAt } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { onlyTypes, view } from '../views.ts';
import { isWhole } from './_fields.ts';

export const FLUX_KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/Kustomization';
export const HELM_RELEASE = 'helm.toolkit.fluxcd.io/HelmRelease';
export const DEPLOYING_KINDS = [FLUX_KUSTOMIZATION, HELM_RELEASE];

export const KUBECONFIG_KEYS = ['provider', 'cluster', 'address', 'ca.crt', 'audiences', 'serviceAccountName'];
export const PROVIDERS = ['aws', 'azure', 'gcp', 'generic'];

type Data = ReadonlyMap<string, DataItem>;

/** The ConfigMap of a remote cluster, or a patch of one. */
export interface KubeconfigMap {
  readonly object: KubernetesObject;
  /** What its own text says. */
  readonly own: Data;
  /** Its data as each of its builds makes it; at least one. */
  readonly variants: readonly Data[];
  /** The objects that name it. None where it is known by its content alone, and for patches. */
  readonly users: readonly KubernetesObject[];
  /** True where the keys that are not here are nowhere else. */
  readonly whole: boolean;
}

/** ConfigMaps that describe a cluster for `kubeConfig.configMapRef`. There are none before Flux 2.7. */
export const kubeconfigMaps = view<KubeconfigMap>(
  'ConfigMaps of spec.kubeConfig.configMapRef',
  function* ({ object }, context) {
    const { workspace, flux } = context;
    if (!object || !isKind(object, '', 'ConfigMap') || !asMap(get(object.root, 'data')) || !atLeast(flux, '2.7'))
      return;
    const own = dataOf(object);
    if (object.partial) {
      if (isPatchOfOne(object, context)) yield { object, own, variants: [own], users: [], whole: false };
      return;
    }
    const users = usersOf(object, workspace);
    if (users.length === 0 && !(looksLikeOne(own) && !isVariables(object, workspace))) return;
    const variants = workspace.variants(object);
    const maps = variants.flatMap((v) => asMap(get(v.root, 'data')) ?? []);
    const whole = maps.length === variants.length && isWhole(object, maps, workspace);
    yield { object, own, variants: variants.map(dataOf), users, whole };
  },
  onlyTypes(['/ConfigMap']),
);

const usersOf = (object: KubernetesObject, workspace: Workspace): KubernetesObject[] =>
  referrersOf(object, DEPLOYING_KINDS, ['spec', 'kubeConfig', 'configMapRef', 'name'], workspace);

/** Without a reference in sight: only what nobody would put into a ConfigMap for anything else. */
function looksLikeOne(data: Data): boolean {
  if (!PROVIDERS.includes(data.get('provider')?.text ?? '')) return false;
  return /\/managedClusters\//i.test(data.get('cluster')?.text ?? '') || (data.has('address') && data.has('ca.crt'));
}

function isPatchOfOne(patch: KubernetesObject, { workspace }: RuleContext): boolean {
  if (![...dataOf(patch).keys()].some((key) => KUBECONFIG_KEYS.includes(key))) return false;
  const selected = workspace.selectedBy(patch);
  return (
    selected.state === 'found' &&
    selected.values.some((o) => usersOf(o, workspace).length > 0 || looksLikeOne(dataOf(o)))
  );
}

/** True for a ConfigMap that is read for something else too: as variables, or as the values of a chart. */
export function isVariables(object: KubernetesObject, workspace: Workspace): boolean {
  const { name } = object;
  return (
    name !== undefined &&
    (workspace.having('kustomize.toolkit.fluxcd.io', 'Kustomization', BY_VARIABLES, name).length > 0 ||
      workspace.having('helm.toolkit.fluxcd.io', 'HelmRelease', BY_VALUES, name).length > 0)
  );
}

const byNames = (...path: readonly string[]): ObjectIndex => ({
  name: `names of ${path.join('.')}`,
  keysOf: ({ root }) => items(get(root, ...path)).flatMap((item) => textAt(item, 'name') ?? []),
});

/** Kustomizations by the ConfigMaps and Secrets they take variables from. */
export const BY_VARIABLES = byNames('spec', 'postBuild', 'substituteFrom');
const BY_VALUES = byNames('spec', 'valuesFrom');

/**
 * The value of a key in the object's own text that is wrong in every build; `undefined` where another one takes its
 * place in all of them: that one is reported where it is written.
 */
export function wrongValue(
  { own, variants }: KubeconfigMap,
  key: string,
  isWrong: (item: DataItem, data: Data) => boolean,
): ScalarNode | undefined {
  const node = own.get(key)?.node;
  if (!node || !variants.some((data) => data.get(key)?.node === node)) return undefined;
  const wrong = (data: Data) => {
    const item = data.get(key);
    return item !== undefined && isWrong(item, data);
  };
  return variants.every(wrong) ? node : undefined;
}

/** Whether a cluster of AKS is meant. */
export const isAzure = (data: Data): boolean => data.get('provider')?.text === 'azure';

/** The objects that use it in words: `Kustomization "shop"`. */
export const usersInWords = ({ users }: KubeconfigMap): string | undefined => {
  const [user] = users;
  return user && `${user.kind} "${user.name}"`;
};
