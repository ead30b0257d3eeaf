import { devOpsHttpsUrl } from '../../azure/devops.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { urlParts } from './_devops.ts';
import { GIT_REPOSITORY, literalAt } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-url-path',
  on: kinds(GIT_REPOSITORY),
  severity: 'error',
  partial: true,
  summary: 'The path of an Azure DevOps URL names no repository.',
  why: 'Azure DevOps serves Git under `https://dev.azure.com/{org}/{project}/_git/{repo}`, or without the project where it has the name of the repository. The address of a page in the browser, of a folder or of a branch is something else, and cloning it fails.',
  references: [
    'fluxcd/source-controller@v1.9.1 docs/spec/v1/gitrepositories.md#azure',
    'controlplaneio-fluxcd/flux-operator@v0.58.1 docs/instance-sync.md',
  ],
  *check(object) {
    const url = literalAt(object.root, 'spec', 'url');
    const parts = url && urlParts(url.text);
    if (!url || !parts || parts.scheme === 'ssh' || parts.host !== 'dev.azure.com') return;
    const segments = parts.path.split('/').filter((s) => s !== '');
    const [first, second, third, fourth] = segments;
    const long = segments.length === 4 && third === '_git';
    const short = segments.length === 3 && second === '_git';
    // Clones of large repositories: _git/_full/{repo} and _git/_optimized/{repo}.
    const variant = segments.length === 5 && third === '_git' && (fourth === '_full' || fourth === '_optimized');
    const path = long || short || variant;
    if (path && parts.rest === '') return;
    let better: string | undefined;
    if (path) better = url.text.slice(0, url.text.length - parts.rest.length);
    else if (segments.length === 3 && !segments.some((s) => s.startsWith('_')))
      better = devOpsHttpsUrl({ organization: first ?? '', project: second ?? '', repository: third ?? '' });
    yield report(
      url,
      `Azure DevOps serves Git under https://dev.azure.com/{org}/{project}/_git/{repo}. ${
        path
          ? 'Remove what follows the repository; branch and folder have fields of their own.'
          : 'This path is another.'
      }`,
      { fix: better === undefined ? undefined : unsafeFix(`Write ${better}`, replaceText(url, better)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without _git',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|https://dev.azure.com/contoso/platform/fleet|>
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
    },
    {
      title: 'A page of the browser',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|'https://dev.azure.com/contoso/platform/_git/fleet?path=/apps&version=GBmain'|>
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: 'https://dev.azure.com/contoso/platform/_git/fleet'
`,
    },
    {
      title: 'The organization alone',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: <|https://dev.azure.com/contoso|>
`,
    },
  ],
  good: [
    {
      title: 'With the project, without it, and with a blank in its name',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: short
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/_git/fleet
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: blank
spec:
  interval: 1m
  url: https://contoso@dev.azure.com/contoso/My%20Platform/_git/fleet
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: later
spec:
  interval: 1m
  url: https://dev.azure.com/\${ORG}/fleet
`,
    },
  ],
};
