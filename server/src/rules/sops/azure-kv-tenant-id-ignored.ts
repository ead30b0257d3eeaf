import { defineRule, type Examples, report } from '../define.ts';
import { azureKvs, secretWith } from './_azure-kv.ts';

export default defineRule({
  id: 'sops/azure-kv-tenant-id-ignored',
  on: azureKvs,
  severity: 'warning',
  partial: true,
  summary: 'Tenant and client id without a secret select a managed identity of the node, not workload identity.',
  why: 'Without a secret or certificate the controller asks the metadata service of the node for the managed identity with this client id, and the tenant is ignored. For workload identity leave `sops.azure-kv` out altogether.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go'],
  *check({ credential, field }) {
    const tenant = field('tenantid');
    if (credential !== 'managed-identity' || !tenant) return;
    yield report(
      tenant,
      'Without a secret or certificate Flux takes a managed identity of the node (IMDS) and ignores tenantId: this is not workload identity. Add the secret, or drop tenantId, or for workload identity the whole Secret.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Meant as workload identity',
      yaml: secretWith(
        '<|tenantId|>: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
      ),
    },
  ],
  good: [
    {
      title: 'With a secret',
      yaml: secretWith(
        'tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'clientSecret: ${CLIENT_SECRET}',
      ),
    },
  ],
};
