import { ENCRYPTED_VALUE, valuesOf } from '../../model/views/sops-file.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptedFiles } from './_views.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const TYPES = ['str', 'int', 'float', 'bytes', 'bool', 'time', 'comment'];

export default defineRule({
  id: 'sops/file-value-malformed',
  on: encryptedFiles,
  severity: 'error',
  partial: true,
  summary: 'An encrypted value is broken.',
  why: 'An encrypted value has data, iv, tag and type, the first three in base64. A value that lost a character, in a merge or by hand, cannot be decrypted.',
  references: ['getsops/sops@v3.13.2 aes/cipher.go:53-122'],
  *check(file) {
    for (const { node, path } of valuesOf(file)) {
      if (!node.text.startsWith('ENC[')) continue;
      const match = ENCRYPTED_VALUE.exec(node.text);
      const broken = !match
        ? 'it is not of the form ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]'
        : (['data', 'iv', 'tag'].find((_, i) => !BASE64.test(match[i + 1] as string)) ??
          (TYPES.includes(match[4] as string) ? undefined : 'type'));
      if (broken)
        yield report(
          node,
          `The value of ${path.join('.')} is no valid SOPS value and cannot be decrypted: ${match ? `its ${broken} is malformed` : broken}.`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Cut off, and a type that does not exist',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: <|ENC[AES256_GCM,data:AAEC,iv:aXY=|>
  other: <|ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:string]|>
${SOPS_BLOCK}`,
    },
  ],
  good: [
    {
      title: 'Whole',
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
