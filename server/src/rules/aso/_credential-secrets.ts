import type { Workspace } from '../../model/context.ts';
import { annotation, isKind, type KubernetesObject } from '../../model/object.ts';
import { ASO_KINDS, inOneNamespace } from '../../model/views/aso.ts';
import { type DataItem, dataOf } from '../../model/views/secret-data.ts';
import { quote, replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { get, text } from '../../yaml/navigate.ts';
import { onlyTypes, view } from '../views.ts';

export const SETTINGS = 'aso-controller-settings';

/** A Secret from which the operator takes what it logs in to Azure with. */
export interface CredentialSecret {
  readonly secret: KubernetesObject;
  /** Of this object alone, without patches. */
  readonly data: ReadonlyMap<string, DataItem>;
}

/** The Secrets with the two known names, and those that an annotation `credential-from` names. Patches too. */
export const credentialSecrets = view<CredentialSecret>(
  'credentials of Azure Service Operator',
  function* ({ object }, { workspace }) {
    if (!object || !isKind(object, '', 'Secret') || object.name === undefined) return;
    const data = dataOf(object);
    const known = object.name === 'aso-credential' || object.name === SETTINGS;
    if (!known && !([...data.keys()].some((key) => KEYS.test(key)) && isNamed(object, workspace))) return;
    yield { secret: object, data };
  },
  onlyTypes(['/Secret']),
);

const KEYS = /^(AZURE_(SUBSCRIPTION_ID|TENANT_ID|CLIENT_ID|CLIENT_SECRET|CLIENT_CERTIFICATE)|AUTH_MODE)$/;

function isNamed(secret: KubernetesObject, workspace: Workspace): boolean {
  return ASO_KINDS.some(([group, kind]) =>
    workspace
      .objects(group, kind)
      .some(
        (o) =>
          text(annotation(o, 'serviceoperator.azure.com/credential-from')?.value) === secret.name &&
          inOneNamespace(o, secret, workspace) === true,
      ),
  );
}

/** Gives a key another value, encoded where it has to be; `undefined` for what SOPS has encrypted. */
export function setItem(secret: KubernetesObject, item: DataItem, value: string): TreeEdit | undefined {
  if (!item.node || item.encrypted || get(secret.root, 'sops', 'mac') !== undefined) return undefined;
  if (item.field === 'data') return replaceText(item.node, btoa(value));
  return typeof item.node.value === 'string' ? replaceText(item.node, value) : quote(item.node, value);
}
