import { keyLists } from '../../model/views/sops-file.ts';
import { get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { sopsBlocks } from './_views.ts';

export default defineRule({
  id: 'sops/file-mac-missing',
  on: sopsBlocks,
  severity: 'error',
  partial: true,
  summary: 'The metadata of SOPS have no MAC.',
  why: 'Both SOPS and Flux go by `sops.mac` to tell an encrypted file. Without it Flux applies the file as it is: a Secret is refused, with `configuring decryption is required for this secret to be reconciled`, and other kinds with `.sops: field not declared in schema`.',
  references: [
    'getsops/sops@v3.13.2 stores/stores.go',
    'fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go:1051',
  ],
  *check(file) {
    if (keyLists(file).length > 0 && (text(get(file.sops, 'mac')) ?? '') === '')
      yield report(
        file.block,
        'Without sops.mac neither sops nor Flux treats this file as encrypted. Encrypt it again.',
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No MAC',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
<|sops|>:
  azure_kv:
    - vault_url: https://fleet.vault.azure.net
      name: sops
      version: 0123456789abcdef0123456789abcdef
  lastmodified: "2026-01-02T03:04:05Z"
`,
    },
  ],
  good: [
    {
      title: 'A field called sops in a file of something else',
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\nsops: enabled\n',
    },
  ],
};
