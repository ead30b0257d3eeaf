import { atLeast } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, partOf, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { urlParts } from './_devops.ts';
import { GIT_REPOSITORY, inAllBuilds, literalAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-url-user',
  on: kinds(GIT_REPOSITORY),
  severity: 'info',
  summary: 'The URL of a GitRepository with `provider: azure` has a user name.',
  why: 'Azure DevOps shows its HTTPS URLs with the organization as the user: `https://contoso@dev.azure.com/…`. With `provider: azure` the controller signs in with a token and overwrites the user; Flux 2.4 and 2.5 refuse to use both.',
  references: [
    'fluxcd/pkg git/gogit@v0.24.0 client.go validateUrlAndAuthOptions',
    'fluxcd/source-controller@v1.9.1 internal/controller/gitrepository_controller.go',
  ],
  versions: 'Flux 2.4 and later; an error in 2.4 and 2.5',
  *check(object, { workspace, flux }) {
    const url = literalAt(object.root, 'spec', 'url');
    const parts = url && urlParts(url.text);
    if (!url || parts?.scheme !== 'https' || parts.user === undefined) return;
    if (!inAllBuilds(object, workspace, (root) => get(root, 'spec', 'url') === url && providerOf(root) === 'azure'))
      return;
    const refused = !atLeast(flux, '2.6');
    const end = parts.authority + parts.user.length + 1;
    yield report(
      partOf(url, parts.authority, end),
      refused
        ? `basic auth and provider cannot be set at the same time (Flux ${flux.minor}). Remove the user from the URL.`
        : 'The user in the URL is not used with provider: azure. Remove it.',
      {
        severity: refused ? 'error' : undefined,
        fix: safeFix('Remove the user', replaceText(url, url.text.slice(0, parts.authority) + url.text.slice(end))),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'As the portal shows it',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://<|contoso@|>dev.azure.com/contoso/platform/_git/fleet
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
      severity: 'info',
    },
    {
      title: 'In Flux 2.4',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://<|contoso@|>dev.azure.com/contoso/platform/_git/fleet
  provider: azure
`,
      settings: { fluxVersion: '2.4' },
      severity: 'error',
      message: 'basic auth and provider cannot be set at the same time',
    },
  ],
  good: [
    {
      title: 'Without a user, or without the provider',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
spec:
  interval: 1m
  url: https://contoso@dev.azure.com/contoso/platform/_git/clusters
  secretRef:
    name: clusters-pat
`,
    },
  ],
};
