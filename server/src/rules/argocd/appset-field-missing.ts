import { asMap, entries, get, text } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { devOpsOf, OTHER_NAMES, serviceGenerators } from './_appsets.ts';

const REQUIRED = {
  scmProvider: ['organization', 'teamProject', 'accessTokenRef'],
  pullRequest: ['organization', 'project', 'repo'],
} as const;

export default defineRule({
  id: 'argocd/appset-field-missing',
  on: serviceGenerators,
  severity: 'error',
  summary: 'The generator lacks a field that Azure DevOps needs.',
  why: 'Repositories of Azure DevOps are listed by organization and project, with a token: without one the generator fails with "no access token provided". Pull requests need organization, project and repository. The API server refuses the ApplicationSet where a required field is missing.',
  references: [
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/applicationset_types.go',
    'argoproj/argo-cd@v3.5.1 applicationset/services/scm_provider/azure_devops.go',
  ],
  *check(generator, { workspace }) {
    const entry = devOpsOf(generator);
    const root = asMap(entry?.value);
    if (!entry || !root || root.damaged || !workspace.isComplete(generator.object)) return;
    if (entries(root).some((e) => e.key.text.includes('{{'))) return;
    const renamed = Object.entries(OTHER_NAMES[generator.kind])
      .filter(([wrong]) => get(root, wrong))
      .map(([, right]) => right);
    const missing: string[] = REQUIRED[generator.kind].filter(
      (key) => isEmpty(get(root, key)) && !renamed.includes(key),
    );
    const token = asMap(get(root, generator.kind === 'scmProvider' ? 'accessTokenRef' : 'tokenRef'));
    const name = generator.kind === 'scmProvider' ? 'accessTokenRef' : 'tokenRef';
    if (token && !token.damaged)
      for (const key of ['secretName', 'key']) if (isEmpty(get(token, key))) missing.push(`${name}.${key}`);
    if (missing.length === 0) return;
    const noToken = missing.some((key) => key.startsWith('accessTokenRef'));
    yield report(
      entry,
      `${entry.key.text} lacks ${missing.join(' and ')}${noToken ? ': without a token Argo CD says "no access token provided".' : ': the API server refuses the ApplicationSet.'}`,
    );
  },
});

const isEmpty = (node: Node | undefined): boolean =>
  node === undefined || (node.kind === 'scalar' && (node.value === null || text(node) === ''));

export const examples: Examples = {
  bad: [
    {
      title: 'Without a token',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        <|azureDevOps|>:
          organization: contoso
          teamProject: platform
`,
      message: 'no access token provided',
    },
    {
      title: 'A token without the key, and pull requests without a repository',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        <|azureDevOps|>:
          organization: contoso
          teamProject: platform
          accessTokenRef:
            secretName: devops
    - pullRequest:
        <|azuredevops|>:
          organization: contoso
          project: platform
`,
    },
  ],
  good: [
    {
      title: 'Complete, with a template, and with the name of the other generator',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - scmProvider:
        azureDevOps:
          organization: '{{ .org }}'
          teamProject: platform
          accessTokenRef: { secretName: devops, key: token }
    - pullRequest:
        azuredevops:
          organization: contoso
          teamProject: platform
          repo: web
`,
    },
  ],
};
