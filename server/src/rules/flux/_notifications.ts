import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { textAt } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import type { View } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { isWhole, specsOf } from './_fields.ts';
import { textOr } from './_sources.ts';

export const RECEIVER = 'notification.toolkit.fluxcd.io/Receiver';
export const ALERT = 'notification.toolkit.fluxcd.io/Alert';

/** A Provider of the notification controller. */
export interface NotificationProvider {
  readonly object: KubernetesObject;
  readonly type: string;
  /** Its spec as each of its builds makes it: something is wrong where it is wrong in all. At least one. */
  readonly specs: readonly MapNode[];
  /** True where the fields that are not here are nowhere else: what is missing is missing. */
  readonly whole: boolean;
}

/** `undefined` for a Provider without a spec, or whose type nobody can tell. */
export function providerFrom(object: KubernetesObject, workspace: Workspace): NotificationProvider | undefined {
  const specs = specsOf(object, workspace);
  const type = specs[0] && textOr(specs[0], ['type'], '');
  if (!type || specs.some((spec) => textOr(spec, ['type'], '') !== type)) return undefined;
  return { object, type, specs, whole: isWhole(object, specs, workspace) };
}

/** The Providers of some types; those of all types that are known where none is given. */
export const providersOf = (...types: readonly string[]): View<NotificationProvider> =>
  view(
    types.length > 0 ? `Providers of type ${types.join(', ')}` : 'Providers',
    function* ({ object }, { workspace }) {
      if (object?.kind !== 'Provider' || object.group !== 'notification.toolkit.fluxcd.io') return;
      const provider = providerFrom(object, workspace);
      if (provider && (types.length === 0 || types.includes(provider.type))) yield provider;
    },
    onlyTypes(['notification.toolkit.fluxcd.io/Provider']),
  );

/** True where a visible Secret of a Provider holds the address: it goes before the field. */
export function secretHasAddress(spec: MapNode, object: KubernetesObject, workspace: Workspace): boolean {
  const name = textAt(spec, 'secretRef', 'name');
  const found = name === undefined ? undefined : workspace.find('', 'Secret', name, object);
  return found?.state === 'found' && found.values.some((secret) => dataOf(workspace.patched(secret)).has('address'));
}
