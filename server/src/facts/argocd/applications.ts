import { boolean, defineFacts, list, object, oneOf, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: argo-cd v3.5.1 pkg/apis/application/v1alpha1/{types,applicationset_types}.go,
// applicationset/services/{scm_provider,pull_request}/azure_devops.go.
const PRIVATE = 'https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/';
const SCM =
  'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-SCM-Provider/#azure-devops';
const PULL_REQUEST =
  'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Pull-Request/#azure-devops';

const REPO_URL = string(
  'The repository, written as in its Secret: Argo CD finds the credentials by it. Azure DevOps without `.git`; charts in Azure Container Registry as `<registry>.azurecr.io/<path>`, without a scheme.',
  {
    link: PRIVATE,
    suggestions: [
      {
        value: 'https://dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
        label: 'https://dev.azure.com/…',
        doc: 'Git in Azure DevOps over https.',
      },
      {
        value: 'git@ssh.dev.azure.com:v3/${1:organization}/${2:project}/${3:repository}',
        label: 'git@ssh.dev.azure.com:v3/…',
        doc: 'Git in Azure DevOps over ssh.',
      },
      {
        value: '${1:registry}.azurecr.io/${2:path}',
        label: '….azurecr.io/…',
        doc: 'Helm charts in Azure Container Registry, together with `chart`. Without a scheme.',
      },
      {
        value: 'oci://${1:registry}.azurecr.io/${2:path}',
        label: 'oci://….azurecr.io/…',
        doc: 'An OCI artifact. Workload identity is not used for it.',
      },
    ],
  },
);

const SOURCE: Shape = object(
  {
    repoURL: REPO_URL,
    chart: string('The name of a chart, for repositories of charts. Not part of `repoURL`.'),
    targetRevision: string('A branch, a tag, a commit, or the version of a chart.'),
    path: string('The folder in the repository.'),
  },
  { open: true },
);

const SPEC: Shape = object(
  {
    project: { type: 'string' },
    source: { ...SOURCE, fact: { doc: 'Where the manifests are.' } },
    sources: list(SOURCE, 'Several places with manifests.'),
    destination: object(
      {
        server: string('The API server’s address, as in the cluster Secret.', {
          suggestions: [{ value: 'https://kubernetes.default.svc', doc: 'The cluster that Argo CD runs in.' }],
        }),
        name: string('The name of the cluster, as in the cluster Secret; instead of `server`.'),
        namespace: { type: 'string' },
      },
      { open: true },
    ),
  },
  { open: true },
);

const tokenRef = (doc: string): Shape => ({
  ...object(
    {
      secretName: string('A Secret in the namespace of the ApplicationSet.', {
        refersTo: { kind: 'Secret', group: '' },
      }),
      key: string('The key of the Secret with a personal access token.'),
    },
    { required: ['secretName', 'key'] },
  ),
  fact: { doc, snippet: '\n  secretName: ${1:azure-devops}\n  key: ${2:token}' },
});

const API = string('The address of the service, `https://dev.azure.com` without it.', {
  suggestions: [{ value: 'https://dev.azure.com', doc: 'Azure DevOps Services, the default.' }],
});
const ORGANIZATION = string('The organization: what follows `dev.azure.com/`.');

const SCM_PROVIDER: Shape = object(
  {
    azureDevOps: {
      ...object(
        {
          organization: ORGANIZATION,
          teamProject: string('The project. Pull requests call it `project`.'),
          accessTokenRef: tokenRef(
            'A personal access token, which is required: there is no workload identity here. Pull requests call it `tokenRef`.',
          ),
          api: API,
          allBranches: boolean('All branches of every repository, not its default branch alone.'),
        },
        { required: ['organization', 'teamProject', 'accessTokenRef'], open: true },
      ),
      fact: {
        doc: 'Every repository of a project of Azure DevOps. Spelt with a capital D and O here, and all lower case for pull requests.',
        link: SCM,
        since: 'Argo CD 2.5',
        snippet:
          '\n  organization: ${1:organization}\n  teamProject: ${2:project}\n  accessTokenRef:\n    secretName: ${3:azure-devops}\n    key: ${4:token}',
      },
    },
    cloneProtocol: oneOf('How `url` is written. No effect for Azure DevOps, which is always https.', {
      https: { doc: 'A URL of https.' },
      ssh: { doc: 'A URL of ssh.' },
    }),
    filters: list(
      object(
        {
          repositoryMatch: string('A regular expression for names of repositories.'),
          pathsExist: list({ type: 'string' }, 'Paths that a repository has to have.'),
          pathsDoNotExist: list({ type: 'string' }, 'Paths that a repository must not have.'),
          branchMatch: string('A regular expression for names of branches.'),
          labelMatch: string(
            'A regular expression for labels. Repositories of Azure DevOps have none: it keeps nothing.',
          ),
        },
        { open: true },
      ),
      'Which repositories count: one filter has to be met, with all of its conditions.',
    ),
  },
  { open: true, doc: 'Repositories of a Git service.', link: SCM },
);

const PULL_REQUESTS: Shape = object(
  {
    azuredevops: {
      ...object(
        {
          organization: ORGANIZATION,
          project: string('The project. `scmProvider` calls it `teamProject`.'),
          repo: string('The repository.'),
          tokenRef: tokenRef('A personal access token. `scmProvider` calls it `accessTokenRef`.'),
          api: API,
          labels: list({ type: 'string' }, 'Labels that a pull request has to have.'),
        },
        { required: ['organization', 'project', 'repo'], open: true },
      ),
      fact: {
        doc: 'Pull requests of a repository in Azure DevOps. All lower case here, and `azureDevOps` for `scmProvider`.',
        link: PULL_REQUEST,
        since: 'Argo CD 2.8',
        snippet:
          '\n  organization: ${1:organization}\n  project: ${2:project}\n  repo: ${3:repository}\n  tokenRef:\n    secretName: ${4:azure-devops}\n    key: ${5:token}',
      },
    },
    requeueAfterSeconds: { type: 'integer', fact: { doc: 'How often pull requests are listed. 1800 without it.' } },
    filters: list(
      object(
        {
          branchMatch: string('A regular expression for the branch of the pull request, without `refs/heads/`.'),
          targetBranchMatch: string('A regular expression for the branch it goes to, without `refs/heads/`.'),
          titleMatch: string('A regular expression for its title.'),
        },
        { open: true },
      ),
      'Which pull requests count.',
    ),
  },
  { open: true, doc: 'Open pull requests of a repository.', link: PULL_REQUEST },
);

function generators(depth: number): Shape {
  const combined = (doc: string): Shape => object({ generators: generators(depth - 1) }, { open: true, doc });
  return list(
    object(
      {
        scmProvider: SCM_PROVIDER,
        pullRequest: PULL_REQUESTS,
        ...(depth > 0
          ? {
              matrix: combined('Every pair of what two generators give.'),
              merge: combined('What generators give, put together by keys.'),
            }
          : {}),
      },
      { open: true },
    ),
    'What Applications are made from.',
  );
}

const HEAD = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'any' } } as const;

export default [
  defineFacts({
    group: 'argoproj.io',
    kinds: ['Application'],
    version: 'v1alpha1',
    doc: 'What Argo CD deploys, and where to. Credentials for its repositories are in repository Secrets.',
    link: PRIVATE,
    fields: {},
    shape: object({ ...HEAD, spec: SPEC }, { open: true }),
  }),
  defineFacts({
    group: 'argoproj.io',
    kinds: ['ApplicationSet'],
    version: 'v1alpha1',
    doc: 'Applications made from what generators find: clusters, folders, repositories, pull requests.',
    link: SCM,
    fields: {},
    shape: object(
      {
        ...HEAD,
        spec: object(
          {
            generators: generators(2),
            template: object({ metadata: { type: 'any' }, spec: SPEC }, { open: true }),
          },
          { open: true },
        ),
      },
      { open: true },
    ),
    snippets: [
      {
        label: 'ApplicationSet of the repositories of an Azure DevOps project',
        doc: 'An Application for every repository.',
        body: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: \${1:services}
  namespace: \${2:argocd}
spec:
  generators:
    - scmProvider:
        azureDevOps:
          organization: \${3:organization}
          teamProject: \${4:project}
          accessTokenRef:
            secretName: \${5:azure-devops}
            key: \${6:token}
        filters:
          - pathsExist: [\${7:deploy}]
  template:
    metadata:
      name: '{{repository}}'
    spec:
      project: default
      source:
        repoURL: '{{url}}'
        targetRevision: '{{branch}}'
        path: \${7:deploy}
      destination:
        server: https://kubernetes.default.svc
        namespace: '{{repository}}'
`,
      },
      {
        label: 'ApplicationSet of the pull requests of an Azure DevOps repository',
        doc: 'A preview for every pull request.',
        body: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: \${1:previews}
  namespace: \${2:argocd}
spec:
  generators:
    - pullRequest:
        azuredevops:
          organization: \${3:organization}
          project: \${4:project}
          repo: \${5:repository}
          tokenRef:
            secretName: \${6:azure-devops}
            key: \${7:token}
        requeueAfterSeconds: 300
  template:
    metadata:
      name: '\${5:repository}-{{number}}'
    spec:
      project: default
      source:
        repoURL: https://dev.azure.com/\${3:organization}/\${4:project}/_git/\${5:repository}
        targetRevision: '{{head_sha}}'
        path: \${8:deploy}
      destination:
        server: https://kubernetes.default.svc
        namespace: 'preview-{{number}}'
`,
      },
    ],
  }),
];
