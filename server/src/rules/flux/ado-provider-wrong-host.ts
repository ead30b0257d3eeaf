import { APPLICATIONS } from '../../azure/applications.ts';
import { atLeast } from '../../model/context.ts';
import { removeEntry, setValue } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, partOf, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { urlParts } from './_devops.ts';
import { editable, GIT_REPOSITORY, inAllBuilds, literalAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-provider-wrong-host',
  on: kinds(GIT_REPOSITORY),
  severity: 'warning',
  summary: 'A GitRepository with `provider: azure` is not on Azure DevOps Services.',
  why: 'On a GitRepository the provider means Azure DevOps: the controller gets a token for it and sends that to whatever host the URL names. Another host cannot do anything with the token, and should not see it. An Azure DevOps Server of your own does not take it either.',
  references: [
    'fluxcd/pkg@e2cfd1a2 auth/azure/scopes.go ScopeDevOps',
    'fluxcd/source-controller@v1.9.1 docs/spec/v1/gitrepositories.md#azure',
  ],
  versions: 'Flux 2.4 and later',
  *check(object, { workspace, flux }) {
    const url = literalAt(object.root, 'spec', 'url');
    const parts = url && urlParts(url.text);
    if (!url || parts?.scheme !== 'https' || parts.host === '') return;
    if (parts.host === 'dev.azure.com' || parts.host.endsWith('.visualstudio.com')) return;
    if (!inAllBuilds(object, workspace, (root) => get(root, 'spec', 'url') === url && providerOf(root) === 'azure'))
      return;
    const start = url.text.toLowerCase().indexOf(parts.host, parts.authority + (parts.user?.length ?? -1) + 1);
    const own = editable(object, 'spec', 'provider');
    yield report(
      partOf(url, start, start + parts.host.length),
      `provider: azure gets a token for Azure DevOps (${APPLICATIONS.devops.id}); ${parts.host} is not Azure DevOps Services. Remove provider${parts.host === 'github.com' && atLeast(flux, '2.5') ? ', or use github' : ''}.`,
      {
        fix: [
          own && unsafeFix('Remove provider', removeEntry(own)),
          own && parts.host === 'github.com' && atLeast(flux, '2.5')
            ? unsafeFix('Set provider: github', setValue(own, 'github'))
            : undefined,
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A repository of GitHub',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: https://<|github.com|>/stefanprodan/podinfo
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: https://github.com/stefanprodan/podinfo
`,
    },
  ],
  good: [
    {
      title: 'Both hosts of Azure DevOps, and one that is filled in later',
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
  name: old
spec:
  interval: 1m
  url: https://contoso.visualstudio.com/platform/_git/fleet
  provider: azure
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: any
spec:
  interval: 1m
  url: https://\${GIT_HOST}/platform/_git/fleet
  provider: azure
`,
    },
  ],
};
