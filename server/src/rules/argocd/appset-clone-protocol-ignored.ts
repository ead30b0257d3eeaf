import { removeEntry } from '../../yaml/edits.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { onlyDevOps, serviceGenerators } from './_appsets.ts';

export default defineRule({
  id: 'argocd/appset-clone-protocol-ignored',
  on: serviceGenerators,
  severity: 'info',
  partial: true,
  summary: '`cloneProtocol` has no effect for Azure DevOps.',
  why: 'For Azure DevOps the generator always gives the https URL of a repository. Who wants ssh builds the URL in the template, from organization, project and repository.',
  references: ['argoproj/argo-cd@v3.5.1 applicationset/services/scm_provider/azure_devops.go'],
  *check(generator) {
    const entry = getEntry(generator.root, 'cloneProtocol');
    if (entry && generator.kind === 'scmProvider' && onlyDevOps(generator))
      yield report(entry, 'cloneProtocol has no effect for Azure DevOps: the URL is always https.', {
        fix: safeFix('Remove cloneProtocol', removeEntry(entry)),
        tags: ['unnecessary'],
      });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'ssh is asked for',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        <|cloneProtocol|>: ssh
        azureDevOps:
          organization: contoso
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
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
  ],
  good: [
    {
      title: 'Another service, alone and beside Azure DevOps',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        cloneProtocol: ssh
        github:
          organization: contoso
    - scmProvider:
        cloneProtocol: ssh
        gitlab:
          group: contoso
        azureDevOps:
          organization: contoso
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
`,
    },
  ],
};
