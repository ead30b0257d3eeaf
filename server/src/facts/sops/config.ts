import { boolean, defineFormat, list, object, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: getsops/sops v3.13.2 config/config.go.
const REFERENCE = 'https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files';
const KEY_URL = 'https://${1:vault}.vault.azure.net/keys/${2:key}/${3:version}';

const selector = (doc: string, since?: string): Shape =>
  string(`${doc} At most one of the six selectors may be given.`, since === undefined ? {} : { since });

const KEY_OBJECT = object(
  {
    vaultUrl: string('The vault: `https://{vault}.vault.azure.net`, without a path. A Managed HSM works too.', {
      snippet: 'https://${1:vault}.vault.azure.net',
      known: 'vault-urls',
    }),
    key: string('The key’s name. It has to be an RSA key.'),
    version: string(
      'The key’s version, 32 hexadecimal digits. From SOPS 3.11 on it may be left out: SOPS then asks for the newest, for which the identity needs the right `get`.',
    ),
  },
  { required: ['vaultUrl', 'key'], open: true },
);

const KEY_GROUP = object(
  {
    azure_keyvault: list(
      KEY_OBJECT,
      'Keys of Key Vault, as objects. Strings, which a creation rule itself takes, are refused here.',
      {
        snippet: '\n  - vaultUrl: https://${1:vault}.vault.azure.net\n    key: ${2:key}\n    version: ${3:version}',
      },
    ),
    age: list(string('A recipient of age.'), 'Recipients of age.'),
    pgp: list(string('A fingerprint.'), 'Fingerprints of OpenPGP keys.'),
    kms: list({ type: 'any' }, 'Keys of AWS KMS.'),
    gcp_kms: list({ type: 'any' }, 'Keys of Google Cloud KMS.'),
    hckms: list({ type: 'any' }, 'Keys of Huawei Cloud KMS.', { since: 'SOPS 3.12' }),
    hc_vault: list(string('A URI.'), 'Transit keys of HashiCorp Vault.'),
    merge: list({ type: 'any' }, 'Groups to merge into this one.', { since: 'SOPS 3.11' }),
  },
  { open: true },
);

const CREATION_RULE = object(
  {
    path_regex: string(
      'Files whose path, relative to this file, matches. A regular expression of Go (RE2). The first rule that matches wins; one without it matches everything, and rules after it are never reached.',
      { snippet: '${1:.*\\\\.sops\\\\.ya?ml\\$}' },
    ),
    azure_keyvault: {
      type: 'any',
      fact: {
        doc: 'Keys of Key Vault as URLs, `https://{vault}.vault.azure.net/keys/{key}/{version}`, separated by commas; from SOPS 3.11 on also as a list. Not read where `key_groups` is given. It is `azure_keyvault` here and `azure_kv` in encrypted files.',
        link: 'https://getsops.io/docs/#encrypting-using-azure-key-vault',
        snippet: KEY_URL,
        known: 'key-urls',
        suggestions: [{ value: KEY_URL, label: 'https://….vault.azure.net/keys/…', doc: 'A key of Key Vault.' }],
      },
    },
    key_groups: list(KEY_GROUP, 'Groups of keys. Where given, the keys beside it are not read.'),
    shamir_threshold: {
      type: 'integer',
      fact: { doc: 'How many of the groups are needed to decrypt: at least 2 where there are several groups.' },
    },
    encrypted_regex: string(
      'Keys whose name matches are encrypted with all below them, everything else stays plain. For Kubernetes `^(data|stringData)$`: Flux has to be able to read apiVersion, kind and metadata. Without the anchors `data` matches `metadata` as well. At most one of the six selectors may be given.',
      {
        snippet: '${1:^(data|stringData)\\$}',
        suggestions: [{ value: '^(data|stringData)\\$', doc: 'Secrets of Kubernetes.' }],
      },
    ),
    unencrypted_regex: selector('Keys whose name matches stay plain, everything else is encrypted.', 'SOPS 3.7'),
    encrypted_suffix: selector('Keys that end with this are encrypted.'),
    unencrypted_suffix: selector('Keys that end with this stay plain. The default is `_unencrypted`.'),
    encrypted_comment_regex: selector('Values below a comment that matches are encrypted.', 'SOPS 3.9'),
    unencrypted_comment_regex: selector('Values below a comment that matches stay plain.', 'SOPS 3.9'),
    mac_only_encrypted: boolean(
      'The checksum covers the encrypted values alone, so that others may change the plain ones.',
      { since: 'SOPS 3.9' },
    ),
    age: { type: 'any', fact: { doc: 'Recipients of age, separated by commas.' } },
    pgp: { type: 'any', fact: { doc: 'Fingerprints of OpenPGP keys, separated by commas.' } },
    kms: { type: 'any', fact: { doc: 'ARNs of AWS KMS keys, separated by commas.' } },
    gcp_kms: { type: 'any', fact: { doc: 'Resource ids of Google Cloud KMS keys, separated by commas.' } },
    hckms: { type: 'any', fact: { doc: 'Keys of Huawei Cloud KMS.', since: 'SOPS 3.12' } },
    hc_vault_transit_uri: { type: 'any', fact: { doc: 'Transit keys of HashiCorp Vault.' } },
    aws_profile: string('A profile of the AWS configuration.'),
  },
  { open: true },
);

export default defineFormat({
  language: 'sops-config',
  title: '.sops.yaml',
  doc: 'Says which keys SOPS encrypts a file with. Unknown keys are ignored without a word. The name has to be `.sops.yaml`.',
  link: REFERENCE,
  shape: object(
    {
      creation_rules: list(CREATION_RULE, 'Rules for new files, by path. The first that matches wins.', {
        snippet:
          '\n  - path_regex: ${1:.*\\\\.sops\\\\.ya?ml\\$}\n    encrypted_regex: ^(data|stringData)\\$\n    azure_keyvault: https://${2:vault}.vault.azure.net/keys/${3:key}/${4:version}',
      }),
      destination_rules: list({ type: 'any' }, 'Rules for `sops publish`.'),
      stores: object(
        {
          yaml: object({ indent: { type: 'integer', fact: { doc: 'Spaces of indentation.' } } }, { open: true }),
          json: object({ indent: { type: 'integer', fact: { doc: 'Spaces of indentation.' } } }, { open: true }),
          json_binary: { type: 'any' },
          dotenv: { type: 'any' },
          ini: { type: 'any' },
        },
        { open: true, doc: 'How files are written.', since: 'SOPS 3.9' },
      ),
    },
    { open: true },
  ),
  snippets: [
    {
      label: 'Secrets of Kubernetes with Key Vault',
      doc: 'One rule that encrypts `data` and `stringData` with a key of Key Vault.',
      body: 'creation_rules:\n  - path_regex: ${1:.*\\\\.sops\\\\.ya?ml\\$}\n    encrypted_regex: ^(data|stringData)\\$\n    azure_keyvault: https://${2:vault}.vault.azure.net/keys/${3:key}/${4:version}\n',
    },
  ],
});
