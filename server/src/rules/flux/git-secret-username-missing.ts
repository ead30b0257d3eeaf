import { addEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { urlParts } from './_devops.ts';
import { isEncrypted, usedSecrets, userNames } from './_secrets.ts';
import { GIT_REPOSITORY, literalAt, providerOf } from './_sources.ts';

/** With the provider the Secret's credentials are not used at all: flux/ado-secret-ignored. */
const OVERWRITTEN = new Set(['azure', 'aws', undefined]);

const overHttps = usedSecrets('secretRef', [GIT_REPOSITORY], ({ root }) => {
  const url = urlParts(literalAt(root, 'spec', 'url')?.text ?? '');
  return url?.scheme === 'https' && url.user === undefined && !OVERWRITTEN.has(providerOf(root));
});

export default defineRule({
  id: 'flux/git-secret-username-missing',
  on: overHttps,
  severity: 'error',
  summary: 'The Secret of a GitRepository has a password and no user name.',
  why: 'Azure DevOps takes a personal access token with any user name, but Flux does not send a password without one: the GitRepository fails. Any name does; `git` is usual.',
  references: [
    'fluxcd/pkg@e2cfd1a2 git/options.go Validate',
    'fluxcd/website@6da0f383 content/en/flux/installation/bootstrap/azure-devops.md',
  ],
  *check({ secret, data, users, complete }) {
    const password = data.get('password');
    if (!complete || !password || data.has('username')) return;
    const { entry } = password;
    yield report(
      entry,
      `failed to configure authentication options: invalid 'https' auth option: 'password' requires 'username' to be set. Add username, git say, for ${userNames(users)}.`,
      {
        fix:
          isEncrypted(secret) || entry.map.synthetic
            ? undefined
            : unsafeFix(
                'Add username: git',
                addEntry(entry.map, 'username', password.field === 'data' ? 'Z2l0' : 'git'),
              ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A personal access token alone',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-pat
  namespace: flux-system
stringData:
  <|password|>: \${PAT}
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  secretRef:
    name: fleet-pat
`,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: fleet-pat
  namespace: flux-system
stringData:
  password: \${PAT}
  username: git
`,
    },
    {
      title: 'Encoded',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-pat
  namespace: flux-system
data: { <|password|>: JHtQQVR9 }
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  secretRef:
    name: fleet-pat
`,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: fleet-pat
  namespace: flux-system
data: { password: JHtQQVR9, username: Z2l0 }
`,
    },
  ],
  good: [
    {
      title: 'With a user name, in the Secret or in the URL',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-pat
  namespace: flux-system
stringData:
  username: git
  password: \${PAT}
---
apiVersion: v1
kind: Secret
metadata:
  name: clusters-pat
  namespace: flux-system
stringData:
  password: \${PAT}
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  secretRef:
    name: fleet-pat
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
  namespace: flux-system
spec:
  interval: 1m
  url: https://git@dev.azure.com/contoso/platform/_git/clusters
  secretRef:
    name: clusters-pat
`,
      },
    },
    {
      title: 'The password of a key for SSH',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-ssh
  namespace: flux-system
stringData:
  identity: \${KEY}
  known_hosts: \${KNOWN_HOSTS}
  password: \${PASSPHRASE}
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
    },
  ],
};
