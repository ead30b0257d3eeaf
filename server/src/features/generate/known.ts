/** What a workspace already says of Azure, to be offered as answers. */
import { parseDevOpsUrl } from '../../azure/devops.ts';
import { parseKeyUrl, parseVaultHost } from '../../azure/key-vault.ts';
import { isAcrHost, registryHostOf } from '../../azure/registries.ts';
import { FLUX_CLUSTER_ID, isOfType, parseResourceId } from '../../azure/resource-ids.ts';
import { parseBlobEndpoint } from '../../azure/storage.ts';
import { isTenant } from '../../azure/tenants.ts';
import { isGuid, isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import type { Session } from '../../engine/session.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { entries, text, textAt } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import type { Known } from './generator.ts';
import { issuerProblem } from './identity/issuer.ts';
import { devOpsUrl } from './steps.ts';

type Lists = { [K in keyof Known]: Counter };

/** Counts texts; the most frequent come first, equals in the order of the alphabet. */
class Counter {
  readonly #counts = new Map<string, number>();

  add(value: string | undefined): void {
    if (value === undefined || value === '' || isTemplate(value) || isPlaceholder(value)) return;
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  list(): string[] {
    return [...this.#counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
  }
}

const CLIENT_KEYS = /^(azure\.workload\.identity\/client-id|AZURE_CLIENT_ID|clientId|clientID|appId)$/;
const TENANT_KEYS = /^(azure\.workload\.identity\/tenant-id|AZURE_TENANT_ID|tenantId|tenantID|tenant)$/;

/** Looks through all files. Ids, hosts and names are kept, never another value of a Secret. */
export function knownIn(session: Session): Known {
  const lists = emptyLists();
  for (const uri of session.uris())
    for (const document of session.index.documents(uri))
      for (const unit of session.unitsOf(document)) {
        if (unit.language === 'yaml') continue;
        if (unit.object !== undefined) readObject(unit.object, lists);
        visit(unit.root, undefined, lists, 0);
      }
  return Object.fromEntries(Object.entries(lists).map(([key, counter]) => [key, counter.list()])) as unknown as Known;
}

const emptyLists = (): Lists => ({
  clientIds: new Counter(),
  tenantIds: new Counter(),
  subscriptions: new Counter(),
  registries: new Counter(),
  vaults: new Counter(),
  keys: new Counter(),
  storageAccounts: new Counter(),
  namespaces: new Counter(),
  serviceAccounts: new Counter(),
  repositories: new Counter(),
  clusters: new Counter(),
  issuers: new Counter(),
  gitRepositories: new Counter(),
});

function readObject(object: KubernetesObject, lists: Lists): void {
  const { name, namespace } = object;
  if (object.group === '' && object.kind === 'Namespace') lists.namespaces.add(name);
  lists.namespaces.add(namespace);
  if (object.partial || name === undefined) return;
  if (object.group === '' && object.kind === 'ServiceAccount' && namespace !== undefined)
    lists.serviceAccounts.add(`${namespace}/${name}`);
  if (object.kind === 'GitRepository') lists.gitRepositories.add(name);
}

function visit(node: Node | undefined, key: string | undefined, lists: Lists, depth: number): void {
  if (node === undefined || depth > 40) return;
  if (node.kind === 'seq') for (const item of node.items) visit(item, key, lists, depth + 1);
  else if (node.kind === 'map')
    for (const entry of entries(node)) {
      // `name: AZURE_CLIENT_ID` beside `value: …`: an environment variable.
      const named = entry.key.text === 'value' ? textAt(node, 'name') : undefined;
      visit(entry.value, named ?? entry.key.text, lists, depth + 1);
    }
  else {
    const value = text(node);
    if (value !== undefined && value.length < 500) readText(value, key ?? '', lists);
  }
}

function readText(value: string, key: string, lists: Lists): void {
  if (CLIENT_KEYS.test(key) && isGuid(value)) lists.clientIds.add(value);
  if (TENANT_KEYS.test(key) && isTenant(value)) lists.tenantIds.add(value);
  if (value.startsWith('/')) readResourceId(value, lists);
  else if (/^azure_keyvault$|^vaultUrl$|^vault_url$/.test(key))
    for (const part of value.split(',')) readVault(part.trim(), lists);
  else if (value.includes('://') || value.includes('@') || value.includes('.azurecr.')) readHost(value, lists);
}

function readResourceId(value: string, lists: Lists): void {
  const id = parseResourceId(value);
  if (id === undefined) return;
  if (id.subscription && isGuid(id.subscription.text)) lists.subscriptions.add(id.subscription.text);
  if (FLUX_CLUSTER_ID.test(value)) lists.clusters.add(value);
  if (isOfType(id, 'Microsoft.KeyVault/vaults')) lists.vaults.add(id.name.text);
  if (isOfType(id, 'Microsoft.Storage/storageAccounts')) lists.storageAccounts.add(id.name.text);
}

function readVault(value: string, lists: Lists): void {
  const vault = parseVaultHost(value);
  if (vault !== undefined && !vault.hsm) lists.vaults.add(vault.name);
  if (parseKeyUrl(value) !== undefined) lists.keys.add(value);
}

function readHost(value: string, lists: Lists): void {
  if (isAcrHost(value)) lists.registries.add(registryHostOf(value).toLowerCase());
  else if (parseDevOpsUrl(value) !== undefined) lists.repositories.add(devOpsUrl(value));
  else if (parseBlobEndpoint(value)?.cloud !== undefined) lists.storageAccounts.add(parseBlobEndpoint(value)!.account);
  else if (/\.oic\.prod-(aks|arc)\./.test(value) && issuerProblem(value) === undefined) lists.issuers.add(value);
  else readVault(value, lists);
}
