import type { Workspace } from '../../model/context.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { addAt, addEntries } from '../../yaml/edits.ts';
import { asMap, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentialSecrets, SETTINGS } from './_credential-secrets.ts';
import { nameOf } from './_objects.ts';

const REQUIRED = ['AZURE_SUBSCRIPTION_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID'];

export default defineRule({
  id: 'aso/credential-key-missing',
  on: credentialSecrets,
  severity: 'error',
  summary: 'A credential of Azure Service Operator lacks a key.',
  why: 'Subscription, tenant and client are needed with every way to log in; workload identity needs no more.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide/authentication'],
  *check({ secret, data }, { workspace }) {
    if (
      data.size === 0 ||
      secret.partial ||
      get(secret.root, 'data')?.damaged ||
      get(secret.root, 'stringData')?.damaged
    )
      return;
    const patched = dataOf(workspace.patched(secret));
    const missing = REQUIRED.filter((key) => !patched.has(key));
    if (missing.length === 0 || !workspace.isComplete(secret)) return;
    // The settings may hold no credential at all, and the chart may fill them.
    if (secret.name === SETTINGS && (missing.length === REQUIRED.length || hasChart(workspace))) return;
    const map = asMap(get(secret.root, 'stringData'));
    const values = Object.fromEntries(missing.map((key) => [key, '']));
    const edit =
      get(secret.root, 'sops') !== undefined
        ? undefined
        : map
          ? addEntries(map, values)
          : addAt(secret.root, ['stringData'], values);
    yield report(
      nameOf(secret),
      `credential Secret "${secret.name}" does not contain key "${missing.join('", "')}": Azure Service Operator cannot log in with it. Add ${missing.length === 1 ? 'the key' : 'the keys'}.`,
      { fix: edit && unsafeFix(`Add ${missing.join(', ')}`, edit) },
    );
  },
});

const hasChart = (workspace: Workspace): boolean =>
  workspace
    .objects('helm.toolkit.fluxcd.io', 'HelmRelease')
    .some((r) => textAt(r.root, 'spec', 'chart', 'spec', 'chart') === 'azure-service-operator') ||
  workspace
    .objects('source.toolkit.fluxcd.io', 'HelmChart')
    .some((c) => textAt(c.root, 'spec', 'chart') === 'azure-service-operator');

export const examples: Examples = {
  bad: [
    {
      title: 'No tenant',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: <|aso-credential|>
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AZURE_TENANT_ID: ""
`,
    },
    {
      title: 'Named by a resource',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|team|>
  namespace: shop
data:
  AZURE_CLIENT_ID: N2M5ZTY2NzktNzQyNS00MGRlLTk0NGItZTA3ZmMxZjkwYWU3
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/credential-from: team
`,
      },
    },
  ],
  good: [
    {
      title: 'Complete; settings without a credential; a Secret that is none',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
  namespace: azureserviceoperator-system
stringData:
  AZURE_SYNC_PERIOD: 15m
---
apiVersion: v1
kind: Secret
metadata:
  name: app
  namespace: shop
stringData:
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
