import { isDevOpsHost } from '../../azure/devops.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { urlParts } from './_devops.ts';
import { GIT_REPOSITORY, inAllBuilds, literalAt } from './_sources.ts';

export default defineRule({
  id: 'flux/ado-pull-request-head',
  on: kinds(GIT_REPOSITORY),
  severity: 'error',
  summary: 'A GitRepository of Azure DevOps asks for the head of a pull request.',
  why: 'Other hosts publish the head of a pull request as `refs/pull/{id}/head`; Azure DevOps publishes the result of the merge alone, as `refs/pull/{id}/merge`, and fetching the head fails.',
  references: ['fluxcd/source-controller@v1.9.1 docs/spec/v1/gitrepositories.md "Name example"'],
  *check(object, { workspace }) {
    const name = literalAt(object.root, 'spec', 'ref', 'name');
    if (!name || !/^refs\/pull\/\d+\/head$/.test(name.text)) return;
    const azure = inAllBuilds(
      object,
      workspace,
      (root) =>
        get(root, 'spec', 'ref', 'name') === name &&
        isDevOpsHost(urlParts(literalAt(root, 'spec', 'url')?.text ?? '')?.host ?? ''),
    );
    if (!azure) return;
    const merge = name.text.replace(/head$/, 'merge');
    yield report(
      name,
      `Azure DevOps does not publish the head of a pull request. Use ${merge}, or the branch of the pull request.`,
      { fix: unsafeFix(`Write ${merge}`, replaceText(name, merge)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A preview of a pull request',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: preview
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  ref:
    name: <|refs/pull/42/head|>
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: preview
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  ref:
    name: refs/pull/42/merge
`,
    },
  ],
  good: [
    {
      title: 'The merge, and the head on GitHub',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: preview
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  ref:
    name: refs/pull/42/merge
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: https://github.com/stefanprodan/podinfo
  ref:
    name: refs/pull/42/head
`,
    },
  ],
};
