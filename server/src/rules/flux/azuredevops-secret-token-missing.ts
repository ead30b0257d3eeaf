import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { renameKey } from '../../yaml/edits.ts';
import { textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { hasOtherUses, isEncrypted, usedSecrets, userNames } from './_secrets.ts';
import { nameOf, PROVIDER } from './_sources.ts';

/** Keys that have their place beside workload identity. */
const OTHER_KEYS = new Set(['address', 'proxy', 'headers']);

export default defineRule({
  id: 'flux/azuredevops-secret-token-missing',
  on: usedSecrets('secretRef', [PROVIDER], ({ root }) => textAt(root, 'spec', 'type') === 'azuredevops'),
  severity: 'warning',
  summary: 'The Secret of a Provider for Azure DevOps has no `token`.',
  why: 'The controller takes the personal access token from the key `token`; `username` and `password`, which a GitRepository reads, mean nothing here. Without the key it signs in with workload identity, and before Flux 2.7 not at all.',
  references: [
    'fluxcd/notification-controller@v1.9.3 internal/server/event_handlers.go extractAuthFromSecret',
    'fluxcd/notification-controller@v1.9.3 docs/spec/v1beta3/providers.md',
  ],
  *check({ secret, data, users }, { workspace, flux }) {
    const keys = [...data.keys()];
    if (data.has('token') || keys.some(isTemplate) || !workspace.isComplete(secret)) return;
    const identity = atLeast(flux, '2.7');
    if (identity && keys.every((key) => OTHER_KEYS.has(key))) return;
    const password = data.get('password');
    const ignored = keys.filter((key) => key === 'username' || key === 'password').join(' and ');
    yield report(
      nameOf(secret),
      `${userNames(users)} reads the personal access token from the key token, and this Secret has none${ignored ? `: ${ignored} ${ignored.includes(' ') ? 'are' : 'is'} not used` : ''}. ${
        identity ? 'It falls back to workload identity.' : 'It fails: azure devops token cannot be empty.'
      }`,
      {
        severity: identity ? undefined : 'error',
        fix:
          password && !isEncrypted(secret) && !password.entry.map.synthetic && !hasOtherUses(secret, users, workspace)
            ? unsafeFix('Rename password to token', renameKey(password.entry, 'token'))
            : undefined,
      },
    );
  },
});

const PROVIDER_OBJECT = `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
  namespace: flux-system
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  secretRef:
    name: status-writer
`;
const secret = (name: string, data: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: flux-system
stringData:
${data}`;

export const examples: Examples = {
  bad: [
    {
      title: 'What a GitRepository would read',
      files: {
        'secret.yaml': secret('<|status-writer|>', '  username: git\n  password: ${PAT} # expires in May\n'),
        'provider.yaml': PROVIDER_OBJECT,
      },
      fixed: secret('status-writer', '  username: git\n  token: ${PAT} # expires in May\n'),
      severity: 'warning',
    },
    {
      title: 'On Flux 2.6',
      files: {
        'secret.yaml': secret('<|status-writer|>', '  pat: ${PAT}\n'),
        'provider.yaml': PROVIDER_OBJECT,
      },
      settings: { fluxVersion: '2.6' },
      severity: 'error',
      message: 'azure devops token cannot be empty',
    },
  ],
  good: [
    {
      title: 'A token; headers beside workload identity; a Secret that is encrypted',
      files: {
        'secrets.yaml': `${secret('status-writer', '  token: ${PAT}\n')}---
${secret('headers', '  headers: ${HEADERS}\n')}---
${secret('encrypted', '  token: ENC[AES256_GCM,data:bm8=,iv:bm8=,tag:bm8=,type:str]\n')}`,
        'providers.yaml': `${PROVIDER_OBJECT}---
${PROVIDER_OBJECT.replace('name: status\n', 'name: two\n').replace('status-writer', 'headers')}---
${PROVIDER_OBJECT.replace('name: status\n', 'name: three\n').replace('status-writer', 'encrypted')}`,
      },
    },
  ],
};
