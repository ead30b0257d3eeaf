import { devOpsSshUrl, parseDevOpsUrl } from '../../azure/devops.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { GIT_REPOSITORY, literalAt } from './_sources.ts';

/** The same repository as a URL that Flux takes; `undefined` where that would be a guess. */
function asUrl(text: string): string | undefined {
  const azure = parseDevOpsUrl(text);
  if (azure?.form === 'scp') return devOpsSshUrl(azure);
  const scp = /^([\w.-]+)@([\w.-]+):(?!\/)(\S+)$/.exec(text);
  if (scp) return `ssh://${scp[1]}@${scp[2]}/${scp[3]}`;
  return /^[\w-]+(\.[\w-]+)+\/\S+$/.test(text) ? `https://${text}` : undefined;
}

export default defineRule({
  id: 'flux/git-url-scheme',
  on: kinds(GIT_REPOSITORY),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'The URL of a GitRepository does not start with `http://`, `https://` or `ssh://`.',
  why: 'Git takes addresses such as `git@ssh.dev.azure.com:v3/org/project/repo`, which Azure DevOps shows for cloning over SSH. Flux wants a URL: the colon becomes a slash and `ssh://` goes in front, else the API server refuses the object.',
  references: [
    'fluxcd/source-controller@v1.9.1 config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml',
    'https://github.com/fluxcd/flux2/issues/795',
    'https://github.com/fluxcd/source-controller/issues/253',
  ],
  *check(object) {
    const url = literalAt(object.root, 'spec', 'url');
    if (!url || /^(http|https|ssh):\/\//.test(url.text)) return;
    const better = asUrl(url.text);
    yield report(
      url,
      `spec.url in body should match '^(http|https|ssh)://.*$'. ${
        better?.startsWith('ssh:')
          ? `The form user@host:path is no URL; write ${better}.`
          : 'Write the URL with its scheme, such as ssh://git@ssh.dev.azure.com/v3/{org}/{project}/{repo}.'
      }`,
      { fix: better === undefined ? undefined : unsafeFix(`Write ${better}`, replaceText(url, better)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'As Azure DevOps shows it for SSH',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|git@ssh.dev.azure.com:v3/contoso/platform/fleet|>
  secretRef:
    name: fleet-ssh
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet
  secretRef:
    name: fleet-ssh
`,
    },
    {
      title: 'As GitHub shows it, and without any scheme',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: <|'git@github.com:stefanprodan/podinfo.git'|>
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
spec:
  interval: 1m
  url: <|dev.azure.com/contoso/platform/_git/clusters|>
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: 'ssh://git@github.com/stefanprodan/podinfo.git'
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/clusters
`,
    },
  ],
  good: [
    {
      title: 'SSH and HTTPS, and a variable',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/clusters
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
spec:
  interval: 1m
  url: \${GIT_HOST}/apps
`,
    },
  ],
};
