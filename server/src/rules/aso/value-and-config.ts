import type { KubernetesObject } from '../../model/object.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { nameOf } from './_objects.ts';

/** By kind: where the field stands, its name, and whether one of the two is required. */
const PAIRS: Readonly<
  Record<string, readonly (readonly [path: readonly string[], field: string, required: boolean])[]>
> = {
  FederatedIdentityCredential: [
    [['spec'], 'issuer', true],
    [['spec'], 'subject', true],
  ],
  RoleAssignment: [[['spec'], 'principalId', true]],
  Vault: [[['spec', 'properties'], 'tenantId', false]],
};

export default defineRule({
  id: 'aso/value-and-config',
  on: kinds(
    'managedidentity.azure.com/FederatedIdentityCredential',
    'authorization.azure.com/RoleAssignment',
    'keyvault.azure.com/Vault',
  ),
  severity: 'error',
  summary: 'A value is given as text and from a ConfigMap, or not at all.',
  why: 'The webhook of the operator refuses both (`cannot specify both`); without either the operator fails when it makes the resource (`ref and value are both nil`).',
  references: ['Azure/azure-service-operator@129173a1 v2/api webhooks'],
  *check(object, { workspace }) {
    if (!getEntry(object.root, 'spec')) return;
    const patched = workspace.patched(object);
    const both = (o: KubernetesObject, path: readonly string[], field: string) =>
      [getEntry(o.root, ...path, field), getEntry(o.root, ...path, `${field}FromConfig`)] as const;
    for (const [path, field, required] of PAIRS[object.kind] ?? []) {
      const [value, config] = both(object, path, field);
      const [patchedValue, patchedConfig] = both(patched, path, field);
      if (value && config && patchedValue && patchedConfig)
        yield report(
          config,
          `${field} is written as text too: the operator refuses the object ("cannot specify both"). Keep one of ${field} and ${field}FromConfig.`,
          {
            fix: [
              unsafeFix(`Remove ${field}FromConfig`, removeEntry(config)),
              unsafeFix(`Remove ${field}`, removeEntry(value)),
            ],
            related: [related(value, 'The value as text')],
          },
        );
      if (required && !patchedValue && !patchedConfig && workspace.isComplete(object))
        yield report(
          nameOf(object),
          `Neither ${field} nor ${field}FromConfig is set: the operator fails with "ref and value are both nil". Set one of them.`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The issuer twice',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  <|issuerFromConfig|>:
    name: cluster
    key: issuer
  subject: system:serviceaccount:shop:orders
`,
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
    {
      title: 'A role assignment to nobody',
      yaml: `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: <|orders-pull|>
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
    },
  ],
  good: [
    {
      title: 'One of the two each; the patch of an overlay fills one in',
      files: {
        'kustomization.yaml': `resources: [credential.yaml, role.yaml]
patches:
  - patch: |
      apiVersion: authorization.azure.com/v1api20220401
      kind: RoleAssignment
      metadata:
        name: orders-pull
        namespace: shop
      spec:
        principalId: 3f2504e0-4f89-41d3-9a0c-0305e82c3301
`,
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuerFromConfig:
    name: cluster
    key: issuer
  subject: system:serviceaccount:shop:orders
`,
        'role.yaml': `apiVersion: authorization.azure.com/v1api20220401
kind: RoleAssignment
metadata:
  name: orders-pull
  namespace: shop
spec:
  owner:
    armId: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/fleet/providers/Microsoft.ContainerRegistry/registries/contoso
  principalType: ServicePrincipal
  roleDefinitionReference:
    wellKnownName: AcrPull
`,
      },
    },
  ],
};
