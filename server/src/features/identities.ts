import { isGuid } from '../azure/text-kinds.ts';
import type { Workspace } from '../model/context.ts';
import { annotation, type KubernetesObject } from '../model/object.ts';
import { get, text, textAt } from '../yaml/navigate.ts';

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
  for (const account of workspace.objects('', 'ServiceAccount')) {
    if (clientIdOf(account)?.toLowerCase() !== wanted) continue;
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
  for (const credential of workspace.objects(ASO, 'FederatedIdentityCredential')) {
    const subject = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(textAt(credential.root, 'spec', 'subject') ?? '');
    if (!subject || subject[2] !== account.name) continue;
    if (!namespaces.known || !namespaces.names.has(subject[1] as string)) continue;
    const owner =
      textAt(credential.root, 'spec', 'owner', 'name') ??
      lastSegment(textAt(credential.root, 'spec', 'owner', 'armId'));
    if (owner)
      return { name: azureName(owner, workspace), from: `FederatedIdentityCredential ${credential.name ?? ''}`.trim() };
  }
  return undefined;
}

/** The name in Azure of an identity that is an object of Azure Service Operator. */
function azureName(owner: string, workspace: Workspace): string {
  const identity = workspace.objects(ASO, 'UserAssignedIdentity').find((i) => i.name === owner);
  return (identity && textAt(identity.root, 'spec', 'azureName')) ?? owner;
}

const lastSegment = (id: string | undefined): string | undefined => id?.split('/').filter(Boolean).pop();

/** A ConfigMap that Azure Service Operator writes to is named by the identity that writes. */
function identityOfConfigMap(clientId: string, workspace: Workspace): IdentityName | undefined {
  for (const map of workspace.objects('', 'ConfigMap')) {
    const data = get(map.root, 'data');
    if (data?.kind !== 'map') continue;
    const entry = data.entries.find((e) => text(e.value)?.toLowerCase() === clientId);
    if (!entry || !/client.?id/i.test(entry.key.text)) continue;
    const writer = workspace
      .objects(ASO, 'UserAssignedIdentity')
      .find((i) => textAt(i.root, 'spec', 'operatorSpec', 'configMaps', 'clientId', 'name') === map.name);
    const word = entry.key.text.replace(/[-_.]?client[-_.]?id$/i, '').replace(/^AZURE_?/i, '');
    if (writer?.name) return { name: writer.name, from: `ConfigMap ${map.name ?? ''}` };
    return { name: word === '' ? (map.name ?? '') : word, from: `ConfigMap ${map.name ?? ''}` };
  }
  return undefined;
}

const COMMENT = /^[ \t]+#[ \t]*(\S[^\r\n]*)/;

/** A comment behind the same client id somewhere: `client-id: 5e04… # id-flux`. */
function identityOfComment(clientId: string, workspace: Workspace): IdentityName | undefined {
  for (const account of workspace.objects('', 'ServiceAccount')) {
    const value = annotation(account, CLIENT_ID)?.value;
    if (!value || text(value)?.toLowerCase() !== clientId) continue;
    const comment = COMMENT.exec(account.tree.text.slice(value.span.end, value.span.end + 120))?.[1]?.trim();
    if (comment && comment.length <= 60 && !/^\{|azure-gitops-/.test(comment))
      return { name: comment, from: 'comment' };
  }
  return undefined;
}
