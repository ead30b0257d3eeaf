import { annotation } from '../../model/object.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/client-id-is-resource-id',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  partial: true,
  summary: 'The annotation holds the resource id of the identity instead of its client id.',
  why: 'The value becomes `AZURE_CLIENT_ID` as it stands. Entra ID knows an identity by its client id, a GUID; the resource id is what Azure Resource Manager knows it by. `az identity show --ids … --query clientId` gives the one for the other.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go'],
  *check(account) {
    const value = asScalar(annotation(account, CLIENT_ID)?.value);
    if (!value || !/^\/subscriptions\//i.test(value.text)) return;
    const name = /\/userAssignedIdentities\/([^/]+)$/i.exec(value.text)?.[1];
    yield report(
      value,
      `This is the resource id of the identity${name ? ` "${name}"` : ''}; the annotation wants its client id, a GUID (az identity show --ids … --query clientId).`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A resource id',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: <|/subscriptions/0f14d0ab-9605-4a62-a9e4-5ed26688389b/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker|>
`,
    },
  ],
  good: [
    {
      title: 'The client id',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
