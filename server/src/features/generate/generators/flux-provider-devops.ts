import { type Generator, given } from '../generator.ts';
import { ENCRYPT_NOTE, fluxServiceAccount, OBJECT_LEVEL, reference, secret } from '../manifests.ts';
import { objectNameProblem } from '../names.ts';
import {
  clientIdStep,
  devOpsStep,
  devOpsUrl,
  fluxAuthStep,
  nameStep,
  namespaceStep,
  serviceAccountStep,
  tenantIdStep,
  whenAuth,
} from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxProviderDevops: Generator = {
  name: 'flux-provider-devops',
  title: 'Provider and Alert for Azure DevOps',
  detail: 'Shows the state of a Kustomization beside its commit',
  steps: [
    nameStep('Provider and the Alert', 'commit-status'),
    namespaceStep('flux-system'),
    devOpsStep({ prompt: 'Clone URL of the repository whose commits get the status' }),
    {
      key: 'kustomization',
      title: 'Kustomization',
      prompt: 'Name of the Kustomization to report, * for all of the namespace',
      kind: 'text',
      default: '*',
      example: 'apps',
      validate: (value) => (value === '*' ? undefined : objectNameProblem(value)),
    },
    fluxAuthStep(
      '2.7',
      [{ value: 'secret', title: 'A personal access token', detail: 'In a Secret; it needs the scope Code (status)' }],
      { controllerSince: '2.7' },
    ),
    serviceAccountStep('commit-status', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, auth } = values as Record<string, string>;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const secretName = auth === 'secret' ? `${name}-token` : undefined;
    return [
      {
        path: `${name}-alert.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('Provider', fluxVersion),
            kind: 'Provider',
            metadata: { name, namespace },
            spec: {
              type: 'azuredevops',
              address: commented('Always with project: the short form is refused here.', devOpsUrl(values.url!)),
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
              secretRef: reference(secretName),
            },
          },
          {
            apiVersion: apiVersion('Alert', fluxVersion),
            kind: 'Alert',
            metadata: { name, namespace },
            spec: {
              providerRef: { name },
              eventSources: commented('Only a Kustomization knows the commit of an event.', [
                { kind: 'Kustomization', name: values.kustomization },
              ]),
            },
          },
        ),
        note:
          secretName === undefined
            ? 'Add the identity to the Azure DevOps organization as a user that may write commit statuses.'
            : undefined,
      },
      ...(secretName === undefined
        ? []
        : [
            {
              path: `${secretName}-secret.yaml`,
              language: 'yaml' as const,
              content: documents(secret({ name: secretName, namespace }, { token: '${DEVOPS_TOKEN}' })),
              note: ENCRYPT_NOTE,
            },
          ]),
    ];
  },
};
