import { mayMeet, type Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { byText } from '../../model/object-index.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { asMap, asScalar, entries, get, getEntry, textAt } from '../../yaml/navigate.ts';
import type { Entry, ScalarNode } from '../../yaml/tree.ts';
import { clusterConfigs } from '../argocd/_cluster-config.ts';
import { view } from '../views.ts';
import { CLIENT_ID, TENANT_ID } from './_keys.ts';

/** A value that says which identity, tenant or cloud to use, wherever it is written. */
export interface IdentityValue {
  readonly what: 'client' | 'tenant' | 'authority' | 'tokenFile';
  /** The name people know the place by: the annotation, variable or key. */
  readonly name: string;
  readonly node: ScalarNode;
  /** The text meant: decoded for `data` of a Secret. */
  readonly text: string;
  readonly object: KubernetesObject | undefined;
  /** The entry to remove, where the value stands for itself. */
  readonly entry: Entry | undefined;
  readonly place: 'annotation' | 'env' | 'bucket-secret' | 'sops-azure-kv' | 'argocd-exec' | 'aso-secret';
}

const VARIABLES: Readonly<Record<string, IdentityValue['what']>> = {
  AZURE_CLIENT_ID: 'client',
  AZURE_TENANT_ID: 'tenant',
  AZURE_AUTHORITY_HOST: 'authority',
  AZURE_FEDERATED_TOKEN_FILE: 'tokenFile',
};
const SECRET_KEYS: Readonly<Record<string, IdentityValue['what']>> = {
  clientId: 'client',
  tenantId: 'tenant',
  authorityHost: 'authority',
};
const SOPS_KEYS: Readonly<Record<string, IdentityValue['what']>> = {
  clientid: 'client',
  tenantid: 'tenant',
  tenant: 'tenant',
  appid: 'client',
  authorityhost: 'authority',
};

export const identityValues = view<IdentityValue>(
  'client ids, tenants and authority hosts wherever they are written',
  function* (unit, context) {
    const { object } = unit;
    if (unit.language === 'sops-azure-kv') {
      for (const entry of entries(asMap(unit.root))) {
        const what = SOPS_KEYS[entry.key.text.toLowerCase()];
        const node = asScalar(entry.value);
        if (what && node && typeof node.value === 'string')
          yield {
            what,
            name: entry.key.text,
            node,
            text: node.text,
            object: unit.owner?.object,
            entry,
            place: 'sops-azure-kv',
          };
      }
      return;
    }
    for (const config of clusterConfigs.select(unit, context)) {
      if (!config.azure) continue;
      for (const entry of entries(config.env)) {
        const what = VARIABLES[entry.key.text];
        const node = asScalar(entry.value);
        if (what && node && typeof node.value === 'string')
          yield {
            what,
            name: entry.key.text,
            node,
            text: node.text,
            object: unit.owner?.object,
            entry,
            place: 'argocd-exec',
          };
      }
    }
    if (!object) return;
    if (object.group === '' && object.kind === 'ServiceAccount') {
      for (const [key, what] of [
        [CLIENT_ID, 'client'],
        [TENANT_ID, 'tenant'],
      ] as const) {
        const entry = getEntry(object.root, 'metadata', 'annotations', key);
        const node = asScalar(entry?.value);
        if (entry && node && typeof node.value === 'string')
          yield { what, name: key, node, text: node.text, object, entry, place: 'annotation' };
      }
    }
    for (const container of podTemplateOf(object)?.containers ?? [])
      for (const variable of container.env) {
        const what = VARIABLES[variable.nameText];
        const node = asScalar(variable.value);
        if (what && node && typeof node.value === 'string')
          yield { what, name: variable.nameText, node, text: node.text, object, entry: undefined, place: 'env' };
      }
    if (object.group === '' && object.kind === 'Secret') {
      const aso = object.name === 'aso-credential' || object.name === 'aso-controller-settings';
      if (!aso && !isBucketSecret(object, context.workspace)) return;
      for (const item of dataOf(object).values()) {
        const what = aso ? VARIABLES[item.key] : SECRET_KEYS[item.key];
        if (what && item.node && item.text !== undefined)
          yield {
            what,
            name: item.key,
            node: item.node,
            text: item.text,
            object,
            entry: item.entry,
            place: aso ? 'aso-secret' : 'bucket-secret',
          };
      }
    }
  },
);

/** True for the Secret that a Bucket with provider azure names. */
export function isBucketSecret(secret: KubernetesObject, workspace: Workspace): boolean {
  if (secret.name === undefined) return false;
  const data = dataOf(secret);
  if (
    ![...Object.keys(SECRET_KEYS), 'accountKey', 'sasKey', 'clientSecret', 'clientCertificate'].some((k) => data.has(k))
  )
    return false;
  const own = workspace.namespacesOf(secret);
  const users = workspace.having(
    'source.toolkit.fluxcd.io',
    'Bucket',
    byText('spec', 'secretRef', 'name'),
    secret.name,
  );
  return users.some((bucket) => {
    if (textAt(bucket.root, 'spec', 'provider') !== 'azure') return false;
    const theirs = workspace.namespacesOf(bucket);
    return mayMeet(own, theirs);
  });
}

export const hasEnvFrom = (object: KubernetesObject): boolean =>
  (podTemplateOf(object)?.containers ?? []).some((c) => get(c.node, 'envFrom') !== undefined);
