import { coverOf, valuesOf } from '../../model/views/sops-file.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptedFiles } from './_views.ts';

export default defineRule({
  id: 'sops/file-value-in-plain-text',
  on: encryptedFiles,
  severity: 'error',
  partial: true,
  summary: 'A value in an encrypted file is in plain text.',
  why: "It was added by hand instead of with `sops`. Decryption stops at it, as it `does not match sops' data format`; and whatever it is, it is readable in the history of the repository now.",
  references: ['getsops/sops@v3.13.2 sops.go', 'getsops/sops@v3.13.2 aes/cipher.go'],
  *check(file) {
    const covers = coverOf(file);
    if (!covers) return;
    for (const { node, path } of valuesOf(file)) {
      if (node.value === null || node.text === '' || node.text.startsWith('ENC[') || !covers(path)) continue;
      // SOPS encrypts comments of this form in place; and what identifies the object has a rule of its own.
      yield report(
        node,
        `The value of ${path.join('.')} is in plain text in an encrypted file: decryption fails, as it does not match sops' data format, and the value is public. Open the file with sops and save it.`,
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A key added by hand',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
  added: <|"not encrypted"|>
${SOPS_BLOCK}`,
    },
  ],
  good: [
    {
      title: 'Empty values, and values the selector leaves out',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
  labels:
    app: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
  empty: ""
${SOPS_BLOCK}`,
    },
  ],
};
