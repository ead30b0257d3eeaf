import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { isKind, type KubernetesObject, label } from '../../model/object.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { ruleFor, sopsConfigFor } from '../../model/views/sops-config.ts';
import { isEncryptedRoot } from '../../model/views/sops-file.ts';
import { get, getEntry, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { SOPS_BLOCK } from './_example.ts';
import { encryptCommand } from './_plain-text.ts';
import plainCredential from './azure-credential-in-plain-text.ts';

/** Keys that hold ids, and values that are flags or addresses: no secrets. */
const isHarmless = (key: string, value: string): boolean =>
  /(_ID|Id|ID|name|type|url|server|endpoint|host|region|username)$/.test(key) ||
  /^(true|false|\d+)$/i.test(value) ||
  /^https?:\/\/[^@]*$/.test(value);

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/'));

export default defineRule({
  id: 'sops/secret-not-encrypted',
  on: kinds('/Secret'),
  severity: 'warning',
  summary: 'This Secret is in plain text where others are encrypted.',
  why: 'A creation rule of `.sops.yaml` is for this path, or other Secrets of the folder are encrypted: this one was forgotten. What is committed once stays in the history.',
  references: [
    'getsops/sops@v3.13.2 stores/stores.go',
    'fluxcd/kustomize-controller@v1.9.4 docs/spec/v1/kustomizations.md',
  ],
  *check(secret, context) {
    const { workspace, unit } = context;
    if (unit.owner || get(secret.root, 'sops') || !hasSecretValues(secret)) return;
    const { uri } = secret.document;
    const config = sopsConfigFor(uri, workspace);
    const rule = config && ruleFor(config, uri);
    const named = rule !== undefined && rule !== 'unknown' && (text(rule.pathRegex?.value) ?? '') !== '';
    const encrypted =
      !named &&
      workspace
        .objects('', 'Secret')
        .some((o) => folderOf(o.document.uri) === folderOf(uri) && isEncryptedRoot(o.root));
    if (!named && !encrypted) return;
    // A credential for Azure is reported by name.
    for (const credential of plainCredential.on.select(unit, context)) if (credential) return;
    const kind = getEntry(secret.root, 'kind');
    if (kind)
      yield report(
        kind.value,
        `This Secret is not encrypted, although ${named ? '.sops.yaml has a rule for its path' : 'other Secrets of its folder are'}. Encrypt it before it is committed.`,
        { fix: encryptCommand(uri) },
      );
  },
});

function hasSecretValues(secret: KubernetesObject): boolean {
  if (!isKind(secret, '', 'Secret')) return false;
  if (text(get(secret.root, 'type')) === 'kubernetes.io/service-account-token') return false;
  const argo = label(secret, 'argocd.argoproj.io/secret-type') !== undefined;
  return [...dataOf(secret).values()].some(({ key, text: value, node }) => {
    if (!node || node.text === '' || looksEncrypted(node.text) || value === undefined || value === '') return false;
    if (isTemplate(value) || isPlaceholder(value) || isHarmless(key, value)) return false;
    // Of Argo CD's Secrets only these hold anything secret.
    return !argo || /password|token|secret|privatekey|sshprivatekey/i.test(key);
  });
}

const secret = (name: string, value: string) => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
stringData:
  token: ${value}
`;

export const examples: Examples = {
  bad: [
    {
      title: 'A rule is for its path',
      files: {
        'secrets/token.yaml': secret('token', 'made-up-for-this-page').replace('Secret', '<|Secret|>'),
        '.sops.yaml': `creation_rules:
  - path_regex: secrets/.*
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
    {
      title: 'Another one beside it is encrypted',
      files: {
        'token.yaml': secret('token', 'made-up-for-this-page').replace('Secret', '<|Secret|>'),
        'other.yaml': `${secret('other', 'ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]')}${SOPS_BLOCK}`,
      },
    },
  ],
  good: [
    {
      title: 'Variables and ids',
      files: {
        'secrets/token.yaml': secret('token', '${TOKEN}'),
        'secrets/ids.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata:\n  name: ids\nstringData:\n  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7\n  USE_WORKLOAD_IDENTITY_AUTH: "true"\n',
        '.sops.yaml': `creation_rules:
  - path_regex: secrets/.*
    encrypted_regex: ^(data|stringData)$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
      },
    },
  ],
};
