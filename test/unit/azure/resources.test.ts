import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FLUX_CLUSTER_ID,
  isClusterName,
  isOfType,
  isResourceGroupName,
  kindOfId,
  parseResourceId,
  RESOURCE_KINDS,
  resourceId,
  resourceIdProblem,
} from '../../../server/src/azure/resource-ids.ts';
import {
  builtInRoles,
  CLUSTER_RBAC_ROLES,
  INTEGRATION_ROLES,
  providerOfRole,
  roleByGuid,
  roleByName,
  roleDefinitionId,
} from '../../../server/src/azure/roles.ts';

const SUB = '11111111-2222-4333-8444-555555555555';

test('an id gives its parts and where they stand', () => {
  const text = `/subscriptions/${SUB}/resourcegroups/rg-fleet/providers/Microsoft.KeyVault/vaults/contoso/keys/sops`;
  const id = parseResourceId(text);
  assert.ok(id);
  assert.equal(id.subscription?.text, SUB);
  assert.equal(id.resourceGroup?.text, 'rg-fleet');
  assert.equal(id.type, 'Microsoft.KeyVault/vaults/keys');
  assert.deepEqual(
    id.names.map((n) => n.text),
    ['contoso', 'sops'],
  );
  assert.equal(text.slice(id.name.at.start, id.name.at.end), 'sops');
  assert.equal(kindOfId(id)?.title, 'key of a vault');
  assert.ok(isOfType(id, 'microsoft.keyvault/VAULTS/keys'));
});

test('scopes and tenant-wide ids are ids too', () => {
  assert.equal(parseResourceId(`/subscriptions/${SUB}`)?.type, 'subscription');
  assert.equal(parseResourceId(`/subscriptions/${SUB}/resourceGroups/rg`)?.type, 'resourceGroup');
  const role = parseResourceId(
    '/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d',
  );
  assert.equal(role?.name.text, '7f951dda-4ed3-4680-a7ca-43fe172d538d');
  assert.equal(role?.subscription, undefined);
  const extension = parseResourceId(
    `/subscriptions/${SUB}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v/providers/Microsoft.Authorization/roleAssignments/r`,
  );
  assert.equal(extension?.type, 'Microsoft.Authorization/roleAssignments');
});

test('what is no id says why', () => {
  const why = (text: string) => resourceIdProblem(text);
  assert.match(why('https://management.azure.com/subscriptions/x')!, /scheme/);
  assert.match(why('/subscriptions/x/')!, /slash at the end/);
  assert.match(why('subscriptions/x')!, /starts with a slash/);
  assert.match(why('/subscriptions//resourceGroups/x')!, /empty/);
  assert.match(why('/resourceGroups/x')!, /subscriptions/);
  assert.match(why('/subscriptions/x/resourceGroups/y/providers/Microsoft.KeyVault/vaults')!, /pairs/);
  assert.match(why(' /subscriptions/x')!, /blanks/);
  assert.equal(why(`/subscriptions/${SUB}`), undefined);
  assert.equal(parseResourceId('/subscriptions/x/'), undefined);
});

test('ids are built in the form that Flux accepts', () => {
  const id = resourceId(SUB, 'rg', 'Microsoft.ContainerService/managedClusters', 'fleet-1');
  assert.match(id, FLUX_CLUSTER_ID);
  assert.match(id.toUpperCase(), FLUX_CLUSTER_ID);
  assert.doesNotMatch(id.replace('managedClusters', 'connectedClusters'), FLUX_CLUSTER_ID);
  assert.equal(kindOfId(parseResourceId(id)!)?.title, 'AKS cluster');
});

test('names follow their rules', () => {
  assert.ok(isResourceGroupName('rg_(1).x'));
  assert.ok(!isResourceGroupName('rg.'));
  assert.ok(!isResourceGroupName('a'.repeat(91)));
  assert.ok(isClusterName('fleet_1'));
  assert.ok(!isClusterName('-fleet'));
  assert.ok(!isClusterName('a'.repeat(64)));
  assert.equal(new Set(RESOURCE_KINDS.map((kind) => kind.type)).size, RESOURCE_KINDS.length);
});

test('the roles of integrations are in the list, under the same GUID', () => {
  const needed = [...Object.values(INTEGRATION_ROLES).flatMap(({ role }) => role ?? []), ...CLUSTER_RBAC_ROLES];
  assert.equal(needed.length, 11);
  for (const role of needed) assert.deepEqual(roleByName(role.name), role);
});

test('roles are found by name and GUID', () => {
  assert.equal(builtInRoles().length, 928);
  assert.equal(roleByName('acrpull')?.name, 'AcrPull');
  assert.equal(roleByName('Acr Pull'), undefined);
  const role = roleByGuid('/providers/Microsoft.Authorization/roleDefinitions/7F951DDA-4ed3-4680-a7ca-43fe172d538d');
  assert.equal(role?.name, 'AcrPull');
  assert.equal(roleByGuid(SUB), undefined);
  assert.equal(roleByGuid('AcrPull'), undefined);
  assert.equal(
    roleDefinitionId(role!),
    '/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d',
  );
  assert.ok(builtInRoles().every((r) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(r.guid) && r.name !== ''));
  assert.equal(providerOfRole('Key Vault Crypto User'), 'Microsoft.KeyVault');
  assert.equal(providerOfRole('Reader'), undefined);
});
