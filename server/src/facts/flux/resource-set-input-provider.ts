import { defineFacts } from '../define.ts';
import { certificateSecret, secretName, serviceAccount } from './_fields.ts';

const DOCS = 'https://fluxoperator.dev/docs/crd/resourcesetinputprovider/';

export default defineFacts({
  group: 'fluxcd.controlplane.io',
  kinds: ['ResourceSetInputProvider'],
  version: 'v1',
  doc: 'Finds branches, tags, pull requests or artifacts and gives them to a ResourceSet as inputs.',
  link: DOCS,
  fields: {
    'spec.type': {
      doc: 'What is looked for.',
      values: {
        AzureDevOpsBranch: {
          doc: 'Branches of an Azure DevOps repository. With `username` and `password` in the Secret, or workload identity.',
        },
        AzureDevOpsTag: { doc: 'Tags of an Azure DevOps repository.' },
        AzureDevOpsPullRequest: { doc: 'Pull requests of an Azure DevOps repository.' },
        ACRArtifactTag: {
          doc: 'Tags of an artifact in Azure Container Registry, with workload identity alone: no Secret is legal here.',
        },
      },
    },
    'spec.url': {
      doc: 'For Azure DevOps `https://dev.azure.com/{organization}/{project}/_git/{repository}`, with all four parts; for Azure Container Registry `oci://{registry}.azurecr.io/{repository}`.',
      suggestions: [
        {
          value: 'https://dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
          label: 'https://dev.azure.com/…/_git/…',
          doc: 'Azure DevOps.',
        },
        {
          value: 'oci://${1:registry}.azurecr.io/${2:repository}',
          label: 'oci://….azurecr.io/…',
          doc: 'Azure Container Registry.',
        },
      ],
    },
    'spec.serviceAccountName': serviceAccount('The identity of this object alone, for the types of Azure.'),
    'spec.secretRef': {
      doc: 'Credentials for Azure DevOps: `username` and `password`, a personal access token. Not legal for `ACRArtifactTag`.',
    },
    'spec.secretRef.name': secretName('git', 'A Secret in the namespace of this object.'),
    ...certificateSecret('spec', 'Not legal for the types of Azure.'),
  },
});
