import { replaceSource } from '../../yaml/edits.ts';
import { asScalar, entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { maps } from '../views.ts';

export default defineRule({
  id: 'sops/azure-kv-send-chain-quoted',
  on: maps('sops-azure-kv'),
  severity: 'error',
  partial: true,
  summary: '`clientCertificateSendChain` in `sops.azure-kv` must be a boolean without quotes.',
  why: 'kustomize-controller decodes `sops.azure-kv` into a structure in which this field is a boolean. A string or number makes the import of the whole document fail, and nothing is decrypted. In the Secret of a Bucket the same field is a string and must be quoted.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go'],
  *check({ root }) {
    for (const entry of entries(root)) {
      if (entry.key.text.toLowerCase() !== 'clientcertificatesendchain') continue;
      const value = asScalar(entry.value);
      if (!value || value.value === null || typeof value.value === 'boolean' || /\$\{|\{\{/.test(value.text)) continue;
      const meant = /^(true|1)$/i.test(value.text) ? 'true' : /^(false|0)$/i.test(value.text) ? 'false' : undefined;
      yield report(
        value,
        'clientCertificateSendChain must be a boolean without quotes here: a string makes the import of sops.azure-kv fail.',
        {
          fix: meant ? safeFix(`Write ${meant}`, replaceSource(value, meant)) : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In stringData',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  sops.azure-kv: |
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientCertificate: \${CERTIFICATE}
    clientCertificateSendChain: <|"true"|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  sops.azure-kv: |
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientCertificate: \${CERTIFICATE}
    clientCertificateSendChain: true
`,
    },
    {
      title: 'Encoded in data',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
data:
  sops.azure-kv: Y2xpZW50SWQ6IDdjOWU2Njc5LTc0MjUtNDBkZS05NDRiLWUwN2ZjMWY5MGFlNwpjbGllbnRDZXJ0aWZpY2F0ZVNlbmRDaGFpbjog<|MQ|>o=
`,
    },
  ],
  good: [
    {
      title: 'A boolean',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  sops.azure-kv: |
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientCertificateSendChain: true
`,
    },
  ],
};
