import type { GenerateContext, Generator, Values } from '../generator.ts';
import { given } from '../generator.ts';
import { FILL_IN_NOTE, secret } from '../manifests.ts';
import { clientIdStep, cloudOf, cloudStep, nameStep, namespaceStep, tenantIdStep, unlessTemplate } from '../steps.ts';
import { atLeast, needsArgo } from '../versions.ts';
import { block, documents } from '../yaml-text.ts';

const isPrincipal = (values: Values): boolean => values.login === 'clientSecret' || values.login === 'certificate';

/** Releases whose kubelogin cannot use workload identity: argo-cd#22122 and #22884. */
function brokenWorkloadIdentity(version: string): string | undefined {
  const full = version.replace(/^v/, '');
  if (full === '2.14.3') return 'Workload identity is broken in Argo CD 2.14.3; use 2.14.4 or newer.';
  return /^3\.0\.[0-6]$/.test(full)
    ? 'Workload identity is broken in Argo CD 3.0.0 to 3.0.6; use 3.0.7 or newer.'
    : undefined;
}

export const argocdCluster: Generator = {
  name: 'argocd-cluster',
  title: 'Cluster Secret of Argo CD',
  detail: 'An AKS cluster reached with workload identity, a service principal or a managed identity',
  refused: ({ argocdVersion }) => needsArgo(argocdVersion, '2.8', 'argocd-k8s-auth azure'),
  steps: [
    nameStep('cluster', 'production'),
    namespaceStep('argocd', { prompt: 'Namespace of Argo CD: cluster Secrets elsewhere are not read' }),
    {
      key: 'server',
      title: 'Server',
      prompt: 'Address of the API server',
      kind: 'text',
      example: 'https://aks-production-1a2b3c.hcp.westeurope.azmk8s.io:443',
      validate: unlessTemplate((value) =>
        /^https:\/\/kubernetes\.default\.svc\/*$/.test(value)
          ? 'For the cluster Argo CD runs in, the credential is ignored: it needs no Secret.'
          : /^https:\/\/[^/\s]+\/?$/.test(value)
            ? undefined
            : `"${value}" is no https address of an API server.`,
      ),
    },
    {
      key: 'login',
      title: 'Login',
      prompt: 'How does Argo CD log in to Entra ID?',
      kind: 'choice',
      choices: (_, { argocdVersion }) => [
        {
          value: 'workloadidentity',
          title: 'Workload identity',
          refused: brokenWorkloadIdentity(argocdVersion),
        },
        { value: 'clientSecret', title: 'A service principal with a secret' },
        { value: 'certificate', title: 'A service principal with a certificate', detail: 'Mounted into the pods' },
        { value: 'msi', title: 'A managed identity of the nodes' },
      ],
      default: (_, { argocdVersion }) => (brokenWorkloadIdentity(argocdVersion) ? 'clientSecret' : 'workloadidentity'),
    },
    cloudStep({ when: (values) => values.login !== 'msi' }),
    clientIdStep({ when: (values) => values.login !== 'msi' }),
    clientIdStep({
      key: 'managedIdentity',
      prompt: 'Client id of a user-assigned identity; left empty, the identity assigned by the system',
      optional: true,
      when: (values) => values.login === 'msi',
    }),
    tenantIdStep({ when: (values) => values.login !== 'msi' }),
    {
      key: 'certificatePath',
      title: 'Certificate',
      prompt: 'Path of the PEM or PKCS#12 file in the pods of argocd-application-controller and argocd-server',
      kind: 'text',
      when: (values) => values.login === 'certificate',
      default: '/etc/azure-certificate/client.pfx',
      example: '/etc/azure-certificate/client.pfx',
      validate: (value, _, { argocdVersion }) =>
        !/^\/\S+$/.test(value)
          ? 'The path is absolute and has no blanks.'
          : atLeast(argocdVersion, '3.0.7') || value.endsWith('.pfx')
            ? undefined
            : 'Only PKCS#12 files (.pfx) are read before Argo CD 3.0.7.',
    },
    {
      key: 'caData',
      title: 'CA',
      prompt: 'certificate-authority-data of the cluster, as in a kubeconfig; left empty there is a variable for it',
      kind: 'text',
      optional: true,
      example: '${CLUSTER_CA_DATA}',
      validate: unlessTemplate((value) =>
        /^[A-Za-z0-9+/]+={0,2}$/.test(value) && value.length % 4 === 0 && value.startsWith('LS0tLS1CRUdJTi')
          ? undefined
          : 'This is not the base64 of a PEM certificate.',
      ),
    },
  ],
  render: (values, context) => [
    {
      path: `${values.name}-cluster-secret.yaml`,
      language: 'yaml',
      content: documents(
        secret(
          {
            name: `cluster-${values.name}`,
            namespace: values.namespace,
            labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
          },
          {
            name: values.name,
            server: values.server!.replace(/\/$/, ''),
            config: block(configText(values, context)),
          },
          undefined,
          values.login === 'clientSecret'
            ? 'Fill in and encrypt before committing. config is JSON: no comments in it.'
            : 'config is JSON: no comments in it.',
        ),
      ),
      note: noteOf(values),
    },
  ],
};

const configText = (values: Values, context: GenerateContext): string =>
  `${JSON.stringify(config(values, context), undefined, 2).replace(/\[\s+"azure"\s+\]/, '["azure"]')}\n`;

function config(values: Values, context: GenerateContext): object {
  return {
    execProviderConfig: {
      command: 'argocd-k8s-auth',
      args: ['azure'],
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      env: environment(values, context),
    },
    tlsClientConfig: { insecure: false, caData: given(values, 'caData') ?? '${CLUSTER_CA_DATA}' },
  };
}

function environment(values: Values, { argocdVersion }: GenerateContext): Record<string, string> {
  const cloud = cloudOf(values);
  const login = isPrincipal(values) ? 'spn' : values.login!;
  const env: Record<string, string | undefined> = {
    AAD_LOGIN_METHOD: login,
    AAD_ENVIRONMENT_NAME: cloud.id === 'public' ? undefined : cloud.names.autorest,
  };
  // From 2.14 on the AZURE_ names win, also those the webhook injects; before, only the AAD_ names were read.
  const [id, password, certificate] = atLeast(argocdVersion, '2.14')
    ? ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH']
    : [
        'AAD_SERVICE_PRINCIPAL_CLIENT_ID',
        'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET',
        'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE',
      ];
  if (isPrincipal(values)) env[id!] = values.clientId;
  else env.AZURE_CLIENT_ID = values.login === 'msi' ? given(values, 'managedIdentity') : values.clientId;
  env.AZURE_TENANT_ID = given(values, 'tenantId');
  if (values.login === 'clientSecret') env[password!] = '${AZURE_CLIENT_SECRET}';
  if (values.login === 'certificate') env[certificate!] = values.certificatePath;
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function noteOf(values: Values): string {
  const rights = 'The identity needs an Azure Kubernetes Service RBAC role or a RoleBinding in the cluster.';
  if (values.login === 'workloadidentity')
    return `${rights} The generator argocd-identity writes what the pods of Argo CD need.`;
  return values.login === 'clientSecret' ? `${rights} ${FILL_IN_NOTE}` : rights;
}
