import { asScalar, get, text, textAt } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { mayMeet, type Workspace } from '../context.ts';
import type { KubernetesObject } from '../object.ts';
import { byKey } from '../object-index.ts';
import { dataOf } from './secret-data.ts';

/**
 * A field that gives one Flux object an identity of its own: the ServiceAccount whose annotations name it.
 * Source: fluxcd/pkg@e2cfd1a2 auth/azure/options.go and the controllers' use of it.
 */
export interface ObjectLevelIdentity {
  readonly object: KubernetesObject;
  readonly account: ScalarNode;
  readonly field: string;
  /** The Flux minor that brought it. */
  readonly since: '2.6' | '2.7';
  /** True where the same ServiceAccount may be there for its image pull secrets instead. */
  readonly pullSecrets: boolean;
}

const SOURCES: Readonly<Record<string, { since: '2.6' | '2.7'; pullSecrets: boolean }>> = {
  'source.toolkit.fluxcd.io/OCIRepository': { since: '2.6', pullSecrets: true },
  'source.toolkit.fluxcd.io/GitRepository': { since: '2.7', pullSecrets: false },
  'source.toolkit.fluxcd.io/Bucket': { since: '2.7', pullSecrets: false },
  'image.toolkit.fluxcd.io/ImageRepository': { since: '2.6', pullSecrets: true },
};

/** The object-level identity of a Flux object for Azure; `undefined` where it has none. */
export function objectLevelIdentityOf(object: KubernetesObject): ObjectLevelIdentity | undefined {
  const source = SOURCES[`${object.group}/${object.kind}`];
  if (source && textAt(object.root, 'spec', 'provider') === 'azure')
    return field(object, ['spec', 'serviceAccountName'], source);
  if (object.group === 'notification.toolkit.fluxcd.io' && object.kind === 'Provider') {
    const type = textAt(object.root, 'spec', 'type');
    if (type === 'azureeventhub')
      return field(object, ['spec', 'serviceAccountName'], { since: '2.6', pullSecrets: false });
    if (type === 'azuredevops')
      return field(object, ['spec', 'serviceAccountName'], { since: '2.7', pullSecrets: false });
  }
  if (object.group === 'kustomize.toolkit.fluxcd.io' && object.kind === 'Kustomization')
    return field(object, ['spec', 'decryption', 'serviceAccountName'], { since: '2.6', pullSecrets: false });
  if (object.group === '' && object.kind === 'ConfigMap' && dataOf(object).get('provider')?.text === 'azure') {
    const data = dataOf(object);
    if (data.has('cluster') || data.has('address') || data.has('ca.crt'))
      return field(object, ['data', 'serviceAccountName'], { since: '2.7', pullSecrets: false });
  }
  return undefined;
}

function field(
  object: KubernetesObject,
  path: readonly string[],
  facts: { since: '2.6' | '2.7'; pullSecrets: boolean },
): ObjectLevelIdentity | undefined {
  const node = get(object.root, ...path);
  const account = asScalar(node);
  return account && text(node) ? { object, account, field: path.join('.'), ...facts } : undefined;
}

/** The kinds that objectLevelIdentityOf knows. */
export const OBJECT_LEVEL_KINDS = [
  ...Object.keys(SOURCES),
  'notification.toolkit.fluxcd.io/Provider',
  'kustomize.toolkit.fluxcd.io/Kustomization',
  '/ConfigMap',
] as const;

const BY_ACCOUNT = byKey('identity', (object) => objectLevelIdentityOf(object)?.account.text);

/** The Flux objects that authenticate with a ServiceAccount. Those whose namespace is unknown may, and are among them. */
export function identityUsers(account: KubernetesObject, workspace: Workspace): ObjectLevelIdentity[] {
  const own = workspace.namespacesOf(account);
  return OBJECT_LEVEL_KINDS.flatMap((kind) => {
    const slash = kind.lastIndexOf('/');
    const [group, name] = [kind.slice(0, slash), kind.slice(slash + 1)];
    return workspace.having(group, name, BY_ACCOUNT, account.name ?? '').flatMap((object) => {
      const identity = objectLevelIdentityOf(object);
      if (!identity) return [];
      const theirs = workspace.namespacesOf(object);
      return mayMeet(own, theirs) ? [identity] : [];
    });
  });
}
