import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { addKeys, usedSecrets, userNames } from './_secrets.ts';
import { GIT_REPOSITORY, literalAt, nameOf, providerOf } from './_sources.ts';

/** With provider azure the URL is what is wrong: flux/ado-ssh-url-with-provider. */
const overSsh = usedSecrets(
  'secretRef',
  [GIT_REPOSITORY],
  ({ root }) => literalAt(root, 'spec', 'url')?.text.startsWith('ssh://') === true && providerOf(root) !== 'azure',
);

export default defineRule({
  id: 'flux/git-secret-ssh-key-missing',
  on: overSsh,
  severity: 'error',
  summary: 'The Secret of a GitRepository over SSH lacks `identity` or `known_hosts`.',
  why: 'Over SSH the controller needs the private key in `identity` and the host keys it trusts in `known_hosts`, and fails without one of them. Other names, such as `ssh-privatekey` of the Secrets of Kubernetes, are not read.',
  references: ['fluxcd/pkg@e2cfd1a2 git/options.go Validate'],
  *check({ secret, data, users, complete }) {
    const missing = ['identity', 'known_hosts'].filter((key) => !data.has(key));
    if (!complete || missing.length === 0) return;
    yield report(
      nameOf(secret),
      `invalid 'ssh' auth option: '${missing[0]}' is required. Secret "${secret.name}" of ${userNames(users)} lacks ${missing.join(' and ')}.`,
      { fix: unsafeFix(`Add ${missing.join(' and ')}, to be filled in`, addKeys(secret, ...missing)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The host keys are missing',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|fleet-ssh|>
  namespace: flux-system
stringData:
  identity: \${KEY}
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet
  secretRef:
    name: fleet-ssh
`,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: fleet-ssh
  namespace: flux-system
stringData:
  identity: \${KEY}
  known_hosts: ""
`,
      message: "invalid 'ssh' auth option: 'known_hosts' is required",
    },
    {
      title: 'The names of kubernetes.io/ssh-auth',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|fleet-ssh|>
  namespace: flux-system
type: kubernetes.io/ssh-auth
stringData:
  ssh-privatekey: \${KEY}
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet
  secretRef:
    name: fleet-ssh
`,
      },
      message: "'identity' is required",
    },
  ],
  good: [
    {
      title: 'Both keys, and a token for HTTPS',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-ssh
  namespace: flux-system
stringData:
  identity: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
  known_hosts: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
---
apiVersion: v1
kind: Secret
metadata:
  name: clusters-pat
  namespace: flux-system
stringData:
  username: git
  password: \${PAT}
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet
  secretRef:
    name: fleet-ssh
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/clusters
  secretRef:
    name: clusters-pat
`,
      },
    },
  ],
};
