import type { Generator } from '../generator.ts';
import { objectNameProblem, repositoryPathProblem } from '../names.ts';
import { branchStep, intervalStep, nameStep, namespaceStep, pathStep } from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxDevopsAutomation: Generator = {
  name: 'flux-devops-automation',
  title: 'ImageUpdateAutomation for Azure DevOps',
  detail: 'Commits new image tags to a repository of Azure Repos',
  steps: [
    nameStep('ImageUpdateAutomation', 'images'),
    namespaceStep('flux-system'),
    {
      key: 'source',
      title: 'GitRepository',
      prompt: 'Name of the GitRepository, in the same namespace: its authentication is used',
      kind: 'text',
      suggestions: (_, { known }) => known.gitRepositories,
      default: 'fleet',
      example: 'fleet',
      validate: objectNameProblem,
    },
    branchStep({ prompt: 'Branch to check out' }),
    branchStep({
      key: 'pushBranch',
      title: 'Branch to push to',
      prompt: 'Branch for the commits: the same, or another for a pull request',
      default: (values) => values.branch ?? 'main',
    }),
    pathStep('./clusters/production', repositoryPathProblem),
    {
      key: 'authorName',
      title: 'Author',
      prompt: 'Name of the author of the commits',
      kind: 'text',
      default: 'fluxbot',
      example: 'fluxbot',
    },
    {
      key: 'authorEmail',
      title: 'E-mail',
      prompt: 'E-mail address of the author',
      kind: 'text',
      default: 'fluxbot@users.noreply.example.com',
      example: 'fluxbot@users.noreply.example.com',
      validate: (value) => (/^[^\s@]+@[^\s@]+$/.test(value) ? undefined : `"${value}" is no e-mail address.`),
    },
    intervalStep('30m'),
  ],
  render: (values, { fluxVersion }) => [
    {
      path: `${values.name}-imageupdateautomation.yaml`,
      language: 'yaml',
      content: documents({
        apiVersion: apiVersion('ImageUpdateAutomation', fluxVersion),
        kind: 'ImageUpdateAutomation',
        metadata: { name: values.name, namespace: values.namespace },
        spec: {
          interval: values.interval,
          sourceRef: commented(
            'Provider, Secret and ServiceAccount of the GitRepository are used here too;\nthe ServiceAccount is looked up in the namespace of this object.',
            { kind: 'GitRepository', name: values.source },
          ),
          git: {
            checkout: { ref: { branch: values.branch } },
            commit: {
              author: { name: values.authorName, email: values.authorEmail },
              messageTemplate: 'Update images',
            },
            push: { branch: values.pushBranch },
          },
          update: { path: values.path, strategy: 'Setters' },
        },
      }),
      note: 'The identity of image-automation-controller needs write access to the code; branch policies apply to it as well.',
    },
  ],
};
