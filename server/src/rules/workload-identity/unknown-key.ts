import { nearest } from '../../azure/text-kinds.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { metadata, PREFIX } from './_keys.ts';

/** The keys that the webhook (v1.6.0) and Flux read. */
const KNOWN = [
  'use',
  'client-id',
  'tenant-id',
  'service-account-token-expiration',
  'skip-containers',
  'inject-proxy-sidecar',
  'proxy-sidecar-port',
  'use-identity-binding',
];
const MISSPELT = /^azure\.(workload-identity|workloadidentity|workload_identity)\//;

export default defineRule({
  id: 'workload-identity/unknown-key',
  on: metadata,
  severity: 'warning',
  partial: true,
  summary: 'A label or annotation looks like one of Azure Workload Identity but is none.',
  why: 'Keys are compared letter by letter. A misspelt one is kept by Kubernetes and read by nobody: pods start without a token, and nothing says why.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/consts.go',
    'https://github.com/Azure/azure-workload-identity/issues/1026',
  ],
  *check({ entry }) {
    const key = entry.key.text;
    const misspelt = MISSPELT.exec(key);
    if (!misspelt && !key.startsWith(PREFIX)) return;
    const name = key.slice(key.indexOf('/') + 1);
    if (!misspelt && (KNOWN.includes(name) || name.startsWith('use-'))) return;
    const hyphened = name
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .replaceAll('_', '-')
      .toLowerCase();
    const best = nearest(hyphened, KNOWN, 3);
    const meant = best ? `${PREFIX}${best}` : undefined;
    yield report(entry, `Azure Workload Identity reads no key "${key}"${meant ? `; did you mean "${meant}"?` : '.'}`, {
      fix: meant && !entry.key.synthetic ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An underscore for a hyphen',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    <|azure.workload.identity/client_id|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
    {
      title: 'A hyphen for a dot, in a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: source-controller
        annotations:
          <|azure.workload-identity/client-id|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
    },
  ],
  good: [
    {
      title: 'Known keys, and keys of others',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    example.com/client_id: anything
`,
    },
  ],
};
