import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { sopsBlocks } from './_views.ts';

export default defineRule({
  id: 'sops/file-enc-not-base64url',
  on: sopsBlocks,
  severity: 'error',
  partial: true,
  summary: 'The encrypted data key is no base64url without padding.',
  why: 'SOPS writes `enc` of a Key Vault key in the URL alphabet of base64, without `=`, and reads no other: `failed to base64 decode Azure Key Vault encrypted key`.',
  references: ['getsops/sops@v3.13.2 azkv/keysource.go'],
  *check(file) {
    for (const key of file.azureKeys) {
      const value = asScalar(get(key, 'enc'));
      if (value && value.text !== '' && !/^[A-Za-z0-9_-]+$/.test(value.text.replace(/[\r\n]/g, '')))
        yield report(
          value,
          'enc must be base64url without padding: failed to base64 decode Azure Key Vault encrypted key.',
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'With padding',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
sops:
  azure_kv:
    - vault_url: https://fleet.vault.azure.net
      enc: <|AbCdEfGhIjKlMnO=|>
  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
`,
    },
  ],
  good: [
    {
      title: 'In the URL alphabet',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: token
sops:
  azure_kv:
    - vault_url: https://fleet.vault.azure.net
      enc: AbCd-EfGh_IjKlMnO
  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
`,
    },
  ],
};
