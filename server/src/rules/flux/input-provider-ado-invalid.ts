import { devOpsHttpsUrl, parseDevOpsUrl } from '../../azure/devops.ts';
import { removeEntry, replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { inputProviders, wrongUrl } from './_input-providers.ts';
import { editable, isSet, placeAt, withoutUser } from './_sources.ts';

export default defineRule({
  id: 'flux/input-provider-ado-invalid',
  on: inputProviders(/^AzureDevOps(Branch|Tag|PullRequest)$/),
  severity: 'error',
  schema: true,
  summary:
    'An input provider for Azure DevOps has another URL than that of a repository, or a Secret with certificates.',
  why: 'The Flux Operator takes organization, project and repository out of the path of the URL, which has to have exactly those parts: the short URL without a project and SSH do not fit. It speaks to Azure DevOps Services, so that the API server refuses certificates of one’s own.',
  references: [
    'controlplaneio-fluxcd/flux-operator@v0.58.1 config/crd/bases',
    'controlplaneio-fluxcd/flux-operator@v0.58.1 docs/api/v1/resourcesetinputprovider.md',
  ],
  versions: 'Flux Operator 0.58',
  *check(provider) {
    const { object, specs, type } = provider;
    const url = wrongUrl(provider, (text) => !/^https?:\/\/[^/]+\/[^/]+\/[^/]+\/_git\/[^/]+\/?$/.test(text));
    if (url) {
      const repository = parseDevOpsUrl(url.text.replace(/\.git$/, ''));
      yield report(
        url,
        /^https?:\/\//.test(url.text)
          ? `"${withoutUser(url.text)}" is not the URL of a repository that the Flux Operator can read. It has to be https://dev.azure.com/{organization}/{project}/_git/{repository}.`
          : "spec.url must start with 'http://' or 'https://' when spec.type is an AzureDevOps provider: https://dev.azure.com/{organization}/{project}/_git/{repository}.",
        {
          fix:
            repository && unsafeFix('Write the URL with all four parts', replaceText(url, devOpsHttpsUrl(repository))),
        },
      );
    }
    if (!specs.every((spec) => isSet(spec, 'certSecretRef'))) return;
    const entry = editable(object, 'spec', 'certSecretRef');
    yield report(
      placeAt(object, 'spec', 'certSecretRef'),
      `cannot specify spec.certSecretRef when spec.type is ${type}.`,
      {
        fix: entry && unsafeFix('Remove certSecretRef', removeEntry(entry)),
      },
    );
  },
});

const provider = (spec: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: requests, namespace: flux-system }
spec:
  type: AzureDevOpsPullRequest
${spec}`;

export const examples: Examples = {
  bad: [
    {
      title: 'The short URL',
      yaml: provider('  url: <|https://dev.azure.com/contoso/_git/shop|>\n'),
      fixed: provider('  url: https://dev.azure.com/contoso/shop/_git/shop\n'),
    },
    {
      title: 'SSH, and certificates',
      yaml: provider(
        '  url: <|ssh://git@ssh.dev.azure.com/v3/contoso/fleet/shop|>\n  <|certSecretRef|>: { name: authority }\n',
      ),
    },
  ],
  good: [
    {
      title: 'All four parts; a variable; another type',
      yaml: `${provider('  url: https://dev.azure.com/contoso/fleet/_git/shop\n  serviceAccountName: requests-reader\n')}---
${provider('  url: https://dev.azure.com/${ORGANIZATION}/_git/shop\n').replace('name: requests', 'name: more')}---
${provider('  url: https://github.com/contoso/shop\n  certSecretRef: { name: authority }\n').replace('AzureDevOpsPullRequest', 'GitHubPullRequest')}`,
    },
  ],
};
