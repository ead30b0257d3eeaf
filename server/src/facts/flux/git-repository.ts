import { defineFacts } from '../define.ts';
import { AWS, fluxDocs, INTERVAL, proxySecret, SUSPEND, secretName, serviceAccount } from './_fields.ts';

// Source: fluxcd/source-controller v1.9.1 internal/controller/gitrepository_controller.go getAuthOpts; fluxcd/pkg git.
export default defineFacts({
  group: 'source.toolkit.fluxcd.io',
  kinds: ['GitRepository'],
  version: 'v1',
  doc: 'A Git repository, in Azure DevOps for example.',
  link: fluxDocs('source/gitrepositories/'),
  fields: {
    'spec.url': {
      doc: 'The repository. For Azure DevOps `https://dev.azure.com/{organization}/{project}/_git/{repository}`; `provider: azure` works with https alone. Over ssh it is `ssh://git@ssh.dev.azure.com/v3/…`: the scp form with `:v3` is no URL that Flux can read.',
      link: fluxDocs('source/gitrepositories/#azure'),
      snippet: 'https://dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
      suggestions: [
        {
          value: 'https://dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
          label: 'https://dev.azure.com/…/_git/…',
          doc: 'Azure DevOps over https, for `provider: azure` or a personal access token.',
        },
        {
          value: 'ssh://git@ssh.dev.azure.com/v3/${1:organization}/${2:project}/${3:repository}',
          label: 'ssh://git@ssh.dev.azure.com/v3/…',
          doc: 'Azure DevOps over ssh, with an RSA key in `secretRef`.',
        },
      ],
    },
    'spec.interval': INTERVAL,
    'spec.provider': {
      doc: 'How Flux gets credentials for the repository. With `azure` the token of Entra ID replaces user name and password of `secretRef`; certificates in it are still used.',
      since: 'Flux 2.4',
      link: fluxDocs('source/gitrepositories/#azure'),
      values: {
        generic: { doc: 'The credentials of `secretRef`: a personal access token or an ssh key.' },
        azure: {
          doc: 'A token of Entra ID for Azure DevOps: of the ServiceAccount in `serviceAccountName`, else of source-controller. No Azure role counts here: the identity has to be a user of the Azure DevOps organization that may read the code. The URL must be https.',
          since: 'Flux 2.4',
        },
        github: { doc: 'A GitHub App, from `secretRef`.', since: 'Flux 2.5' },
        aws: { ...AWS, since: 'Flux 2.9' },
      },
    },
    'spec.serviceAccountName': serviceAccount(
      'The identity of this object alone. Only legal beside `provider: azure` (or `aws`).',
      'Flux 2.7',
    ),
    'spec.secretRef': {
      doc: 'Git credentials: `username` and `password` (a personal access token) for https, `identity` and `known_hosts` for ssh. Not needed with `provider: azure`.',
    },
    'spec.secretRef.name': secretName('git', 'A Secret with Git credentials in the namespace of this object.'),
    ...proxySecret('spec', 'Flux 2.1'),
    'spec.ref': {
      doc: 'Which commit: `commit`, `name`, `semver`, `tag` or `branch`, in this order. Without it the branch `master`.',
      snippet: '\n  branch: ${1:main}',
    },
    'spec.ref.branch': { doc: 'A branch.', snippet: '${1:main}' },
    'spec.ref.name': {
      doc: 'A full reference such as `refs/heads/main`. Of a pull request Azure DevOps serves `refs/pull/{id}/merge`, and no `refs/pull/{id}/head`.',
    },
    'spec.verify.secretRef.name': secretName(
      'verification',
      'A Secret with the public keys that commits are signed with.',
    ),
    'spec.sparseCheckout': { doc: 'Folders to check out, where the repository is large.', since: 'Flux 2.6' },
    'spec.include[].repository.name': {
      doc: 'Another GitRepository whose files are laid into this one.',
      refersTo: { kind: 'GitRepository', group: 'source.toolkit.fluxcd.io' },
    },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'GitRepository in Azure DevOps',
      doc: 'A repository in Azure DevOps, read with workload identity of the object.',
      body: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: \${1:fleet}
  namespace: \${2:flux-system}
spec:
  interval: \${3:10m}
  url: https://dev.azure.com/\${4:organization}/\${5:project}/_git/\${6:repository}
  ref:
    branch: \${7:main}
  provider: azure
  serviceAccountName: \${8:devops-reader}
`,
    },
  ],
});
