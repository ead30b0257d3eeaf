import { annotation } from '../../model/object.ts';
import { identityUsers } from '../../model/views/object-level-identity.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID, TENANT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/annotation-empty',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  partial: true,
  summary: 'The client id or tenant id is an empty string.',
  why: 'An empty annotation is not the same as none. The webhook takes it, injects no variable and does not fall back to its default tenant; Flux counts it as set and asks for a token with an empty id.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go:430',
    'fluxcd/pkg@e2cfd1a2 auth/azure/options.go',
    'https://github.com/kedacore/charts/issues/284',
  ],
  *check(account, { workspace }) {
    for (const [key, variable] of [
      [CLIENT_ID, 'AZURE_CLIENT_ID'],
      [TENANT_ID, 'AZURE_TENANT_ID'],
    ] as const) {
      const entry = annotation(account, key);
      const value = asScalar(entry?.value);
      if (!entry || value?.value !== '') continue;
      const flux = !account.partial && identityUsers(account, workspace).length > 0;
      yield report(
        value,
        `An empty ${key} is not the same as none: the webhook injects no ${variable} and does not fall back to its default. Fill it in or remove it.`,
        {
          severity: flux ? 'error' : undefined,
          fix: entry.key.synthetic ? undefined : unsafeFix('Remove the annotation', removeEntry(entry)),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An empty tenant',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: <|""|>
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      severity: 'warning',
    },
    {
      title: 'An account that Flux authenticates with',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: reader
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: <|''|>
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://contoso.azurecr.io/apps
  provider: azure
  serviceAccountName: reader
`,
      severity: 'error',
    },
  ],
  good: [
    {
      title: 'None at all',
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
