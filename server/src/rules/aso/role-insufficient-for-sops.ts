import { parseVaultHost } from '../../azure/key-vault.ts';
import { isOfType } from '../../azure/resource-ids.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { configSource, inOneNamespace, ownerId, ownerOf } from '../../model/views/aso.ts';
import { groupKeysOf, keyUrlsOf, readSopsConfig } from '../../model/views/sops-config.ts';
import { sopsFileOf } from '../../model/views/sops-file.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get, text, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { roleAssignments, stringAt } from './_objects.ts';
import { roleOf } from './_roles.ts';

const NOT_ENOUGH = new Set([
  'Key Vault Crypto Service Encryption User',
  'Key Vault Secrets User',
  'Key Vault Reader',
  'Key Vault Contributor',
  'Contributor',
  'Reader',
]);

export default defineRule({
  id: 'aso/role-insufficient-for-sops',
  on: roleAssignments,
  severity: 'warning',
  summary: 'The role on a vault whose keys SOPS uses does not include encrypt and decrypt.',
  why: 'SOPS calls `encrypt` and `decrypt` of the key. Key Vault Crypto Service Encryption User may read, wrap and unwrap only, the roles for secrets have nothing to do with keys, and Contributor manages the vault without access to what is in it. Key Vault Crypto User is the least that does.',
  references: ['MicrosoftDocs/azure-docs@00a58329 articles/role-based-access-control/built-in-roles.md'],
  *check(object, { workspace }) {
    const found = roleOf(object);
    if (!found || !NOT_ENOUGH.has(found.role.name)) return;
    const vault = vaultOfScope(object, workspace);
    const principal = principalOf(object);
    if (!vault || !principal || !vaultsOfSops(workspace).has(vault)) return;
    // An identity may have several roles: one that suffices, or that nobody here knows, ends the matter.
    for (const other of workspace.objects('authorization.azure.com', 'RoleAssignment')) {
      if (other.root === object.root || principalOf(other) !== principal) continue;
      if (inOneNamespace(object, other, workspace) === false) continue;
      const role = roleOf(other);
      if (!role || (!NOT_ENOUGH.has(role.role.name) && !isElsewhere(other, vault, workspace))) return;
    }
    if (roleOf(workspace.patched(object))?.role !== found.role) return;
    const byName = stringAt(object, 'spec', 'roleDefinitionReference', 'wellKnownName');
    yield report(
      found.node,
      `SOPS uses a key of vault "${vault}", and "${found.role.name}" includes neither encrypt nor decrypt of keys: with this role alone decryption fails with ForbiddenByRbac. Assign Key Vault Crypto User.`,
      {
        fix: byName
          ? unsafeFix('Write Key Vault Crypto User', replaceText(byName, 'Key Vault Crypto User'))
          : undefined,
      },
    );
  },
});

/** The vault, in lower case, on which (or on a key of which) a role is assigned. */
function vaultOfScope(object: KubernetesObject, workspace: Workspace): string | undefined {
  const id = ownerId(object);
  if (id)
    return isOfType(id, 'Microsoft.KeyVault/vaults') || isOfType(id, 'Microsoft.KeyVault/vaults/keys')
      ? id.names[0]?.text.toLowerCase()
      : undefined;
  const owner = ownerOf(object);
  if (owner?.group?.text !== 'keyvault.azure.com' || owner.kind?.text !== 'Vault' || !owner.name) return undefined;
  const found = workspace.find('keyvault.azure.com', 'Vault', owner.name.text, object);
  const [vault] = found.state === 'found' ? found.values : [];
  return ((vault && textAt(vault.root, 'spec', 'azureName')) ?? owner.name.text).toLowerCase();
}

/** True for a role on another resource than a vault, a group or a subscription: it cannot be about this vault. */
function isElsewhere(object: KubernetesObject, vault: string, workspace: Workspace): boolean {
  const own = vaultOfScope(object, workspace);
  if (own !== undefined) return own !== vault;
  const id = ownerId(object);
  const { group, kind } = ownerOf(object) ?? {};
  return id ? id.provider !== undefined : group !== undefined && kind !== undefined && kind.text !== 'ResourceGroup';
}

function principalOf(object: KubernetesObject): string | undefined {
  const source = configSource(object, 'principalIdFromConfig');
  return source ? `${source.name} ${source.key.text}` : stringAt(object, 'spec', 'principalId')?.text.toLowerCase();
}

/** The vaults, in lower case, whose keys `.sops.yaml` and encrypted files name. */
function vaultsOfSops(workspace: Workspace): Set<string> {
  const hosts: string[] = [];
  for (const unit of workspace.units('sops-config'))
    for (const rule of readSopsConfig(unit.document, unit.root)?.rules ?? [])
      hosts.push(
        ...keyUrlsOf(rule.root).map((url) => url.text),
        ...groupKeysOf(rule.root).flatMap((key) => text(get(key, 'vaultUrl')) ?? []),
      );
  for (const secret of workspace.objects('', 'Secret'))
    for (const key of sopsFileOf({
      document: secret.document,
      tree: secret.tree,
      root: secret.root,
      language: 'kubernetes',
      object: secret,
      owner: undefined,
    })?.azureKeys ?? [])
      hosts.push(textAt(key, 'vault_url') ?? '');
  return new Set(
    hosts.flatMap((url) => {
      const host = /^https:\/\/([^/:]+)/.exec(url)?.[1];
      return (host && parseVaultHost(host)?.name.toLowerCase()) ?? [];
    }),
  );
}

export const examples: Examples = {
  bad: [
    {
      title: 'A role that wraps and unwraps',
      files: {
        'role.yaml': `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/fleet
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: <|Key Vault Crypto Service Encryption User|>
`,
        '.sops.yaml': `creation_rules:
  - path_regex: \\.yaml$
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
      fixed: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/fleet
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: Key Vault Crypto User
`,
    },
  ],
  good: [
    {
      title: 'A second role suffices; another vault is not for SOPS',
      files: {
        'roles.yaml': `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/fleet
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  roleDefinitionReference:
    wellKnownName: Key Vault Reader
---
apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-keys
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/fleet/keys/sops
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  roleDefinitionReference:
    wellKnownName: Key Vault Crypto User
---
apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-secrets
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.KeyVault/vaults/orders
  principalIdFromConfig:
    name: billing-identity
    key: principalId
  roleDefinitionReference:
    wellKnownName: Key Vault Secrets User
`,
        '.sops.yaml': `creation_rules:
  - path_regex: \\.yaml$
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
