import { isTemplate } from '../../azure/text-kinds.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { isAso, ownerOf } from '../../model/views/aso.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { asoObjects, GROUP, nameOf } from './_objects.ts';

/** The kinds whose owner is a resource group, of those that rules know. */
const IN_GROUP = new Set([
  'managedidentity.azure.com/UserAssignedIdentity',
  'keyvault.azure.com/Vault',
  'containerregistry.azure.com/Registry',
  'storage.azure.com/StorageAccount',
  'containerservice.azure.com/ManagedCluster',
  'eventhub.azure.com/Namespace',
]);

export default defineRule({
  id: 'aso/owner-in-other-namespace',
  on: asoObjects,
  severity: 'warning',
  summary: 'The owner of a resource is in another namespace.',
  why: 'The operator looks owners up in the namespace of the object and waits for ever for one that is elsewhere. An `armId` crosses namespaces.',
  references: ['https://github.com/Azure/azure-service-operator/issues/4527'],
  *check(object, { workspace }) {
    const owner = ownerOf(object);
    const name = owner?.name;
    if (!name || owner.armId || isTemplate(name.text)) return;
    const type = ownerType(object);
    if (!type) return;
    const own = workspace.namespacesOf(object);
    if (!own.known || workspace.find(...type, name.text, object).state !== 'absent') return;
    if (ownerOf(workspace.patched(object))?.name?.text !== name.text) return;
    for (const other of workspace.objects(...type)) {
      const theirs = workspace.namespacesOf(other);
      if (other.name !== name.text || !theirs.known) continue;
      yield report(
        name,
        `${type[1]} "${name.text}" is in namespace "${[...theirs.names].join('", "')}", and owners are looked up in the object's own, "${[...own.names].join('", "')}". Move one of them or write the owner's armId.`,
        { related: [related(nameOf(other), 'The owner')] },
      );
      return;
    }
  },
});

function ownerType(object: KubernetesObject): readonly [group: string, kind: string] | undefined {
  const type = `${object.group}/${object.kind}`;
  if (type === `${GROUP}/FederatedIdentityCredential`) return [GROUP, 'UserAssignedIdentity'];
  if (IN_GROUP.has(type)) return ['resources.azure.com', 'ResourceGroup'];
  const owner = type === 'authorization.azure.com/RoleAssignment' ? ownerOf(object) : undefined;
  const group = owner?.group?.text;
  return owner?.kind && group && isAso({ group }) ? [group, owner.kind.text] : undefined;
}

export const examples: Examples = {
  bad: [
    {
      title: 'The identity is with the others, the credential with the application',
      files: {
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: <|orders|>
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: identities
spec:
  location: westeurope
  owner:
    name: fleet
`,
      },
    },
  ],
  good: [
    {
      title: 'The same namespace, by an overlay; and an owner that no file shows',
      files: {
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
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
        'identities/kustomization.yaml': `namespace: shop
resources: [identity.yaml]
`,
        'identities/identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
spec:
  location: westeurope
  owner:
    name: fleet
`,
      },
    },
  ],
};
