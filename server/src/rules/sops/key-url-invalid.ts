import { KEY_URL, KEY_URL_WITH_VERSION, vaultObjectThatIsNoKey } from '../../azure/key-vault.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { keyUrlsOf } from '../../model/views/sops-config.ts';
import { replacePart } from '../../yaml/edits.ts';
import { defineRule, type Examples, partOf, report, unsafeFix } from '../define.ts';
import { creationRules } from './_views.ts';

export default defineRule({
  id: 'sops/key-url-invalid',
  on: creationRules,
  severity: 'error',
  partial: true,
  summary: 'An entry of `azure_keyvault` is no URL of a Key Vault key.',
  why: 'SOPS takes each entry apart with a regular expression and stops at the first that does not match: `could not parse … into a valid Azure Key Vault MasterKey`. Nothing is encrypted then. SOPS before 3.11 demands the version as well.',
  references: [
    'getsops/sops@v3.13.2 azkv/keysource.go NewMasterKeyFromURL',
    'https://github.com/getsops/sops/issues/1218',
  ],
  *check({ rule }, { sops }) {
    const recent = atLeast(sops, '3.11');
    const pattern = recent ? KEY_URL : KEY_URL_WITH_VERSION;
    for (const url of keyUrlsOf(rule.root)) {
      if (isTemplate(url.text) || vaultObjectThatIsNoKey(url.text) || pattern.test(url.text)) continue;
      // Without a version only: said by sops/key-version-empty where it is legal, here where it is not.
      const place = partOf(url.node, url.start, url.end);
      const fixed = repair(url.text);
      yield report(
        place,
        `could not parse "${url.text}" into a valid Azure Key Vault MasterKey. SOPS wants https://<vault>.vault.azure.net/keys/<key>/<version>${recent ? '' : ', and before 3.11 the version too'}.`,
        {
          fix:
            fixed && pattern.test(fixed)
              ? unsafeFix(`Write ${fixed}`, replacePart(url.node, url.start, url.end, fixed))
              : undefined,
        },
      );
    }
  },
});

function repair(url: string): string {
  const scheme = /^https:\/\//.test(url)
    ? url
    : /^http:\/\//i.test(url)
      ? url.replace(/^http:/i, 'https:')
      : /^[a-z0-9-]+\.[a-z0-9.-]+\//i.test(url)
        ? `https://${url}`
        : url;
  return scheme
    .replace(/^https:/i, 'https:')
    .replace(/\/keys\//i, '/keys/')
    .replace(/^(https:\/\/[^/]+\/keys\/[^/]+\/[^/]+)\/+$/, '$1');
}

export const examples: Examples = {
  bad: [
    {
      title: 'http, and a slash at the end',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: <|http://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef/|>
`,
      },
      fixed: `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
    {
      title: 'The second of two, written without a scheme',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://a-vault.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef, <|b-vault.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef|>
`,
      },
    },
    {
      title: 'No version, which SOPS 3.10 demands',
      settings: { sopsVersion: '3.10' },
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault: <|https://fleet.vault.azure.net/keys/sops|>
`,
      },
    },
  ],
  good: [
    {
      title: 'With and without a version, a port, a managed HSM',
      files: {
        '.sops.yaml': `creation_rules:
  - encrypted_regex: ^(data|stringData)$
    azure_keyvault:
      - https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
      - https://fleet.vault.azure.net:443/keys/sops/
      - https://fleet.managedhsm.azure.net/keys/sops
      - https://\${VAULT}/keys/sops
`,
      },
    },
  ],
};
