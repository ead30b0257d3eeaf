/** Metadata of a file that SOPS has encrypted, for examples. Keys and values are made up. */
export const SOPS_BLOCK = `sops:
  azure_kv:
    - vault_url: https://fleet.vault.azure.net
      name: sops
      version: 0123456789abcdef0123456789abcdef
      created_at: "2026-01-02T03:04:05Z"
      enc: AbCdEfGhIjKlMnOpQrStUvWxYz-_0123456789
  lastmodified: "2026-01-02T03:04:05Z"
  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
  encrypted_regex: ^(data|stringData)$
  version: 3.11.0
`;

export const ENCRYPTED = 'ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]';
