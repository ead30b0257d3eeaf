import type { Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { byKey } from '../../model/object-index.ts';
import { referrersOf } from '../../model/views/flux-references.ts';
import { type DataItem, dataOf } from '../../model/views/secret-data.ts';
import { addAt, addEntries, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, get, textAt } from '../../yaml/navigate.ts';
import type { View } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { BUCKET, GIT_REPOSITORY, HELM_REPOSITORY, IMAGE_REPOSITORY, OCI_REPOSITORY, PROVIDER } from './_sources.ts';

/** A Secret that Flux objects refer to by a field, with the data it has once patches are applied. */
export interface UsedSecret {
  readonly secret: KubernetesObject;
  readonly data: ReadonlyMap<string, DataItem>;
  /** True where keys that are not here are nowhere else. */
  readonly complete: boolean;
  /** The objects that refer to it, as they are with their patches; at least one. */
  readonly users: readonly KubernetesObject[];
}

/**
 * Secrets that objects of these kinds name at `spec.<field>`. Secrets without data are none to judge: something else fills
 * them.
 */
export function usedSecrets(
  field: string,
  kinds: readonly string[],
  uses: (user: KubernetesObject) => boolean = () => true,
): View<UsedSecret> {
  const names = kinds.map((kind) => kind.slice(kind.lastIndexOf('/') + 1)).join(', ');
  return view(
    `Secret of spec.${field} of ${names}`,
    function* ({ object }, { workspace }) {
      if (!object || object.partial || !isKind(object, '', 'Secret')) return;
      const users = referrersOf(object, kinds, ['spec', field, 'name'], workspace).flatMap((user) => {
        const variants = workspace.variants(user);
        return variants.every((v) => !v.partial && uses(v)) ? variants.slice(0, 1) : [];
      });
      if (users.length === 0) return;
      const patched = workspace.patched(object);
      const data = dataOf(patched);
      const complete =
        !patched.partial && !isDamaged(object) && workspace.isComplete(object) && !isFilled(object, workspace);
      if (data.size > 0) yield { secret: object, data, complete, users };
    },
    onlyTypes(['/Secret']),
  );
}

const BY_TARGET = byKey('target', ({ root, name }) => textAt(root, 'spec', 'target', 'name') ?? name);

/** True where an ExternalSecret puts keys into a Secret that is there. */
const isFilled = (secret: KubernetesObject, workspace: Workspace): boolean =>
  workspace.having('external-secrets.io', 'ExternalSecret', BY_TARGET, secret.name ?? '').length > 0;

const isDamaged = ({ root }: KubernetesObject): boolean =>
  root.damaged || ['data', 'stringData'].some((field) => get(root, field)?.damaged === true);

/** Whether a key has a value that is not empty; what cannot be read is taken for one. */
export const hasValue = (item: DataItem | undefined): boolean =>
  item !== undefined && item.text !== '' && !(item.node && item.node.value === null) && item.node?.text !== '';

/** True for a Secret that SOPS has encrypted: an edit by hand would break its checksum. */
export const isEncrypted = (secret: KubernetesObject): boolean => get(secret.root, 'sops', 'mac') !== undefined;

/** Adds keys to `stringData`, to be filled in; `undefined` for an encrypted Secret. */
export function addKeys(secret: KubernetesObject, ...keys: readonly string[]): TreeEdit | undefined {
  if (isEncrypted(secret)) return undefined;
  const values = Object.fromEntries(keys.map((key) => [key, '']));
  const map = asMap(get(secret.root, 'stringData'));
  return map ? addEntries(map, values) : addAt(secret.root, ['stringData'], values);
}

/** The users in words, for a message: `Bucket "config"`. */
export const userNames = (users: readonly KubernetesObject[]): string =>
  users
    .slice(0, 3)
    .map((user) => `${user.kind} "${user.name}"`)
    .join(', ') + (users.length > 3 ? ' and others' : '');

const OTHER_FIELDS: readonly (readonly [field: string, kinds: readonly string[]])[] = [
  ['secretRef', [GIT_REPOSITORY, OCI_REPOSITORY, HELM_REPOSITORY, BUCKET, IMAGE_REPOSITORY, PROVIDER]],
  ['proxySecretRef', [GIT_REPOSITORY, OCI_REPOSITORY, BUCKET, IMAGE_REPOSITORY, PROVIDER]],
  ['certSecretRef', [OCI_REPOSITORY, HELM_REPOSITORY, BUCKET, IMAGE_REPOSITORY, PROVIDER]],
];

/** True where Flux objects beside these, or other fields of these, refer to the Secret: it has keys for them too. */
export const hasOtherUses = (
  secret: KubernetesObject,
  users: readonly KubernetesObject[],
  workspace: Workspace,
): boolean =>
  OTHER_FIELDS.some(([field, kinds]) =>
    referrersOf(secret, kinds, ['spec', field, 'name'], workspace).some(
      (other) =>
        field !== 'secretRef' ||
        !users.some((user) => user.document === other.document && user.name === other.name && user.kind === other.kind),
    ),
  );
