import { keyLists } from '../../model/views/sops-file.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { encryptedFiles } from './_views.ts';

export default defineRule({
  id: 'sops/file-key-missing',
  on: encryptedFiles,
  severity: 'error',
  partial: true,
  summary: 'The file names no key: nobody can decrypt it.',
  why: 'The data key of a file is stored in it, encrypted with each master key. Without one SOPS stops with `No keys found in file`.',
  references: ['getsops/sops@v3.13.2 stores/stores.go:388', 'https://github.com/getsops/sops/issues/768'],
  *check(file) {
    if (keyLists(file).length === 0)
      yield report(
        file.block,
        'No keys found in file: nobody can decrypt it. Encrypt it again with a creation rule that names a key.',
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Empty lists',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
<|sops|>:
  kms: []
  azure_kv: []
  lastmodified: "2026-01-02T03:04:05Z"
  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
`,
    },
  ],
  good: [
    {
      title: 'A key of another kind',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
sops:
  kms: []
  age:
    - recipient: age1exampleexampleexampleexampleexampleexampleexampleexample
      enc: x
  lastmodified: "2026-01-02T03:04:05Z"
  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
`,
    },
  ],
};
