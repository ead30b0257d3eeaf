import { renameKey } from '../../yaml/edits.ts';
import { entries, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { devOpsOf, OTHER_NAMES, serviceGenerators } from './_appsets.ts';

export default defineRule({
  id: 'argocd/appset-field-mixup',
  on: serviceGenerators,
  severity: 'error',
  partial: true,
  summary: 'The two generators for Azure DevOps name project and token differently.',
  why: '`scmProvider.azureDevOps` has `teamProject` and `accessTokenRef`, `pullRequest.azuredevops` has `project` and `tokenRef`. The API server drops the name of the other one.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/applicationset_types.go'],
  *check(generator) {
    const devops = devOpsOf(generator);
    for (const entry of entries(devops?.value)) {
      const right = OTHER_NAMES[generator.kind][entry.key.text];
      if (right === undefined) continue;
      yield report(
        entry,
        `${generator.kind}.${devops?.key.text} calls this "${right}"; "${entry.key.text}" is of the other generator and dropped.`,
        { fix: get(devops?.value, right) ? undefined : safeFix(`Rename to ${right}`, renameKey(entry, right)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The names of pull requests, for repositories',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        azureDevOps:
          organization: contoso
          <|project|>: platform
          <|tokenRef|>: { secretName: devops, key: token }
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
`,
    },
    {
      title: 'The names of repositories, for pull requests',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: previews
spec:
  generators:
    - pullRequest:
        azuredevops:
          organization: contoso
          <|teamProject|>: platform
          repo: web
`,
    },
  ],
  good: [
    {
      title: 'Each its own, and another service',
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
        gitlab:
          project: contoso/web
          tokenRef: { secretName: gitlab, key: token }
`,
    },
  ],
};
