import { type Generator, given } from '../generator.ts';
import { ENCRYPT_NOTE, fluxServiceAccount, OBJECT_LEVEL, pullSecret, reference } from '../manifests.ts';
import {
  clientIdStep,
  fluxAuthStep,
  intervalStep,
  nameStep,
  namespaceStep,
  rangeStep,
  registryStep,
  repositoryStep,
  serviceAccountStep,
  tenantIdStep,
  whenAuth,
} from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxAcrImage: Generator = {
  name: 'flux-acr-image',
  title: 'ImageRepository and ImagePolicy on Azure Container Registry',
  detail: 'Scans the tags of an image and chooses one',
  steps: [
    nameStep('ImageRepository and the ImagePolicy', 'app'),
    namespaceStep('flux-system'),
    registryStep(),
    repositoryStep('team/app', { title: 'Image', prompt: 'Repository of the image, without tag' }),
    intervalStep('5m'),
    {
      key: 'policy',
      title: 'Policy',
      prompt: 'How shall the tag be chosen?',
      kind: 'choice',
      choices: () => [
        { value: 'semver', title: 'Highest version', detail: 'Tags such as 1.4.2' },
        {
          value: 'numerical',
          title: 'Highest number',
          detail: 'Tags such as main-1a2b3c4-1700000000: the last number',
        },
        { value: 'alphabetical', title: 'Last in the alphabet', detail: 'Tags such as RELEASE.2026-01-31T07-00-00Z' },
      ],
      default: 'semver',
    },
    rangeStep({ when: (values) => values.policy === 'semver' }),
    fluxAuthStep('2.6', [
      { value: 'secret', title: 'A pull Secret', detail: 'A token of the registry or a service principal' },
    ]),
    serviceAccountStep('app-registry', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, registry, auth, policy } = values as Record<string, string>;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const secretName = auth === 'secret' ? `${name}-pull` : undefined;
    return [
      {
        path: `${name}-image.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('ImageRepository', fluxVersion),
            kind: 'ImageRepository',
            metadata: { name, namespace },
            spec: {
              interval: values.interval,
              image: `${registry}/${values.repository}`,
              // With a provider the Secret would not be read: the opposite of OCIRepository.
              provider: auth === 'secret' ? undefined : 'azure',
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
              secretRef: reference(secretName),
            },
          },
          {
            apiVersion: apiVersion('ImagePolicy', fluxVersion),
            kind: 'ImagePolicy',
            metadata: { name, namespace },
            spec: {
              imageRepositoryRef: { name },
              filterTags:
                policy === 'numerical'
                  ? commented('Tags of the form branch-commit-timestamp.', {
                      pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$',
                      extract: '$ts',
                    })
                  : undefined,
              policy:
                policy === 'semver'
                  ? { semver: { range: values.range } }
                  : policy === 'numerical'
                    ? { numerical: { order: 'asc' } }
                    : { alphabetical: { order: 'asc' } },
            },
          },
        ),
        note: `Mark the places to update with # {"$imagepolicy": "${namespace}:${name}"}.${
          auth === 'secret' ? '' : ' The identity needs AcrPull on the registry.'
        }`,
      },
      ...(secretName === undefined
        ? []
        : [
            {
              path: `${secretName}-secret.yaml`,
              language: 'yaml' as const,
              content: documents(pullSecret(secretName, namespace!, registry!)),
              note: ENCRYPT_NOTE,
            },
          ]),
    ];
  },
};
