import { podTemplateOf } from '../../model/views/pod-template.ts';
import { removeEntry, renameKey, setValue } from '../../yaml/edits.ts';
import { getEntry, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { anyObject } from '../views.ts';
import { USE } from './_keys.ts';

const WHY =
  'AAD Pod Identity was archived in 2023 and AKS dropped its support in September 2025: migrate to workload identity.';

export default defineRule({
  id: 'workload-identity/pod-identity-retired',
  on: anyObject,
  severity: 'warning',
  partial: true,
  summary: 'AAD Pod Identity is retired.',
  why: 'Azure Workload Identity replaces it: a ServiceAccount with the client id as an annotation for each `AzureIdentity`, a federated credential on the identity, and the label `azure.workload.identity/use: "true"` for `aadpodidbinding`.',
  references: [
    'Azure/aad-pod-identity@e4e7eab2 README.md',
    'https://learn.microsoft.com/azure/aks/use-azure-ad-pod-identity',
  ],
  *check(object) {
    if (object.group === 'aadpodidentity.k8s.io') {
      const kind = getEntry(object.root, 'apiVersion')?.value;
      const client = textAt(object.root, 'spec', 'clientID');
      const account =
        object.kind === 'AzureIdentity' && object.name && client && !object.partial
          ? {
              title: `Create ServiceAccount ${object.name} in its place`,
              safe: false,
              edits: [],
              create: {
                path: `serviceaccount-${object.name}.yaml`,
                content: `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${object.name}\n${object.namespace ? `  namespace: ${object.namespace}\n` : ''}  annotations:\n    azure.workload.identity/client-id: ${JSON.stringify(client)}\n`,
              },
            }
          : undefined;
      if (kind) yield report(kind, WHY, { fix: account, tags: ['deprecated'] });
      return;
    }
    const template = podTemplateOf(object);
    const entry = template?.label('aadpodidbinding');
    if (!entry || !template) return;
    const fix = entry.key.synthetic
      ? undefined
      : template.label(USE)
        ? unsafeFix('Remove the label', removeEntry(entry))
        : unsafeFix(
            'Replace it by azure.workload.identity/use: "true"',
            renameKey(entry, USE),
            setValue(entry, 'true'),
          );
    yield report(entry, WHY, { fix, tags: ['deprecated'] });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The label of a pod',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        app: worker
        <|aadpodidbinding|>: worker
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        app: worker
        azure.workload.identity/use: "true"
`,
    },
    {
      title: 'An AzureIdentity',
      yaml: `apiVersion: <|aadpodidentity.k8s.io/v1|>
kind: AzureIdentity
metadata:
  name: worker
spec:
  type: 0
  resourceID: /subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker
  clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
  good: [
    {
      title: 'The label that replaces it',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
`,
    },
  ],
};
