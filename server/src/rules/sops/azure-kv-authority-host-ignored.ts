import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureKvs, secretWith } from './_azure-kv.ts';

export default defineRule({
  id: 'sops/azure-kv-authority-host-ignored',
  on: azureKvs,
  severity: 'warning',
  partial: true,
  summary: 'The authority host is not used for a managed identity.',
  why: 'A managed identity gets its token from the metadata service of the node, which knows its cloud. The controller reads `authorityHost` for secrets and certificates only, though the upstream page says otherwise.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go'],
  *check({ credential, field }) {
    const authority = field('authorityhost');
    if (credential === 'managed-identity' && authority)
      yield report(authority, 'authorityHost is ignored for a managed identity.', {
        fix: unsafeFix('Remove authorityHost', removeEntry(authority)),
        tags: ['unnecessary'],
      });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Beside a client id alone',
      yaml: secretWith(
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        '<|authorityHost|>: https://login.microsoftonline.us/',
      ),
      fixed: secretWith('clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7'),
    },
  ],
  good: [
    {
      title: 'With a secret',
      yaml: secretWith(
        'tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'clientSecret: ${CLIENT_SECRET}',
        'authorityHost: https://login.microsoftonline.us/',
      ),
    },
  ],
};
