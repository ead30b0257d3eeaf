import { podTemplateOf } from '../../model/views/pod-template.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { concerns } from '../flux-controllers.ts';
import { azureKvs, secretWith } from './_azure-kv.ts';

export default defineRule({
  id: 'sops/azure-kv-managed-identity',
  on: azureKvs,
  severity: 'info',
  partial: true,
  summary: 'A client id alone selects a managed identity of the node.',
  why: 'The controller asks the metadata service of the node for it. That is the documented form for managed identities, and no workload identity: for that leave `sops.azure-kv` out.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go'],
  *check({ credential, field }, { workspace }) {
    const client = field('clientid');
    if (credential !== 'managed-identity' || field('tenantid') || !client) return;
    // The proxy sidecar answers in place of the metadata service.
    const proxied = [...workspace.objects('apps', 'Deployment'), ...workspace.patches('apps', 'Deployment')].some(
      (d) =>
        (d.partial ? concerns(d, 'kustomize-controller') : d.name === 'kustomize-controller') &&
        podTemplateOf(d)?.annotation('azure.workload.identity/inject-proxy-sidecar'),
    );
    if (!proxied)
      yield report(
        client,
        'clientId alone selects a managed identity of the node (IMDS), not workload identity. For workload identity leave sops.azure-kv out.',
      );
  },
});

export const examples: Examples = {
  bad: [{ title: 'A client id alone', yaml: secretWith('<|clientId|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7') }],
  good: [
    {
      title: 'A service principal',
      yaml: secretWith(
        'tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'clientSecret: ${CLIENT_SECRET}',
      ),
    },
  ],
};
