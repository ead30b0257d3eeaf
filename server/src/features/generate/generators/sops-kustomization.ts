import { type Generator, given } from '../generator.ts';
import { fluxServiceAccount, OBJECT_LEVEL } from '../manifests.ts';
import { objectNameProblem, repositoryPathProblem } from '../names.ts';
import {
  clientIdStep,
  fluxAuthStep,
  intervalStep,
  nameStep,
  namespaceStep,
  pathStep,
  serviceAccountStep,
  sourceSteps,
  tenantIdStep,
  whenAuth,
} from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const sopsKustomization: Generator = {
  name: 'sops-kustomization',
  title: 'Kustomization with SOPS decryption',
  detail: 'spec.decryption with an identity or a Secret',
  steps: [
    nameStep('Kustomization', 'secrets'),
    namespaceStep('flux-system'),
    ...sourceSteps(),
    pathStep('./clusters/production', repositoryPathProblem),
    intervalStep('10m'),
    fluxAuthStep('2.6', [
      { value: 'secret', title: 'A Secret with sops.azure-kv', detail: 'It wins over every identity' },
    ]),
    serviceAccountStep('sops-decryption', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
    {
      key: 'secret',
      title: 'Secret',
      prompt: 'Name of the Secret, in the same namespace',
      kind: 'text',
      when: whenAuth('secret'),
      default: 'sops-azure',
      example: 'sops-azure',
      validate: objectNameProblem,
    },
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, auth } = values;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    return [
      {
        path: `${name}-kustomization.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('Kustomization', fluxVersion),
            kind: 'Kustomization',
            metadata: { name, namespace },
            spec: {
              interval: values.interval,
              sourceRef: { kind: values.sourceKind, name: values.source },
              path: values.path,
              prune: true,
              decryption: {
                provider: 'sops',
                serviceAccountName: account && commented(OBJECT_LEVEL, account),
                secretRef: auth === 'secret' ? { name: values.secret } : undefined,
              },
            },
          },
        ),
        note:
          auth === 'secret'
            ? 'The generator sops-decryption-secret writes the Secret.'
            : 'The identity needs Key Vault Crypto User on the vault or the key; the vault is named in the encrypted files.',
      },
    ];
  },
};
