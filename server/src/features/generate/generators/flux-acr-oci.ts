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
  unlessTemplate,
  whenAuth,
} from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxAcrOci: Generator = {
  name: 'flux-acr-oci',
  title: 'OCIRepository on Azure Container Registry',
  detail: 'Manifests or a Helm chart pulled as an OCI artifact',
  steps: [
    nameStep('OCIRepository', 'app'),
    namespaceStep('flux-system'),
    registryStep(),
    repositoryStep('manifests/app'),
    {
      key: 'version',
      title: 'Version',
      prompt: 'Which artifact: a tag, or a semver range of tags?',
      kind: 'choice',
      choices: () => [
        { value: 'tag', title: 'A tag' },
        { value: 'semver', title: 'The newest tag of a semver range' },
      ],
      default: 'semver',
    },
    {
      key: 'tag',
      title: 'Tag',
      prompt: 'Tag of the artifact',
      kind: 'text',
      when: (values) => values.version === 'tag',
      default: 'latest',
      example: 'latest',
      validate: unlessTemplate((value) =>
        /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(value) ? undefined : `"${value}" is no tag.`,
      ),
    },
    rangeStep({ prompt: 'Semver range of tags', when: (values) => values.version === 'semver' }),
    intervalStep('10m'),
    fluxAuthStep('2.6', [
      { value: 'secret', title: 'A pull Secret', detail: 'A token of the registry or a service principal' },
    ]),
    serviceAccountStep('app-registry', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, registry, auth } = values as Record<string, string>;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const secretName = auth === 'secret' ? `${name}-pull` : undefined;
    return [
      {
        path: `${name}-ocirepository.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('OCIRepository', fluxVersion),
            kind: 'OCIRepository',
            metadata: { name, namespace },
            spec: {
              interval: values.interval,
              url: `oci://${registry}/${values.repository}`,
              ref: values.version === 'tag' ? { tag: values.tag } : { semver: values.range },
              // With a Secret the provider would not be asked: Flux prefers the Secret.
              provider: auth === 'secret' ? undefined : 'azure',
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
              secretRef: reference(secretName),
            },
          },
        ),
        note:
          auth === 'controller'
            ? 'The identity of source-controller needs AcrPull on the registry (Container Registry Repository Reader in ABAC mode).'
            : auth === 'serviceAccount'
              ? `The identity needs AcrPull on the registry and a federated credential for system:serviceaccount:${namespace}:${account}.`
              : undefined,
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
