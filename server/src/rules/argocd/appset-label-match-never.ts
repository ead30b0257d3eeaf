import { removeEntry, removeItem } from '../../yaml/edits.ts';
import { asMap, entries, get, getEntry, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { onlyDevOps, serviceGenerators } from './_appsets.ts';

export default defineRule({
  id: 'argocd/appset-label-match-never',
  on: serviceGenerators,
  severity: 'warning',
  partial: true,
  summary: 'Repositories of Azure DevOps have no labels: `labelMatch` keeps none of them.',
  why: 'Azure DevOps has no topics on repositories, and the generator leaves the labels empty. A filter with `labelMatch` is never met.',
  references: ['argoproj/argo-cd@v3.5.1 applicationset/services/scm_provider/azure_devops.go'],
  *check(generator) {
    if (generator.kind !== 'scmProvider' || !onlyDevOps(generator)) return;
    for (const filter of items(get(generator.root, 'filters'))) {
      const entry = getEntry(filter, 'labelMatch');
      if (!entry) continue;
      const alone = entries(asMap(filter)).length === 1;
      yield report(
        entry,
        'Repositories of Azure DevOps have no labels: this filter keeps none. Use repositoryMatch or pathsExist.',
        { fix: unsafeFix('Remove labelMatch', alone ? removeItem(filter) : removeEntry(entry)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A filter of its own, and beside another one',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        azureDevOps:
          organization: contoso
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
        filters:
          - <|labelMatch|>: ^deploy$
          - repositoryMatch: ^svc-
            <|labelMatch|>: ^deploy$
`,
      fixed: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        azureDevOps:
          organization: contoso
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
        filters:
          - repositoryMatch: ^svc-
`,
    },
  ],
  good: [
    {
      title: 'Another service, and another filter',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        github: { organization: contoso }
        filters:
          - labelMatch: ^deploy$
    - scmProvider:
        azureDevOps:
          organization: contoso
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
        filters:
          - repositoryMatch: ^svc-
`,
    },
  ],
};
