import {
  isKeyName,
  isKeyVersion,
  isVaultName,
  KEY_NAME_RULE,
  KEY_VERSION_RULE,
  parseKeyUrl,
  VAULT_NAME_RULE,
  vaultObjectThatIsNoKey,
} from '../../../azure/key-vault.ts';
import { regexProblem } from '../../../text/linear-regex.ts';
import type { Generator } from '../generator.ts';
import { unlessTemplate } from '../steps.ts';
import { commented, documents } from '../yaml-text.ts';

export const sopsConfig: Generator = {
  name: 'sops-config',
  title: 'Rule in .sops.yaml',
  detail: 'Encrypts Secrets with a key of Azure Key Vault',
  steps: [
    {
      key: 'keyUrl',
      title: 'Key',
      prompt: 'Key identifier as the portal shows it, with its version',
      kind: 'text',
      suggestions: (_, { known }) => known.keys,
      example: 'https://kv-fleet.vault.azure.net/keys/sops/4f1c9e7a2b6d4c0f8e35a1d27b90c6e8',
      validate: unlessTemplate(keyUrlProblem),
    },
    {
      key: 'pathRegex',
      title: 'Files',
      prompt: 'Regular expression for the paths of the files, relative to .sops.yaml',
      kind: 'text',
      suggestions: () => ['\\.sops\\.ya?ml$', '^clusters/production/.*\\.ya?ml$', '(^|/)secrets/.*\\.ya?ml$'],
      default: '\\.sops\\.ya?ml$',
      example: '\\.sops\\.ya?ml$',
      validate: (value) => {
        const problem = regexProblem(value);
        if (problem !== undefined) return `Go cannot compile this: ${problem}`;
        return /^\*/.test(value) ? 'A regular expression is meant, not a pattern of the shell.' : undefined;
      },
    },
    {
      key: 'content',
      title: 'What to encrypt',
      prompt: 'What is in the files?',
      kind: 'choice',
      choices: () => [
        {
          value: 'manifests',
          title: 'Kubernetes Secrets',
          detail: 'Only data and stringData: Flux must be able to read the rest',
        },
        { value: 'values', title: 'Values, .env and other files', detail: 'Everything in them' },
      ],
      default: 'manifests',
    },
  ],
  render: (values) => [
    {
      path: '.sops.yaml',
      language: 'yaml',
      content: documents({
        creation_rules: [
          {
            path_regex: values.pathRegex,
            encrypted_regex:
              values.content === 'manifests'
                ? commented('kind and metadata stay readable, or kustomize cannot work.', '^(data|stringData)$')
                : undefined,
            azure_keyvault: values.keyUrl,
          },
        ],
      }),
      note: 'Belongs into the root of the repository; the first rule that matches a file wins. Whoever encrypts and the identity of kustomize-controller need Key Vault Crypto User.',
    },
  ],
};

function keyUrlProblem(text: string): string | undefined {
  const other = vaultObjectThatIsNoKey(text);
  if (other !== undefined) return `SOPS needs a key (.../keys/...), this names a ${other}.`;
  const url = parseKeyUrl(text);
  if (url === undefined) return `"${text}" is no key URL: https://{vault}.vault.azure.net/keys/{key}/{version}.`;
  if (url.vault !== undefined && !isVaultName(url.vault.name))
    return `"${url.vault.name}" cannot be: ${VAULT_NAME_RULE}.`;
  if (!isKeyName(url.key)) return `"${url.key}" cannot be: ${KEY_NAME_RULE}.`;
  return url.version === undefined || isKeyVersion(url.version)
    ? undefined
    : `"${url.version}" cannot be: ${KEY_VERSION_RULE}.`;
}
