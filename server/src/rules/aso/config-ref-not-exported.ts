import { isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { ASO_KINDS, exportsOf, inOneNamespace } from '../../model/views/aso.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, entries, get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { asoObjects } from './_objects.ts';

export default defineRule({
  id: 'aso/config-ref-not-exported',
  on: asoObjects,
  severity: 'warning',
  summary: 'A value is read from a key of a ConfigMap that nobody writes.',
  why: 'Another object of the operator writes the ConfigMap, but with other keys. The operator waits for the key and never makes the resource.',
  references: ['Azure/azure-service-operator@129173a1 v2/pkg/genruntime/configmaps'],
  *check(object, { workspace }) {
    for (const entry of entries(get(object.root, 'spec'))) {
      if (!entry.key.text.endsWith('FromConfig')) continue;
      const name = text(get(entry.value, 'name'));
      const key = asScalar(get(entry.value, 'key'));
      if (!name || typeof key?.value !== 'string' || key.text === '' || isTemplate(name + key.text)) continue;
      const written = keysOf(name, object, workspace);
      if (!written || written.keys.has(key.text) || isInConfigMap(name, key.text, object, workspace)) continue;
      yield report(
        key,
        `Nothing writes key "${key.text}" of ConfigMap "${name}" in this namespace; what is written there: ${[...written.keys].join(', ')}.`,
        {
          fix: [...written.keys].slice(0, 3).map((k) => unsafeFix(`Write ${k}`, replaceText(key, k))),
          related: [related(written.place, 'The object that writes the ConfigMap')],
        },
      );
    }
  },
});

/** The keys that objects write to a ConfigMap; `undefined` where none does, or one may write any key. */
function keysOf(name: string, object: KubernetesObject, workspace: Workspace) {
  const keys = new Set<string>();
  let place: KubernetesObject['root'] | undefined;
  for (const [group, kind] of ASO_KINDS)
    for (const other of workspace.objects(group, kind)) {
      const writes = exportsOf(workspace.patched(other), 'configMaps').filter(
        (e) => e.name && !isTemplate(e.name.text),
      );
      const own = writes.filter((e) => e.name?.text === name);
      if (own.length === 0) continue;
      const together = inOneNamespace(object, other, workspace);
      if (together === false) continue;
      if (together === undefined || own.some((e) => !e.key || isTemplate(e.key.text))) return undefined;
      for (const e of own) keys.add(e.key?.text ?? '');
      place ??= own[0]?.map;
    }
  return place ? { keys, place } : undefined;
}

function isInConfigMap(name: string, key: string, object: KubernetesObject, workspace: Workspace): boolean {
  if (workspace.generated('ConfigMap').some((g) => g.name === name)) return true;
  const found = workspace.find('', 'ConfigMap', name, object);
  if (found.state !== 'found') return found.state === 'unknown';
  return found.values.some((c) => dataOf(workspace.patched(c)).has(key));
}

export const examples: Examples = {
  bad: [
    {
      title: 'The key has another name',
      files: {
        'role.yaml': `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: orders-identity
    key: <|principal-id|>
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      principalId:
        name: orders-identity
        key: principalId
`,
      },
      fixed: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
    },
  ],
  good: [
    {
      title: 'Written by the identity, by an expression, and by nobody in sight',
      files: {
        'roles.yaml': `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: orders-identity
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
---
apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: expressed
    key: anything
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
---
apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalIdFromConfig:
    name: elsewhere
    key: principalId
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      principalId:
        name: orders-identity
        key: principalId
    configMapExpressions:
      - name: expressed
        value: self.status.tags
`,
      },
    },
  ],
};
