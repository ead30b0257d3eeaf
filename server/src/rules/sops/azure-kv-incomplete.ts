import { defineRule, type Examples, report } from '../define.ts';
import { azureKvs, secretWith } from './_azure-kv.ts';

export default defineRule({
  id: 'sops/azure-kv-incomplete',
  on: azureKvs,
  severity: 'error',
  partial: true,
  summary: '`sops.azure-kv` holds no complete credential.',
  why: 'The controller needs a client id, alone (a managed identity of the node) or with the tenant and a secret or certificate, or the three fields that `az ad sp create-for-rbac` prints. With anything less it imports nothing.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go TokenCredentialFromAADConfig'],
  *check({ root, credential, unit }) {
    if (credential !== 'none' || root.damaged) return;
    const secret = unit.owner?.object;
    const name = `${secret?.namespace ?? ''}/${secret?.name ?? ''}`;
    yield report(
      root.entries[0] ?? root,
      `failed to import 'sops.azure-kv' data from sops decryption Secret '${name}': invalid data: requires a 'clientId' field, a combination of 'tenantId', 'clientId' and 'clientSecret', or 'tenantId', 'clientId' and 'clientCertificate'`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No client id',
      yaml: secretWith('<|tenantId|>: 1b4e28ba-2fa1-41d2-883f-0016d3cca427', 'clientSecret: ${CLIENT_SECRET}'),
    },
  ],
  good: [
    {
      title: 'A service principal',
      yaml: secretWith(
        'tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'clientSecret: ${CLIENT_SECRET}',
      ),
    },
    {
      title: 'The output of az, in other cases',
      yaml: secretWith(
        'AppID: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'TENANT: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'password: ${CLIENT_SECRET}',
      ),
    },
  ],
};
