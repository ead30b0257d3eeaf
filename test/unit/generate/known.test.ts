import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_KNOWN } from '../../../server/src/features/generate/generator.ts';
import { knownIn } from '../../../server/src/features/generate/known.ts';
import { sessionOf } from '../../support/workspace.ts';

const CLIENT = '5d2f0a6c-7b1e-4c39-9a84-e0c6b7f41d23';
const SUBSCRIPTION = '7e94b3d1-0c68-4fa2-b5d7-19e8a6c3f045';
const ISSUER =
  'https://westeurope.oic.prod-aks.azure.com/c8a1e4b7-3f52-4d06-8b9d-27f06a5ce914/2b6f9d04-51ce-4a7f-9e38-d4c07b1a6f52/';
const CLUSTER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks`;

test('ids, hosts and names of a workspace are known, the most frequent first', () => {
  const session = sessionOf({
    'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: fleet
  namespace: flux-system
  annotations:
    azure.workload.identity/client-id: ${CLIENT}
    azure.workload.identity/tenant-id: contoso.onmicrosoft.com
`,
    'sources.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: app, namespace: apps}
spec: {interval: 1m, url: oci://Contoso.azurecr.io/app, provider: azure}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {interval: 1m, url: "https://contoso@dev.azure.com/contoso/platform/_git/fleet"}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata: {name: box, namespace: flux-system}
spec: {interval: 1m, provider: azure, endpoint: "https://contosofleet.blob.core.windows.net", bucketName: box}
`,
    'cluster.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: remote, namespace: flux-system}
data: {provider: azure, cluster: ${CLUSTER}}
`,
    'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata: {name: fic, namespace: flux-system}
spec: {owner: {name: id}, issuer: "${ISSUER}"}
`,
    '.sops.yaml': `creation_rules:
  - azure_keyvault: https://kv-fleet.vault.azure.net/keys/sops,https://kv-spare.vault.azure.net/keys/sops
`,
    'secret.yaml': `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: flux-system}
stringData: {clientId: ${CLIENT}, clientSecret: q8Z~invented.value}
`,
  });
  const known = knownIn(session);
  assert.deepEqual(known, {
    clientIds: [CLIENT],
    tenantIds: ['contoso.onmicrosoft.com'],
    subscriptions: [SUBSCRIPTION],
    registries: ['contoso.azurecr.io'],
    vaults: ['kv-fleet', 'kv-spare'],
    keys: ['https://kv-fleet.vault.azure.net/keys/sops', 'https://kv-spare.vault.azure.net/keys/sops'],
    storageAccounts: ['contosofleet'],
    namespaces: ['flux-system', 'apps'],
    serviceAccounts: ['flux-system/fleet'],
    repositories: ['https://dev.azure.com/contoso/platform/_git/fleet'],
    clusters: [CLUSTER],
    issuers: [ISSUER],
    gitRepositories: ['fleet'],
  });
  assert.ok(!JSON.stringify(known).includes('q8Z'));
});

test('templates and placeholders are not offered', () => {
  const session = sessionOf({
    'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: "\${NAME}"
  namespace: your-namespace
  annotations:
    azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000
`,
  });
  assert.deepEqual(knownIn(session), NOTHING_KNOWN);
});
