import { renameKey } from '../../yaml/edits.ts';
import { entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { DEVOPS_KEY, devOpsOf, serviceGenerators } from './_appsets.ts';

const NOTHING = {
  scmProvider: 'no SCM provider implementation configured',
  pullRequest: 'no Pull Request provider implementation configured',
} as const;

export default defineRule({
  id: 'argocd/appset-key-case',
  on: serviceGenerators,
  severity: 'error',
  partial: true,
  summary: '`scmProvider` spells Azure DevOps `azureDevOps`, `pullRequest` spells it `azuredevops`.',
  why: 'The API server drops fields that it does not know, and the two generators spell this one differently. With the other spelling nothing is left of the generator, and the ApplicationSet fails with "no SCM provider implementation configured" or "no Pull Request provider implementation configured".',
  references: [
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/applicationset_types.go',
    'argoproj/argo-cd@v3.5.1 applicationset/generators/scm_provider.go',
    'argoproj/argo-cd@v3.5.1 applicationset/generators/pull_request.go',
  ],
  versions: '`scmProvider` since Argo CD 2.5, `pullRequest` since 2.8',
  *check(generator) {
    const wanted = DEVOPS_KEY[generator.kind];
    for (const entry of entries(generator.root)) {
      const key = entry.key.text;
      if (key === wanted || key.toLowerCase() !== wanted.toLowerCase()) continue;
      yield report(
        entry,
        `${generator.kind} spells this "${wanted}": with "${key}" the API server drops it, and the generator fails with "${NOTHING[generator.kind]}".`,
        { fix: devOpsOf(generator) ? undefined : safeFix(`Rename to ${wanted}`, renameKey(entry, wanted)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The spelling of the other generator, inside a matrix',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: previews
spec:
  generators:
    - matrix:
        generators:
          - list:
              elements: [{ cluster: test }]
          - pullRequest:
              <|azureDevOps|>:
                organization: contoso
                project: platform
                repo: web
`,
      fixed: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: previews
spec:
  generators:
    - matrix:
        generators:
          - list:
              elements: [{ cluster: test }]
          - pullRequest:
              azuredevops:
                organization: contoso
                project: platform
                repo: web
`,
      message: 'no Pull Request provider implementation configured',
    },
    {
      title: 'All lower case for repositories',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        <|azuredevops|>:
          organization: contoso
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
`,
    },
  ],
  good: [
    {
      title: 'Each its own',
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
    - pullRequest:
        azuredevops:
          organization: contoso
          project: platform
          repo: web
`,
    },
  ],
};
