import { devOpsSshUrl } from '../../azure/devops.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { badPort, urlParts } from './_devops.ts';
import { GIT_REPOSITORY, literalAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-ssh-url-path',
  on: kinds(GIT_REPOSITORY),
  severity: 'error',
  partial: true,
  summary: 'The SSH URL of an Azure DevOps repository is not of the form that works.',
  why: 'Over SSH Azure DevOps serves `/v3/{org}/{project}/{repo}` and answers to every other path that the command is not in the expected format. With the colon of the form for `git clone` in it the URL has a port that is no number, and the controller stalls the object with reason `URLInvalid`.',
  references: [
    'https://github.com/fluxcd/source-controller/issues/197',
    'https://github.com/fluxcd/flux2/issues/795',
    'fluxcd/website@6da0f383 content/en/flux/installation/bootstrap/azure-devops.md',
  ],
  *check(object) {
    const url = literalAt(object.root, 'spec', 'url');
    const parts = url && urlParts(url.text);
    if (!url || parts?.scheme !== 'ssh') return;
    if (parts.host !== 'ssh.dev.azure.com' && parts.host !== 'vs-ssh.visualstudio.com') return;
    // flux/ado-ssh-url-with-provider says the same of this URL and more.
    if (providerOf(object.root) === 'azure') return;
    const colon = badPort(parts);
    if (!colon && /^\/v3\/[^/]+\/[^/]+\/[^/]+$/.test(parts.path + parts.rest)) return;
    const segments = `${colon ? `${parts.port}/` : ''}${parts.path}`.split('/').filter((s) => s !== '');
    const [organization, project, repository] = segments.filter((s) => s !== 'v3' && s !== '_git');
    const complete = segments.filter((s) => s !== 'v3' && s !== '_git').length === 3;
    const better = complete
      ? devOpsSshUrl({ organization: organization ?? '', project: project ?? '', repository: repository ?? '' })
      : undefined;
    yield report(
      url,
      `Azure DevOps serves Git over SSH under ssh://git@ssh.dev.azure.com/v3/{org}/{project}/{repo}. ${
        colon
          ? 'The colon after the host starts a port, so that Flux says: failed to parse url.'
          : 'This path is another.'
      }`,
      { fix: better === undefined ? undefined : unsafeFix(`Write ${better}`, replaceText(url, better)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The colon of git clone',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|ssh://git@ssh.dev.azure.com:v3/contoso/platform/fleet|>
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
      message: 'failed to parse url',
    },
    {
      title: 'The path of HTTPS',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|"ssh://git@ssh.dev.azure.com/contoso/platform/_git/fleet"|>
  secretRef:
    name: fleet-ssh
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: "ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet"
  secretRef:
    name: fleet-ssh
`,
    },
  ],
  good: [
    {
      title: 'With v3, with a port, and another host',
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
  url: ssh://git@ssh.dev.azure.com:22/v3/contoso/platform/clusters
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: ssh://git@github.com/stefanprodan/podinfo
`,
    },
  ],
};
