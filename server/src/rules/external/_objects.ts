import type { Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { asMap, asScalar, get, getEntry, text, textAt } from '../../yaml/navigate.ts';
import type { Entry, MapNode, ScalarNode } from '../../yaml/tree.ts';
import { kinds, onlyTypes, view } from '../views.ts';

export const ESO = 'external-secrets.io';
export const stores = kinds(`${ESO}/SecretStore`, `${ESO}/ClusterSecretStore`);

/** A store for Azure Key Vault that logs in as a ServiceAccount. */
export interface AccountStore {
  readonly store: KubernetesObject;
  readonly azurekv: MapNode;
  readonly account: ScalarNode;
  /** Where the account is looked up; `undefined` where it is that of the store, or not known. */
  readonly namespace: string | undefined;
}

export function accountStoreOf(store: KubernetesObject): AccountStore | undefined {
  const azurekv = asMap(get(store.root, 'spec', 'provider', 'azurekv'));
  const account = asScalar(get(azurekv, 'serviceAccountRef', 'name'));
  if (!azurekv || typeof account?.value !== 'string' || textAt(azurekv, 'authType') !== 'WorkloadIdentity')
    return undefined;
  const namespace = store.kind === 'SecretStore' ? undefined : textAt(azurekv, 'serviceAccountRef', 'namespace');
  // Of a ClusterSecretStore the namespace is that of whoever uses it, where it is not written.
  if (store.kind !== 'SecretStore' && namespace === undefined) return undefined;
  return { store, azurekv, account, namespace: namespace ?? textAt(azurekv, 'serviceAccountRef', 'namespace') };
}

/** The one ServiceAccount of a store as it is with its patches; `undefined` where there is none in sight, or several may be it. */
export function accountOf(found: AccountStore, workspace: Workspace): KubernetesObject | undefined {
  const near = found.namespace === undefined ? found.store : { namespace: found.namespace };
  if (found.namespace === undefined && !workspace.namespacesOf(found.store).known) return undefined;
  const lookup = workspace.find('', 'ServiceAccount', found.account.text, near);
  const [account, ...others] = lookup.state === 'found' ? lookup.values : [];
  if (!account || others.length > 0 || !workspace.namespacesOf(account).known) return undefined;
  return workspace.isComplete(account) ? workspace.patched(account) : undefined;
}

/** The parameters of a SecretProviderClass for Azure Key Vault, whole or partial. */
export interface ProviderClass {
  readonly object: KubernetesObject;
  readonly entry: Entry;
  readonly parameters: MapNode;
}

export const providerClasses = view<ProviderClass>(
  'SecretProviderClass with provider azure',
  function* ({ object }) {
    if (!object || !isKind(object, 'secrets-store.csi.x-k8s.io', 'SecretProviderClass')) return;
    const provider = text(get(object.root, 'spec', 'provider'));
    if (provider !== 'azure' && !(object.partial && provider === undefined)) return;
    const entry = getEntry(object.root, 'spec', 'parameters');
    const parameters = asMap(entry?.value);
    if (entry && parameters) yield { object, entry, parameters };
  },
  onlyTypes(['secrets-store.csi.x-k8s.io/SecretProviderClass']),
);

/** The switches for an identity other than workload identity. */
export const MODES = ['usePodIdentity', 'useVMManagedIdentity', 'useAzureTokenProxy'] as const;

/** A parameter as Go reads it: a boolean, or `undefined` for what is none or is not written. */
export function switchOf(parameters: MapNode, key: string): boolean | undefined {
  const value = asScalar(get(parameters, key))?.text;
  if (value === undefined) return undefined;
  if (/^(1|t|T|TRUE|true|True)$/.test(value)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(value) ? false : undefined;
}
