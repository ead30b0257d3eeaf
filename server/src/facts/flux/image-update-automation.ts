import { defineFacts } from '../define.ts';
import { fluxDocs, INTERVAL, SUSPEND, secretName } from './_fields.ts';

// Source: fluxcd/image-automation-controller v1.2.1 internal/source/git.go.
export default defineFacts({
  group: 'image.toolkit.fluxcd.io',
  kinds: ['ImageUpdateAutomation'],
  version: 'v1',
  doc: 'Writes the tags that ImagePolicies choose into a Git repository. It has no credentials of its own and uses those of the GitRepository.',
  link: fluxDocs('image/imageupdateautomations/'),
  fields: {
    'spec.interval': INTERVAL,
    'spec.sourceRef': {
      doc: 'The GitRepository that is written to. Its `provider: azure` holds here as well; the identity then has to be allowed to push to the Azure DevOps repository.',
    },
    'spec.sourceRef.kind': {
      doc: 'Only GitRepository.',
      values: { GitRepository: { doc: 'The one kind that can be written to.' } },
    },
    'spec.sourceRef.name': {
      doc: 'A GitRepository. Where it names a `serviceAccountName`, that account is looked for in the namespace of this object, while its Secret is read from the namespace of the GitRepository.',
      refersTo: {
        kind: 'GitRepository',
        group: 'source.toolkit.fluxcd.io',
        kindField: 'kind',
        namespaceField: 'namespace',
      },
    },
    'spec.git': {
      doc: 'How to check out, commit and push. Needed in fact, though the API lets it be left out.',
      snippet:
        '\n  commit:\n    author:\n      name: ${1:flux}\n      email: ${2:flux@example.com}\n  push:\n    branch: ${3:main}',
    },
    'spec.git.push.branch': {
      doc: 'The branch to push to. A branch policy of Azure DevOps that asks for pull requests refuses the push: push to another branch then.',
    },
    'spec.git.commit.signingKey.secretRef.name': secretName(
      'signing-key',
      'A Secret with the key that commits are signed with.',
    ),
    'spec.policySelector': {
      doc: 'ImagePolicies by label. Only those in the namespace of this object are looked at.',
      since: 'Flux 2.3',
    },
    'spec.update': {
      doc: 'What is rewritten: fields with a marker comment such as `# {"$imagepolicy": "flux-system:app"}`.',
      snippet: '\n  path: ${1:./}\n  strategy: Setters',
    },
    'spec.update.path': {
      doc: 'The folder of the repository whose files are rewritten. Files outside it keep their tags, markers or not.',
    },
    'spec.update.strategy': { doc: 'How fields are found.', values: { Setters: { doc: 'By the marker comments.' } } },
    'spec.suspend': SUSPEND,
  },
});
