import { maskTemplates } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { type DataItem, dataOf } from '../../model/views/secret-data.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import type { MapNode, ScalarNode } from '../../yaml/tree.ts';
import { onlyTypes, view } from '../views.ts';
import { type NotificationProvider, providerFrom } from './_notifications.ts';
import { usedSecrets } from './_secrets.ts';
import { isSet, PROVIDER } from './_sources.ts';

/** True for an address that names a host, where the name of an event hub is expected. */
export const isHubUrl = (address: string): boolean => /:\/\/|\.servicebus\./i.test(address);

/** The Secrets of Providers for Event Hubs. */
export const hubSecrets = usedSecrets(
  'secretRef',
  [PROVIDER],
  ({ root }) => textAt(root, 'spec', 'type') === 'azureeventhub',
);

/** The address of a Provider for Event Hubs, where it is written: in the field, or in the Secret, which goes first. */
export interface HubAddress {
  readonly node: ScalarNode;
  /** Its text in each build, decoded, with templates masked: something is wrong where it is wrong in all. At least one. */
  readonly texts: readonly string[];
  /** Set where it is in a Secret. */
  readonly item: DataItem | undefined;
}

export const hubAddresses = view<HubAddress>(
  'addresses of Providers of type azureeventhub',
  function* (unit, context) {
    for (const { data } of hubSecrets.select(unit, context)) {
      const item = data.get('address');
      if (item?.node && item.text !== undefined) yield { node: item.node, texts: [maskTemplates(item.text)], item };
    }
    const { object } = unit;
    if (!object || object.partial || `${object.group}/${object.kind}` !== PROVIDER) return;
    const provider = providerFrom(object, context.workspace);
    const node = asScalar(get(provider?.specs[0], 'address'));
    if (!node || provider?.type !== 'azureeventhub') return;
    const texts = addressesOf(provider, context.workspace, 'field');
    if (texts) yield { node, texts, item: undefined };
  },
  onlyTypes(['/Secret', PROVIDER]),
);

/**
 * The address of a Provider in each of its builds, templates masked; `undefined` where one of them is unknown, because the
 * Secret that may hold it is not here or is encrypted, or where it is not written in the place asked for.
 */
export function addressesOf(
  { object, specs }: NotificationProvider,
  workspace: Workspace,
  place: 'field' | 'anywhere' = 'anywhere',
): readonly string[] | undefined {
  const texts = specs.map((spec) => addressOf(spec, object, workspace, place));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function addressOf(
  spec: MapNode,
  object: KubernetesObject,
  workspace: Workspace,
  place: 'field' | 'anywhere',
): string | undefined {
  if (isSet(spec, 'secretRef')) {
    const name = textAt(spec, 'secretRef', 'name');
    const found = name === undefined ? undefined : workspace.find('', 'Secret', name, object);
    if (found?.state !== 'found' || found.values.length !== 1) return undefined;
    const [secret] = found.values as [KubernetesObject];
    const data = dataOf(workspace.patched(secret));
    const item = data.get('address');
    if (item) return place === 'field' || item.text === undefined ? undefined : maskTemplates(item.text);
    if (data.size === 0 || !workspace.isComplete(secret)) return undefined;
  }
  const address = textAt(spec, 'address');
  return address === undefined ? undefined : maskTemplates(address);
}

export const isSas = (address: string): boolean => address.includes('SharedAccessKey');
