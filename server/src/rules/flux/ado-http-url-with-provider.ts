import { atLeast } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { GIT_REPOSITORY, inAllBuilds, literalAt, nameOf, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-http-url-with-provider',
  on: kinds(GIT_REPOSITORY),
  severity: 'warning',
  summary: 'A GitRepository with `provider: azure` has an `http://` URL.',
  why: 'Flux sends credentials over plain HTTP when the URL says so: the token of Microsoft Entra ID goes through the network in clear text. Azure DevOps serves the same repository over HTTPS. Flux 2.4 and 2.5 refuse such a URL.',
  references: ['fluxcd/source-controller@v1.9.1 internal/controller/gitrepository_controller.go:1049'],
  versions: 'Flux 2.4 and later; an error in 2.4 and 2.5',
  *check(object, { workspace, flux }) {
    const url = inAllBuilds(object, workspace, (root) => {
      const value = literalAt(root, 'spec', 'url');
      return value?.text.startsWith('http://') && providerOf(root) === 'azure' && value;
    });
    if (!url) return;
    const refused = !atLeast(flux, '2.6');
    yield report(
      get(object.root, 'spec', 'url') ?? nameOf(object),
      refused
        ? `azure provider cannot be used with HTTP (Flux ${flux.minor}). Write https://.`
        : 'The token of Microsoft Entra ID would go through the network in clear text. Write https://.',
      {
        severity: refused ? 'error' : undefined,
        fix:
          url.tree === object.tree
            ? safeFix('Write https://', replaceText(url, `https://${url.text.slice('http://'.length)}`))
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Plain HTTP',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|"http://dev.azure.com/contoso/platform/_git/fleet"|>
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: "https://dev.azure.com/contoso/platform/_git/fleet"
  provider: azure
`,
      severity: 'warning',
    },
    {
      title: 'In Flux 2.5',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|http://dev.azure.com/contoso/platform/_git/fleet|>
  provider: azure
`,
      settings: { fluxVersion: '2.5' },
      severity: 'error',
      message: 'azure provider cannot be used with HTTP',
    },
  ],
  good: [
    {
      title: 'HTTPS, and HTTP without the provider',
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
  name: mirror
spec:
  interval: 1m
  url: http://gitea.git.svc.cluster.local/contoso/mirror
`,
    },
  ],
};
