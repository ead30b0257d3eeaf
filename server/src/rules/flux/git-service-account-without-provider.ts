import { hostOf } from '../../azure/clouds.ts';
import { isDevOpsHost } from '../../azure/devops.ts';
import { atLeast } from '../../model/context.ts';
import { addAt, setValue } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, GIT_REPOSITORY, inAllBuilds, isSet, literalAt, placeAt, providerOf } from './_sources.ts';

/** Providers that are in the CRD and use no ServiceAccount. Others are wrong in themselves. */
const WITHOUT_ACCOUNT = ['generic', 'github'];

export default defineRule({
  id: 'flux/git-service-account-without-provider',
  on: kinds(GIT_REPOSITORY),
  severity: 'error',
  schema: true,
  summary: 'A GitRepository has a `serviceAccountName` without `provider: azure`.',
  why: 'The ServiceAccount is there to sign in with the cloud that the provider names. A rule of the CRD refuses the object when the provider is missing or uses no cloud identity.',
  references: ['fluxcd/source-controller@v1.9.1 config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml'],
  versions: 'Flux 2.7 and later',
  *check(object, { workspace, flux }) {
    const aws = atLeast(flux, '2.9');
    const without = inAllBuilds(object, workspace, (root) => {
      const provider = providerOf(root);
      if (provider === undefined || !isSet(root, 'spec', 'serviceAccountName')) return undefined;
      return WITHOUT_ACCOUNT.includes(provider) || (provider === 'aws' && !aws);
    });
    if (!without || !atLeast(flux, '2.7') || !workspace.isComplete(object)) return;
    const url = literalAt(object.root, 'spec', 'url');
    const own = editable(object, 'spec', 'provider');
    yield report(
      placeAt(object, 'spec', 'serviceAccountName'),
      `serviceAccountName can only be set when provider is 'azure'${aws ? " or 'aws'" : ''}. Add provider: azure for a repository of Azure DevOps, or remove serviceAccountName.`,
      {
        fix:
          url && isDevOpsHost(hostOf(url.text))
            ? unsafeFix(
                'Set provider: azure',
                own ? setValue(own, 'azure') : addAt(object.root, ['spec', 'provider'], 'azure'),
              )
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without a provider',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  <|serviceAccountName|>: fleet-reader
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  serviceAccountName: fleet-reader
  provider: azure
`,
      message: "serviceAccountName can only be set when provider is 'azure' or 'aws'",
    },
    {
      title: 'In Flux 2.8, with a provider that signs in otherwise',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://github.com/contoso/fleet
  provider: github
  <|serviceAccountName|>: fleet-reader
`,
      settings: { fluxVersion: '2.8' },
      message: "serviceAccountName can only be set when provider is 'azure'.",
    },
  ],
  good: [
    {
      title: 'With the provider, and with a provider that is filled in later',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  serviceAccountName: fleet-reader
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/apps
  provider: \${GIT_PROVIDER}
  serviceAccountName: fleet-reader
`,
    },
    {
      title: 'Part of an object',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - fleet.yaml
patches:
  - patch: |
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata:
        name: fleet
      spec:
        serviceAccountName: fleet-reader
`,
    },
  ],
};
