import { authorityUrl, type Cloud } from '../../../azure/clouds.ts';
import {
  blobEndpoint,
  CONTAINER_RULE,
  isContainerName,
  isStorageAccountName,
  STORAGE_ACCOUNT_RULE,
} from '../../../azure/storage.ts';
import { type Generator, given, isOn, type Values } from '../generator.ts';
import { ENCRYPT_NOTE, fluxServiceAccount, OBJECT_LEVEL, reference, secret } from '../manifests.ts';
import {
  clientIdStep,
  cloudOf,
  cloudStep,
  fluxAuthStep,
  intervalStep,
  nameStep,
  namespaceStep,
  rule,
  sendChainStep,
  serviceAccountStep,
  tenantIdStep,
  whenAuth,
} from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents, type YamlMap } from '../yaml-text.ts';

const SECRET_MODES = ['clientSecret', 'certificate', 'managedIdentity', 'accountKey', 'sasKey'];

export const fluxBlobBucket: Generator = {
  name: 'flux-blob-bucket',
  title: 'Bucket on Azure Blob Storage',
  detail: 'A container of blobs as source, with each kind of credential',
  steps: [
    nameStep('Bucket', 'artifacts'),
    namespaceStep('flux-system'),
    cloudStep(),
    {
      key: 'account',
      title: 'Storage account',
      prompt: 'Name of the storage account',
      kind: 'text',
      suggestions: (_, { known }) => known.storageAccounts,
      example: 'contosofleet',
      validate: rule(isStorageAccountName, STORAGE_ACCOUNT_RULE),
    },
    {
      key: 'container',
      title: 'Container',
      prompt: 'Name of the container',
      kind: 'text',
      example: 'manifests',
      validate: rule(isContainerName, CONTAINER_RULE),
    },
    intervalStep('10m'),
    fluxAuthStep('2.7', [
      { value: 'clientSecret', title: 'A service principal with a secret' },
      { value: 'certificate', title: 'A service principal with a certificate' },
      { value: 'managedIdentity', title: 'A managed identity of the nodes', detail: 'By its client id, through IMDS' },
      { value: 'accountKey', title: 'The key of the storage account' },
      { value: 'sasKey', title: 'A shared access signature' },
    ]),
    serviceAccountStep('artifacts-source', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount', 'clientSecret', 'certificate', 'managedIdentity') }),
    tenantIdStep({ when: whenAuth('serviceAccount', 'clientSecret', 'certificate') }),
    sendChainStep(whenAuth('certificate')),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, auth } = values as Record<string, string>;
    const cloud = cloudOf(values);
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const secretName = SECRET_MODES.includes(auth!) ? `${name}-auth` : undefined;
    return [
      {
        path: `${name}-bucket.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('Bucket', fluxVersion),
            kind: 'Bucket',
            metadata: { name, namespace },
            spec: {
              interval: values.interval,
              provider: 'azure',
              endpoint: blobEndpoint(cloud, values.account!),
              bucketName: commented('The container.', values.container),
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
              secretRef: reference(secretName),
            },
          },
        ),
        note:
          auth === 'accountKey' || auth === 'sasKey'
            ? undefined
            : 'The identity needs Storage Blob Data Reader on the storage account or the container.',
      },
      ...(secretName === undefined
        ? []
        : [
            {
              path: `${secretName}-secret.yaml`,
              language: 'yaml' as const,
              content: documents(secret({ name: secretName, namespace }, credential(values, cloud))),
              note: ENCRYPT_NOTE,
            },
          ]),
    ];
  },
};

/** The keys source-controller reads, of which exactly one kind is given: the first it knows would win. */
function credential(values: Values, cloud: Cloud): YamlMap {
  const authorityHost = cloud.id === 'public' ? undefined : authorityUrl(cloud);
  const principal = { tenantId: values.tenantId, clientId: values.clientId };
  switch (values.auth) {
    case 'clientSecret':
      return { ...principal, clientSecret: '${AZURE_CLIENT_SECRET}', authorityHost };
    case 'certificate':
      return {
        ...principal,
        clientCertificate: commented('Certificate and private key in one PEM.', '${AZURE_CLIENT_CERTIFICATE}'),
        clientCertificateSendChain: isOn(values, 'sendChain')
          ? commented('A string here; in sops.azure-kv it is a boolean.', 'true')
          : undefined,
        authorityHost,
      };
    case 'managedIdentity':
      return { clientId: commented('Alone: with a tenant nothing would change.', values.clientId) };
    case 'accountKey':
      return { accountKey: '${STORAGE_ACCOUNT_KEY}' };
    default:
      return { sasKey: '${STORAGE_SAS_KEY}' };
  }
}
