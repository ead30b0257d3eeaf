import { devOpsHttpsUrl, parseDevOpsUrl } from '../../azure/devops.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { GIT_REPOSITORY, inAllBuilds, literalAt, nameOf, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-ssh-url-with-provider',
  on: kinds(GIT_REPOSITORY),
  severity: 'error',
  summary: 'A GitRepository with `provider: azure` has an `ssh://` URL.',
  why: 'The provider signs in with a token of Microsoft Entra ID, which goes over HTTPS only. For an SSH URL the controller still asks for a key and fails.',
  references: [
    'fluxcd/source-controller@v1.9.1 internal/controller/gitrepository_controller.go getAuthOpts',
    'fluxcd/pkg@e2cfd1a2 git/options.go Validate',
  ],
  versions: 'Flux 2.4 and later',
  *check(object, { workspace }) {
    const url = inAllBuilds(object, workspace, (root) => {
      const value = literalAt(root, 'spec', 'url');
      return value?.text.startsWith('ssh://') && providerOf(root) === 'azure' && value;
    });
    if (!url) return;
    // The colon of git's own form is a common second mistake in the same URL.
    const repository = parseDevOpsUrl(url.text.replace(/^(ssh:\/\/[^/:]+):(v3\/)/, '$1/$2'));
    const better = repository && devOpsHttpsUrl(repository);
    yield report(
      get(object.root, 'spec', 'url') ?? nameOf(object),
      `provider: azure signs in with a token, over HTTPS only; for an SSH URL Flux fails with: invalid 'ssh' auth option: 'identity' is required. Write ${better ?? 'https://dev.azure.com/{org}/{project}/_git/{repo}'}, or remove provider.`,
      { fix: better && url.tree === object.tree ? unsafeFix(`Write ${better}`, replaceText(url, better)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The URL of the time with keys',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet|>
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
`,
      message: "invalid 'ssh' auth option: 'identity' is required",
    },
  ],
  good: [
    {
      title: 'SSH with keys, HTTPS with a token',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
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
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/clusters
  provider: azure
`,
    },
  ],
};
