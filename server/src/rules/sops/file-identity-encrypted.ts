import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptedFiles } from './_views.ts';

const IDENTITY = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']];

export default defineRule({
  id: 'sops/file-identity-encrypted',
  on: encryptedFiles,
  severity: 'error',
  partial: true,
  summary: 'What the object is has been encrypted.',
  why: 'kustomize and Flux have to read apiVersion, kind, name and namespace before anything is decrypted. Encrypt only the values: `--encrypted-regex "^(data|stringData)$"`.',
  references: [
    'fluxcd/kustomize-controller@v1.9.4 docs/spec/v1/kustomizations.md',
    'https://github.com/fluxcd/flux/issues/3125',
  ],
  *check(file) {
    for (const path of IDENTITY) {
      const value = asScalar(get(file.root, ...path));
      if (value?.text.startsWith('ENC[AES256_GCM,'))
        yield report(
          value,
          `Flux cannot apply this: ${path.join('.')} is encrypted. Decrypt the file and encrypt it again with --encrypted-regex '^(data|stringData)$'.`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Everything is encrypted',
      yaml: `apiVersion: <|ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]|>
kind: <|ENC[AES256_GCM,data:AAED,iv:aXY=,tag:dGFn,type:str]|>
metadata:
  name: <|ENC[AES256_GCM,data:AAEE,iv:aXY=,tag:dGFn,type:str]|>
${SOPS_BLOCK}`,
    },
  ],
  good: [
    {
      title: 'Only the values are',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
${SOPS_BLOCK}`,
    },
  ],
};
