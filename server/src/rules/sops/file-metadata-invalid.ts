import { isSet } from '../../model/views/sops-config.ts';
import { asScalar, entry, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, type Report, report } from '../define.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptedFiles } from './_views.ts';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const FIELDS = ['vault_url', 'name', 'version', 'created_at', 'enc'];

export default defineRule({
  id: 'sops/file-metadata-invalid',
  on: encryptedFiles,
  severity: 'error',
  partial: true,
  summary: 'A field of the metadata is missing or malformed.',
  why: 'SOPS reads its metadata before it decrypts anything. Without the date of the last change, or with an incomplete Key Vault entry, it stops there.',
  references: ['getsops/sops@v3.13.2 stores/stores.go', 'getsops/sops@v3.13.2 azkv/keysource.go'],
  *check(file) {
    yield* checkTime(file.sops, 'lastmodified', file.block);
    for (const key of file.azureKeys) {
      for (const field of FIELDS)
        if (!isSet(get(key, field)))
          yield report(
            entry(key, field) ?? key.entries[0] ?? file.block,
            `SOPS cannot read its metadata: ${field} of this Key Vault key is missing. Encrypt the file again.`,
          );
      if (isSet(get(key, 'created_at'))) yield* checkTime(key, 'created_at', file.block);
    }
  },
});

function* checkTime(map: MapNode, field: string, fallback: Parameters<typeof report>[0]): Iterable<Report> {
  const value = asScalar(get(map, field));
  if (value && RFC3339.test(value.text)) return;
  yield report(
    value && value.text !== '' ? value : (entry(map, field) ?? fallback),
    `SOPS cannot read its metadata: ${field} is ${value && value.text !== '' ? 'no time as RFC 3339 has it' : 'missing'}. Encrypt the file again.`,
  );
}

export const examples: Examples = {
  bad: [
    {
      title: 'A time without a zone, and an empty key name',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
sops:
  azure_kv:
    - vault_url: https://fleet.vault.azure.net
      <|name|>: ""
      version: 0123456789abcdef0123456789abcdef
      created_at: "2026-01-02T03:04:05Z"
      enc: AbCdEfGhIjKlMnOp
  lastmodified: <|"2026-01-02 03:04:05"|>
  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
  version: 3.11.0
`,
    },
  ],
  good: [
    {
      title: 'Whole',
      yaml: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\nstringData:\n  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]\n${SOPS_BLOCK}`,
    },
  ],
};
