import { DEVOPS_SSH_HOST, DEVOPS_SSH_HOST_KEY } from '../../azure/devops.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceSource, setValue } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { urlParts } from './_devops.ts';
import { isEncrypted, usedSecrets } from './_secrets.ts';
import { GIT_REPOSITORY, literalAt, providerOf } from './_sources.ts';

const ofDevOps = usedSecrets(
  'secretRef',
  [GIT_REPOSITORY],
  ({ root }) =>
    urlParts(literalAt(root, 'spec', 'url')?.text ?? '')?.host === DEVOPS_SSH_HOST && providerOf(root) !== 'azure',
);

/** True where a line of `known_hosts` has an RSA key that is, or may be, the host's. */
function trustsRsaKey(line: string): boolean {
  const words = line.trim().split(/\s+/);
  if (words[0]?.startsWith('#')) return false;
  // A marker such as @cert-authority goes before the hosts.
  const [hosts = '', type = ''] = words[0]?.startsWith('@') ? words.slice(1) : words;
  if (type !== 'ssh-rsa') return false;
  return hosts
    .split(',')
    .some(
      (host) => host.startsWith('|1|') || /[*?]/.test(host) || host.replace(/^\[|\](:\d+)?$/g, '') === DEVOPS_SSH_HOST,
    );
}

export default defineRule({
  id: 'flux/ado-known-hosts-not-rsa',
  on: ofDevOps,
  severity: 'warning',
  summary: 'The `known_hosts` of a GitRepository of Azure DevOps lacks the RSA key of its SSH host.',
  why: 'Azure DevOps has an RSA key alone. Without an `ssh-rsa` line for `ssh.dev.azure.com` no key matches, and the handshake fails. Flux before 2.6.3 needs `--ssh-hostkey-algos=rsa-sha2-512,rsa-sha2-256` as well.',
  references: [
    'fluxcd/flux2@v2.9.4 tests/integration/azure_test.go',
    'https://github.com/fluxcd/pkg/issues/954',
    'https://github.com/fluxcd/flux2/issues/4726',
  ],
  *check({ secret, data }) {
    const item = data.get('known_hosts');
    const { text } = item ?? {};
    if (!item || text === undefined || text.trim() === '' || isTemplate(text) || isPlaceholder(text)) return;
    const lines = text.split(/\r?\n/);
    if (lines.some(trustsRsaKey)) return;
    const value = `${text.trimEnd()}\n${DEVOPS_SSH_HOST_KEY}\n`;
    const edit =
      item.field === 'data'
        ? item.node && /^[\x20-\x7e\r\n\t]*$/.test(value) && replaceSource(item.node, btoa(value))
        : setValue(item.entry, value);
    yield report(
      item.entry,
      `known_hosts has no ssh-rsa key of ${DEVOPS_SSH_HOST}, the only kind that Azure DevOps has. Add the published key.`,
      {
        fix:
          !isEncrypted(secret) && !item.entry.map.synthetic && edit
            ? unsafeFix('Add the published key of ssh.dev.azure.com', edit)
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The key of another host',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-ssh
  namespace: flux-system
stringData:
  identity: \${KEY}
  <|known_hosts|>: github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
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
  known_hosts: |
    github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
    ssh.dev.azure.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7Hr1oTWqNqOlzGJOfGJ4NakVyIzf1rXYd4d7wo6jBlkLvCA4odBlL0mDUyZ0/QUfTTqeu+tm22gOsv+VrVTMk6vwRU75gY/y9ut5Mb3bR5BV58dKXyq9A9UeB5Cakehn5Zgm6x1mKoVyf+FFn26iYqXJRgzIZZcZ5V6hrE0Qg39kZm4az48o0AUbf6Sp4SLdvnuMa2sVNwHBboS7EJkm57XQPVU3/QpyNLHbWDdzwtrlS+ez30S3AdYhLKEOxAG8weOnyrtLJAUen9mTkol8oII1edf7mWWbWVf0nBmly21+nZcmCTISQBtdcyPaEno7fFQMDD26/s0lfKob4Kw8H
`,
    },
  ],
  good: [
    {
      title: 'The published key; a hashed one; keys for GitHub',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-ssh
  namespace: flux-system
stringData:
  identity: \${KEY}
  known_hosts: |
    # as published
    ssh.dev.azure.com,20.0.0.1 ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7
---
apiVersion: v1
kind: Secret
metadata:
  name: hashed
  namespace: flux-system
stringData:
  identity: \${KEY}
  known_hosts: "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7"
---
apiVersion: v1
kind: Secret
metadata:
  name: podinfo-ssh
  namespace: flux-system
stringData:
  identity: \${KEY}
  known_hosts: github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
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
  url: ssh://git@ssh.dev.azure.com/v3/contoso/platform/clusters
  secretRef:
    name: hashed
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@github.com/stefanprodan/podinfo
  secretRef:
    name: podinfo-ssh
`,
      },
    },
  ],
};
