import { valuesOf } from '../../model/views/sops-file.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptedFiles } from './_views.ts';

export default defineRule({
  id: 'sops/file-value-copied',
  on: encryptedFiles,
  severity: 'error',
  partial: true,
  summary: 'An encrypted value was copied to another key.',
  why: 'SOPS binds each value to the keys that lead to it. The copy fails with `cipher: message authentication failed`, and so does the whole file.',
  references: ['getsops/sops@v3.13.2 aes/cipher.go', 'https://github.com/getsops/sops/issues/1774'],
  *check(file) {
    const seen = new Map<string, { path: string; node: ScalarNode }>();
    for (const { node, path } of valuesOf(file)) {
      if (!node.text.startsWith('ENC[')) continue;
      const own = path.join(':');
      const first = seen.get(node.text);
      if (!first) seen.set(node.text, { path: own, node });
      else if (first.path !== own)
        yield report(
          node,
          `The value of ${path.join('.')} is a copy of ${first.path.replaceAll(':', '.')}. Encrypted values are bound to their keys, so it cannot be decrypted (message authentication failed): edit the file with sops.`,
          {
            related: [related(first.node, 'The value it was copied from')],
          },
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Under another key',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
  copy: <|ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]|>
${SOPS_BLOCK}`,
    },
  ],
  good: [
    {
      title: 'Two values',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
  other: ENC[AES256_GCM,data:AAED,iv:aXY=,tag:dGFn,type:str]
${SOPS_BLOCK}`,
    },
  ],
};
