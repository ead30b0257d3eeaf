import { atLeast } from '../../model/context.ts';
import { field } from '../../model/views/argocd-cluster.ts';
import { get, text, textAt } from '../../yaml/navigate.ts';
import { boolean, defineFormat, list, object, string } from '../define.ts';
import type { Shape } from '../shape.ts';
import { azureEnvironment } from './_azure-env.ts';
import { configSnippet, execSnippet } from './_snippets.ts';

// Source: argo-cd v3.5.1 pkg/apis/application/v1alpha1/types.go (ClusterConfig, RawRestConfig).
const AKS = 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#aks';
const pem = (doc: string, secret = false) => string(`${doc} Base64 of PEM, on one line.`, secret ? { secret } : {});

const TLS = object(
  {
    insecure: boolean('Does not check the server’s certificate. Not legal together with `caData`.'),
    serverName: string('The name that the server’s certificate has to have, where it is not the host.'),
    caData: pem(
      'The certificate authority of the API server. AKS has a private one: without it the certificate is signed by an unknown authority.',
    ),
    certData: pem('A client certificate. Only together with `keyData`; with one the exec plugin is never run.'),
    keyData: pem('The private key of the client certificate.', true),
  },
  { doc: 'TLS of the connection.', open: true, ignoreCase: true },
);

const execProvider = (environment: Shape): Shape => {
  const shape = object(
    {
      command: string(
        'The program that prints a credential. In the image of Argo CD there is `argocd-k8s-auth`; neither `kubelogin` nor `az` is.',
        {
          suggestions: [
            {
              value: 'argocd-k8s-auth',
              doc: 'Argo CD’s own program for Azure, AWS and Google Cloud. From Argo CD 2.8 on it knows Azure.',
            },
          ],
        },
      ),
      args: list(
        string('An argument.', {
          values: {
            azure: { doc: 'Log in to Azure. The one argument: there are no flags, all else is said by `env`.' },
          },
        }),
        'Arguments of the command, as a list. For Azure exactly `["azure"]`.',
        { snippet: '["azure"]' },
      ),
      env: environment,
      apiVersion: string(
        'The version of the credential. `argocd-k8s-auth` prints v1beta1 and nothing else; `v1alpha1` is gone.',
        {
          enum: ['client.authentication.k8s.io/v1beta1', 'client.authentication.k8s.io/v1'],
          values: {
            'client.authentication.k8s.io/v1beta1': { doc: 'What `argocd-k8s-auth` prints.' },
            'client.authentication.k8s.io/v1': { doc: 'For other programs. With `argocd-k8s-auth` it is an error.' },
          },
        },
      ),
      installHint: string('What to tell where the command is missing.'),
      provideClusterInfo: boolean('Tells the command which cluster it is for, by KUBERNETES_EXEC_INFO.', {
        since: 'Argo CD 3.5',
      }),
      config: {
        type: 'any',
        fact: { doc: 'Anything, handed to the command as part of the cluster’s description.', since: 'Argo CD 3.5' },
      },
    },
    { required: ['command', 'apiVersion'], open: true, ignoreCase: true },
  );
  return {
    ...shape,
    fact: {
      doc: 'A program that prints a token for the cluster: for AKS with Entra ID `argocd-k8s-auth azure`. It wins over user name, password and `bearerToken`, `awsAuthConfig` wins over it.',
      link: AKS,
      snippet: execSnippet('any').text,
      variants: [
        {
          label: 'AKS with workload identity',
          doc: 'A token of Entra ID with the identity of argocd-application-controller and argocd-server: both pods need the label of workload identity.',
          snippet: execSnippet('workloadidentity').text,
        },
        {
          label: 'AKS with a service principal',
          doc: 'A token of Entra ID with an application’s client secret. Argo CD 2.14 and later.',
          snippet: execSnippet('spn').text,
        },
      ],
    },
  };
};

const shapeWith = (environment: Shape): Shape =>
  object(
    {
      execProviderConfig: execProvider(environment),
      tlsClientConfig: TLS,
      bearerToken: string('A token of a ServiceAccount in that cluster.', { secret: true }),
      username: string('Basic authentication, which AKS does not offer.'),
      password: string('Basic authentication, which AKS does not offer.', { secret: true }),
      awsAuthConfig: {
        ...object(
          { clusterName: { type: 'string' }, roleARN: { type: 'string' }, profile: { type: 'string' } },
          { open: true, ignoreCase: true },
        ),
        fact: { doc: 'Login to EKS. It wins over everything else.' },
      },
      disableCompression: boolean('Switches compression of answers off.', { since: 'Argo CD 2.14' }),
      proxyUrl: string('A proxy for the connection: http, https or socks5.', { since: 'Argo CD 2.14' }),
    },
    { open: true, ignoreCase: true },
  );

const COMMON = [
  'AAD_LOGIN_METHOD',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AAD_ENVIRONMENT_NAME',
  'AZURE_AUTHORITY_HOST',
  'AAD_SERVER_APPLICATION_ID',
];
const OLD_SPN = [
  'AAD_SERVICE_PRINCIPAL_CLIENT_ID',
  'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET',
  'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE',
  'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE_PASSWORD',
];
const NEW_SPN = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_CLIENT_CERTIFICATE_PASSWORD'];

const variants = new Map<string, Shape>();
function variant(key: string, names: readonly string[] | undefined): Shape {
  let shape = variants.get(key);
  if (!shape) {
    shape = shapeWith(azureEnvironment(names));
    variants.set(key, shape);
  }
  return shape;
}

export default defineFormat({
  language: 'argocd-cluster-config',
  title: 'The config of an Argo CD cluster',
  doc: 'How Argo CD connects to a cluster: strict JSON, without comments and trailing commas. One that cannot be read makes the cluster vanish with a line in the log.',
  link: AKS,
  shape: variant('all', undefined),
  shapeFor(unit, context) {
    const exec = field(unit.root, 'execProviderConfig')?.value;
    const method = textAt(field(exec, 'env')?.value, 'AAD_LOGIN_METHOD');
    const command = text(field(exec, 'command')?.value);
    const subcommand = text(get(field(exec, 'args')?.value, 0));
    if (command !== undefined && !/argocd-k8s-auth$/.test(command)) return variant('other', []);
    if (subcommand === 'aws' || subcommand === 'gcp') return variant('other', []);
    if (method === 'workloadidentity') return variant(method, [...COMMON, 'AZURE_FEDERATED_TOKEN_FILE']);
    if (method === 'msi') return variant(method, COMMON);
    if (method === 'spn')
      return atLeast(context.argocd, '2.14')
        ? variant('spn', [...COMMON, ...NEW_SPN])
        : variant('spn-old', [...COMMON.filter((name) => name !== 'AZURE_CLIENT_ID'), ...OLD_SPN]);
    return variant('all', undefined);
  },
  snippets: [
    {
      label: 'AKS with workload identity',
      doc: 'A token of Entra ID with the identity of argocd-application-controller and argocd-server.',
      body: configSnippet('workloadidentity'),
    },
    {
      label: 'AKS with a service principal',
      doc: 'A token of Entra ID with an application’s client secret. Argo CD 2.14 and later.',
      body: configSnippet('spn'),
    },
  ],
});
