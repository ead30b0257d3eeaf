import { APPLICATIONS } from '../../../azure/applications.ts';
import { isGuid } from '../../../azure/text-kinds.ts';
import { type Generator, given, type Values } from '../generator.ts';
import { clientIdStep, cloudOf, cloudStep, rule, tenantIdStep } from '../steps.ts';
import { commented, documents, type YamlMap } from '../yaml-text.ts';

const INTERACTIVE = ['devicecode', 'interactive'];
const PRINCIPAL = ['clientSecret', 'certificate'];

const by =
  (...logins: readonly string[]) =>
  (values: Values): boolean =>
    logins.includes(values.login ?? '');

const isName = (value: string): string | undefined =>
  /^[^\s"'#]+$/.test(value) ? undefined : `"${value}" has blanks or quotes in it.`;

export const kubeconfigUser: Generator = {
  name: 'kubeconfig-user',
  title: 'kubeconfig user with kubelogin',
  detail: 'Signs in to AKS with Entra ID, in each way kubelogin knows',
  steps: [
    {
      key: 'login',
      title: 'Login',
      prompt: 'How does kubelogin sign in?',
      kind: 'choice',
      choices: () => [
        { value: 'devicecode', title: 'Device code', detail: 'A person, in any browser' },
        { value: 'interactive', title: 'Browser', detail: 'A person, on this machine' },
        { value: 'azurecli', title: 'Azure CLI', detail: 'Whoever az is signed in as' },
        { value: 'azd', title: 'Azure Developer CLI', detail: 'Whoever azd is signed in as' },
        { value: 'workloadidentity', title: 'Workload identity', detail: 'A pod or a job with a federated token' },
        { value: 'msi', title: 'Managed identity', detail: 'Of the machine' },
        { value: 'clientSecret', title: 'Service principal with a secret' },
        { value: 'certificate', title: 'Service principal with a certificate' },
        { value: 'azurepipelines', title: 'Azure Pipelines', detail: 'A service connection' },
      ],
      default: 'azurecli',
    },
    {
      key: 'user',
      title: 'User',
      prompt: 'Name of the user entry',
      kind: 'text',
      default: 'aks',
      example: 'aks',
      validate: isName,
    },
    cloudStep({ when: (values) => !by('azurecli', 'azd')(values) }),
    tenantIdStep({ when: by(...INTERACTIVE, ...PRINCIPAL, 'azurepipelines') }),
    clientIdStep({ when: by(...PRINCIPAL, 'azurepipelines') }),
    clientIdStep({
      key: 'managedIdentity',
      prompt: 'Client id of a user-assigned identity; left empty, that of the system or of the environment',
      optional: true,
      when: by('msi', 'workloadidentity'),
    }),
    {
      key: 'certificatePath',
      title: 'Certificate',
      prompt: 'Path of the PEM or PKCS#12 file',
      kind: 'text',
      when: by('certificate'),
      default: '/etc/azure-certificate/client.pfx',
      example: '/etc/azure-certificate/client.pfx',
      validate: (value) => (/\s/.test(value) ? 'The path has no blanks.' : undefined),
    },
    {
      key: 'serviceConnection',
      title: 'Service connection',
      prompt: 'Id of the service connection',
      kind: 'text',
      when: by('azurepipelines'),
      example: '9b3e6d50-8f14-4a2c-b7e9-05d1c8f7a263',
      validate: rule(isGuid, 'the id of a service connection is a GUID'),
    },
    {
      key: 'server',
      title: 'Server',
      prompt: 'Address of the API server, for a whole kubeconfig; left empty, the user alone',
      kind: 'text',
      optional: true,
      example: 'https://aks-production-1a2b3c.hcp.westeurope.azmk8s.io:443',
      validate: (value) => (/^https:\/\/[^/\s]+\/?$/.test(value) ? undefined : `"${value}" is no https address.`),
    },
    {
      key: 'cluster',
      title: 'Cluster',
      prompt: 'Name of the cluster and the context',
      kind: 'text',
      when: (values) => (values.server ?? '') !== '',
      default: 'aks-production',
      example: 'aks-production',
      validate: isName,
    },
  ],
  render: (values) => [
    {
      path: 'kubeconfig.yaml',
      language: 'yaml',
      content: documents(kubeconfig(values)),
      note:
        values.login === 'clientSecret'
          ? 'kubectl does not fill in the variable: use envsubst, or leave the entry out and export AZURE_CLIENT_SECRET.'
          : undefined,
    },
  ],
};

function kubeconfig(values: Values): YamlMap {
  const { user, cluster } = values;
  const server = given(values, 'server');
  return {
    apiVersion: 'v1',
    kind: 'Config',
    ...(server === undefined
      ? {}
      : {
          clusters: [{ name: cluster, cluster: { server, 'certificate-authority-data': '${CLUSTER_CA_DATA}' } }],
          contexts: [{ name: cluster, context: { cluster, user } }],
          'current-context': cluster,
        }),
    users: [{ name: user, user: { exec: exec(values) } }],
  };
}

function exec(values: Values): YamlMap {
  const principal = PRINCIPAL.includes(values.login!);
  const cloud = cloudOf(values);
  const flags: (readonly [flag: string, value: string | undefined])[] = [
    ['--login', principal ? 'spn' : values.login],
    ['--server-id', APPLICATIONS.aksServer.id],
    ['--environment', cloud.id === 'public' ? undefined : cloud.names.autorest],
    ['--tenant-id', given(values, 'tenantId')],
    [
      '--client-id',
      INTERACTIVE.includes(values.login!)
        ? APPLICATIONS.aksClient.id
        : (given(values, 'clientId') ?? given(values, 'managedIdentity')),
    ],
    ['--client-certificate', given(values, 'certificatePath')],
    ['--azure-pipelines-service-connection-id', given(values, 'serviceConnection')],
  ];
  return {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'kubelogin',
    args: ['get-token', ...flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))],
    env:
      values.login === 'clientSecret'
        ? commented('Keep this file out of Git once the secret is in it.', [
            { name: 'AZURE_CLIENT_SECRET', value: '${AZURE_CLIENT_SECRET}' },
          ])
        : undefined,
    interactiveMode: INTERACTIVE.includes(values.login!) ? 'IfAvailable' : 'Never',
    provideClusterInfo: false,
  };
}
