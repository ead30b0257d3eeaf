import { nearest } from '../../azure/text-kinds.ts';
import { removeEntry, renameKey } from '../../yaml/edits.ts';
import { entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureKvs, FIELDS, secretWith } from './_azure-kv.ts';

const MEANT: Readonly<Record<string, string>> = { aadclientid: 'clientId', aadclientsecret: 'clientSecret' };

export default defineRule({
  id: 'sops/azure-kv-unknown-field',
  on: azureKvs,
  severity: 'warning',
  partial: true,
  summary: 'Flux reads no such field in `sops.azure-kv`.',
  why: 'Fields are matched without regard to case, but underscores and hyphens count. What is not known is dropped without a word.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go'],
  *check({ root, field }) {
    const known = FIELDS.map((f) => f.toLowerCase());
    for (const entry of entries(root)) {
      const name = entry.key.text.toLowerCase();
      if (known.includes(name) || (/^(displayname|name)$/.test(name) && field('appid'))) continue;
      const plain = name.replace(/[_-]/g, '');
      const meant = MEANT[plain] ?? FIELDS.find((f) => f.toLowerCase() === plain) ?? nearest(plain, FIELDS, 3);
      const taken = meant !== undefined && field(meant.toLowerCase()) !== undefined;
      yield report(
        entry,
        `Flux ignores the field "${entry.key.text}" of sops.azure-kv${meant && !taken ? `; did you mean "${meant}"?` : '.'}`,
        {
          fix:
            meant && !taken
              ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant))
              : root.entries.length > 1
                ? unsafeFix('Remove the field', removeEntry(entry))
                : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An underscore',
      yaml: secretWith(
        '<|tenant_id|>: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'clientSecret: ${CLIENT_SECRET}',
      ),
      fixed: secretWith(
        'tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        'clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'clientSecret: ${CLIENT_SECRET}',
      ),
    },
  ],
  good: [
    {
      title: 'The output of az',
      yaml: secretWith(
        'appId: 7c9e6679-7425-40de-944b-e07fc1f90ae7',
        'displayName: flux',
        'password: ${CLIENT_SECRET}',
        'tenant: 1b4e28ba-2fa1-41d2-883f-0016d3cca427',
      ),
    },
  ],
};
