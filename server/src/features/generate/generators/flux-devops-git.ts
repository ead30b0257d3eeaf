import { devOpsSshUrl, parseDevOpsUrl } from '../../../azure/devops.ts';
import { type Generator, given } from '../generator.ts';
import { ENCRYPT_NOTE, fluxServiceAccount, OBJECT_LEVEL, reference, secret } from '../manifests.ts';
import {
  branchStep,
  clientIdStep,
  devOpsStep,
  devOpsUrl,
  fluxAuthStep,
  intervalStep,
  nameStep,
  namespaceStep,
  serviceAccountStep,
  tenantIdStep,
  whenAuth,
} from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxDevopsGit: Generator = {
  name: 'flux-devops-git',
  title: 'GitRepository on Azure DevOps',
  detail: 'A repository of Azure Repos as source',
  steps: [
    nameStep('GitRepository', 'fleet'),
    namespaceStep('flux-system'),
    devOpsStep(),
    branchStep(),
    intervalStep('5m'),
    fluxAuthStep(
      '2.7',
      [
        { value: 'secret', title: 'A personal access token', detail: 'In a Secret; it needs the scope Code (read)' },
        { value: 'ssh', title: 'An SSH key', detail: 'RSA only: Azure DevOps serves no other' },
      ],
      { controllerSince: '2.4' },
    ),
    serviceAccountStep('fleet-source', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, auth } = values as Record<string, string>;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const secretName = auth === 'secret' || auth === 'ssh' ? `${name}-auth` : undefined;
    const url = auth === 'ssh' ? devOpsSshUrl(parseDevOpsUrl(values.url!)!) : devOpsUrl(values.url!);
    return [
      {
        path: `${name}-gitrepository.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('GitRepository', fluxVersion),
            kind: 'GitRepository',
            metadata: { name, namespace },
            spec: {
              interval: values.interval,
              url,
              ref: { branch: values.branch },
              // The token of the provider would overwrite what a Secret holds.
              provider: secretName === undefined ? 'azure' : undefined,
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
              secretRef: reference(secretName),
            },
          },
        ),
        note:
          secretName === undefined
            ? 'No Azure role is involved: add the identity to the Azure DevOps organization as a user (Basic) that may read the code.'
            : undefined,
      },
      ...(secretName === undefined
        ? []
        : [
            {
              path: `${secretName}-secret.yaml`,
              language: 'yaml' as const,
              content: documents(
                secret(
                  { name: secretName, namespace },
                  auth === 'ssh'
                    ? {
                        identity: commented('The private RSA key.', '${DEVOPS_SSH_KEY}'),
                        known_hosts: commented(
                          'The output of: ssh-keyscan -t rsa ssh.dev.azure.com',
                          '${DEVOPS_KNOWN_HOSTS}',
                        ),
                      }
                    : {
                        username: commented('Any name will do beside a token.', 'git'),
                        password: '${DEVOPS_TOKEN}',
                      },
                ),
              ),
              note: ENCRYPT_NOTE,
            },
          ]),
    ];
  },
};
