import { isTemplate } from '../../azure/text-kinds.ts';
import { groupKeysOf, keyUrlsOf, ruleFor, sopsConfigFor } from '../../model/views/sops-config.ts';
import { get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptedFiles } from './_views.ts';

interface Key {
  readonly vault: string;
  readonly name: string;
  readonly version: string;
}

const host = (url: string): string =>
  url
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase();

export default defineRule({
  id: 'sops/file-key-not-in-config',
  on: encryptedFiles,
  severity: 'info',
  partial: true,
  summary: 'The file is encrypted for another key than `.sops.yaml` names now.',
  why: 'The configuration counts when a file is first encrypted. `sops updatekeys` brings a file up to date with it.',
  references: ['getsops/sops@v3.13.2 cmd/sops/subcommand/updatekeys'],
  *check(file, { workspace }) {
    if (file.azureKeys.length === 0) return;
    const { uri } = file.unit.document;
    const config = sopsConfigFor(uri, workspace);
    const rule = config && ruleFor(config, uri);
    if (!rule || rule === 'unknown') return;
    const known: Key[] = [
      ...keyUrlsOf(rule.root).flatMap((url): Key[] => {
        const match = /^https:\/\/([^/]+)\/keys\/([^/]+)(?:\/([^/]*))?$/.exec(url.text);
        return match ? [{ vault: host(match[1] as string), name: match[2] as string, version: match[3] ?? '' }] : [];
      }),
      ...groupKeysOf(rule.root).map(
        (k): Key => ({
          vault: host(text(get(k, 'vaultUrl')) ?? ''),
          name: text(get(k, 'key')) ?? '',
          version: text(get(k, 'version')) ?? '',
        }),
      ),
    ];
    // A rule without keys of Azure says nothing about them; a template may be any key.
    if (known.length === 0 || known.some((k) => isTemplate(k.vault + k.name + k.version))) return;
    for (const key of file.azureKeys) {
      const url = get(key, 'vault_url');
      const own: Key = {
        vault: host(text(url) ?? ''),
        name: text(get(key, 'name')) ?? '',
        version: text(get(key, 'version')) ?? '',
      };
      if (
        !url ||
        own.name === '' ||
        known.some(
          (k) => k.vault === own.vault && k.name === own.name && (k.version === '' || k.version === own.version),
        )
      )
        continue;
      const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
      yield report(
        url,
        `The file is encrypted for key "${own.name}" of ${own.vault}, which .sops.yaml does not name for it (any more). Run: sops updatekeys ${name}`,
        {
          related: rule.pathRegex ? [related(rule.pathRegex, 'The creation rule for this file')] : [],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Another vault',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
${SOPS_BLOCK.replace('https://fleet.vault.azure.net', '<|https://old-fleet.vault.azure.net|>')}`,
        '.sops.yaml': `creation_rules:
  - path_regex: .*\\.yaml
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
  good: [
    {
      title: 'The same key, whose version is not pinned',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
${SOPS_BLOCK}`,
        '.sops.yaml': `creation_rules:
  - path_regex: .*\\.yaml
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://Fleet.vault.azure.net/keys/sops
`,
      },
    },
  ],
};
