import { isGuid } from '../azure/text-kinds.ts';
import type { Workspace } from '../model/context.ts';
import { annotation, type KubernetesObject } from '../model/object.ts';
import { byKey, byText, type ObjectIndex } from '../model/object-index.ts';
import { entries, get, text, textAt } from '../yaml/navigate.ts';

/** What the workspace knows of managed identities: by client id, and by the ServiceAccount that stands for one. */

const ASO = 'managedidentity.azure.com';
export const CLIENT_ID = 'azure.workload.identity/client-id';
export const TENANT_ID = 'azure.workload.identity/tenant-id';

/** A name for an identity, and where it was found, in words. */
export interface IdentityName {
  readonly name: string;
  readonly from: string;
}

/** The name of the identity behind a client id; `undefined` where no file tells. */
export function identityOfClientId(clientId: string, workspace: Workspace): IdentityName | undefined {
  if (!isGuid(clientId)) return undefined;
  const wanted = clientId.toLowerCase();
  for (const account of workspace.having('', 'ServiceAccount', BY_CLIENT_ID, wanted)) {
    const identity = identityOfAccount(account, workspace);
    if (identity) return identity;
  }
  return identityOfConfigMap(wanted, workspace) ?? identityOfComment(wanted, workspace);
}

export const clientIdOf = (account: KubernetesObject): string | undefined =>
  text(annotation(account, CLIENT_ID)?.value);
export const tenantIdOf = (account: KubernetesObject): string | undefined =>
  text(annotation(account, TENANT_ID)?.value);

/** The identity whose federated credential, an object of Azure Service Operator, names a ServiceAccount. */
export function identityOfAccount(account: KubernetesObject, workspace: Workspace): IdentityName | undefined {
  if (account.name === undefined) return undefined;
  const namespaces = workspace.namespacesOf(account);
  for (const namespace of namespaces.known ? namespaces.names : [])
    for (const credential of workspace.having(
      ASO,
      'FederatedIdentityCredential',
      BY_SUBJECT,
      `system:serviceaccount:${namespace}:${account.name}`,
    )) {
      const owner =
        textAt(credential.root, 'spec', 'owner', 'name') ??
        lastSegment(textAt(credential.root, 'spec', 'owner', 'armId'));
      if (owner)
        return {
          name: azureName(owner, workspace),
          from: `FederatedIdentityCredential ${credential.name ?? ''}`.trim(),
        };
    }
  return undefined;
}

/** The name in Azure of an identity that is an object of Azure Service Operator. */
function azureName(owner: string, workspace: Workspace): string {
  const [identity] = workspace.having(ASO, 'UserAssignedIdentity', byText('metadata', 'name'), owner);
  return (identity && textAt(identity.root, 'spec', 'azureName')) ?? owner;
}

const lastSegment = (id: string | undefined): string | undefined => id?.split('/').filter(Boolean).pop();

/** A ConfigMap that Azure Service Operator writes to is named by the identity that writes. */
function identityOfConfigMap(clientId: string, workspace: Workspace): IdentityName | undefined {
  for (const map of workspace.having('', 'ConfigMap', BY_CLIENT_ID_VALUE, clientId)) {
    const entry = clientIdEntries(map).find((e) => text(e.value)?.toLowerCase() === clientId);
    if (!entry || map.name === undefined) continue;
    const [writer] = workspace.having(ASO, 'UserAssignedIdentity', BY_EXPORT, map.name);
    const word = entry.key.text.replace(/[-_.]?client[-_.]?id$/i, '').replace(/^AZURE_?/i, '');
    return { name: writer?.name ?? (word === '' ? map.name : word), from: `ConfigMap ${map.name}` };
  }
  return undefined;
}

const clientIdEntries = (map: KubernetesObject) =>
  entries(get(map.root, 'data')).filter((e) => /client.?id/i.test(e.key.text));

const BY_CLIENT_ID = byKey('client id', (account) => clientIdOf(account)?.toLowerCase());
const BY_SUBJECT = byText('spec', 'subject');
const BY_EXPORT = byText('spec', 'operatorSpec', 'configMaps', 'clientId', 'name');
const BY_CLIENT_ID_VALUE: ObjectIndex = {
  name: 'client ids in data',
  keysOf: (map) => clientIdEntries(map).flatMap((e) => text(e.value)?.toLowerCase() ?? []),
};

const COMMENT = /^[ \t]+#[ \t]*(\S[^\r\n]*)/;

/** A comment behind the same client id somewhere: `client-id: 5e04… # id-flux`. */
function identityOfComment(clientId: string, workspace: Workspace): IdentityName | undefined {
  for (const account of workspace.having('', 'ServiceAccount', BY_CLIENT_ID, clientId)) {
    const value = annotation(account, CLIENT_ID)?.value;
    if (!value) continue;
    const comment = COMMENT.exec(account.tree.text.slice(value.span.end, value.span.end + 120))?.[1]?.trim();
    if (comment && comment.length <= 60 && !/^\{|azure-gitops-/.test(comment))
      return { name: comment, from: 'comment' };
  }
  return undefined;
}
