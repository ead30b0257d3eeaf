import { boolean, defineFormat, list, object, oneOf, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: kubelogin v0.2.19 pkg/internal/token/options.go; client-go v0.36.1 tools/clientcmd.
const DOCS = 'https://azure.github.io/kubelogin/';

const FLAGS: Readonly<Record<string, string>> = {
  '--server-id': 'The application the token is for; that of AKS is `6dae42f8-4368-4678-94ff-3960e28e3630`. Required.',
  '--client-id': 'The client id of the application or managed identity.',
  '--tenant-id': 'The tenant.',
  '--login':
    'How the token is obtained: devicecode, interactive, spn, ropc, msi, azurecli, azd, workloadidentity, azurepipelines.',
  '--environment': 'The cloud: AzurePublicCloud, AzureUSGovernmentCloud, AzureChinaCloud.',
  '--client-secret': 'The client secret, for spn. Better in AZURE_CLIENT_SECRET.',
  '--client-certificate': 'A file with the certificate, for spn.',
  '--identity-resource-id': 'The resource id of a managed identity, for msi.',
  '--federated-token-file': 'The file with the token, for workloadidentity.',
  '--authority-host': 'The address of Entra ID, with a slash at the end.',
  '--pop-enabled': 'Asks for a proof-of-possession token, for Azure Arc. Together with `--pop-claims`.',
  '--pop-claims': 'Claims of it; `u=` and the cluster’s resource id at least.',
  '--disable-environment-override': 'Variables of the environment do not win over flags.',
};

const EXEC: Shape = object(
  {
    command: string('The program that prints a token: `kubelogin` for AKS with Entra ID.', {
      suggestions: [{ value: 'kubelogin', doc: 'Azure/kubelogin. Another program of this name exists.' }],
    }),
    args: list(
      string(
        'An argument. Variables such as AAD_LOGIN_METHOD and AZURE_CLIENT_ID win over flags unless `--disable-environment-override` is given.',
        {
          suggestions: [
            { value: 'get-token', doc: 'Print a token. The first argument.' },
            ...Object.entries(FLAGS).map(([value, doc]) => ({ value, doc })),
          ],
        },
      ),
      'Arguments of the command.',
      {
        snippet:
          '\n  - get-token\n  - --login\n  - ${1|workloadidentity,spn,msi,azurecli,devicecode|}\n  - --server-id\n  - 6dae42f8-4368-4678-94ff-3960e28e3630',
      },
    ),
    env: list(
      object({ name: string('The variable’s name.'), value: { type: 'string' } }),
      'Variables for the command, as a list of name and value. In an Argo CD cluster it is a map.',
      {
        snippet: '\n  - name: ${1:AZURE_CLIENT_ID}\n    value: ${2}',
      },
    ),
    apiVersion: oneOf('The version of the credential.', {
      'client.authentication.k8s.io/v1beta1': { doc: 'What kubelogin writes into a kubeconfig.' },
      'client.authentication.k8s.io/v1': { doc: 'Needs `interactiveMode`.' },
    }),
    interactiveMode: oneOf('Whether the command may ask a person.', {
      Never: { doc: 'It gets no terminal.' },
      IfAvailable: { doc: 'Where there is a terminal. The default of v1beta1.' },
      Always: { doc: 'Fails without a terminal.' },
    }),
    installHint: string('What to tell where the command is missing.'),
    provideClusterInfo: boolean('Tells the command which cluster it is for.'),
  },
  {
    required: ['command', 'apiVersion'],
    open: true,
    doc: 'A program that prints a token for the cluster. Flux drops it unless the controller runs with `--insecure-kubeconfig-exec`.',
  },
);

export default defineFormat({
  language: 'kubeconfig',
  title: 'kubeconfig',
  doc: 'How a client reaches clusters, and as whom.',
  link: DOCS,
  shape: object(
    {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      clusters: list(
        object(
          {
            name: { type: 'string' },
            cluster: object(
              {
                server: string('The API server’s address: `https://….azmk8s.io:443` for AKS.'),
                'certificate-authority-data': string('The certificate authority of the API server, base64 of PEM.'),
                'insecure-skip-tls-verify': boolean('Does not check the server’s certificate.'),
              },
              { open: true },
            ),
          },
          { open: true },
        ),
        'The clusters.',
      ),
      contexts: list({ type: 'any' }, 'Pairs of cluster and user.'),
      'current-context': string('The pair in use.'),
      preferences: { type: 'any' },
      users: list(
        object(
          {
            name: { type: 'string' },
            user: object(
              {
                exec: EXEC,
                token: string('A token.', { secret: true }),
                'client-certificate-data': string('A client certificate, base64 of PEM.'),
                'client-key-data': string('Its private key.', { secret: true }),
                username: { type: 'string' },
                password: string('A password.', { secret: true }),
                'auth-provider': {
                  type: 'any',
                  fact: {
                    doc: 'Logins built into older clients. The one for Azure was removed with Kubernetes 1.26; `kubelogin convert-kubeconfig` turns it into `exec`.',
                  },
                },
              },
              { open: true },
            ),
          },
          { open: true },
        ),
        'The users.',
      ),
    },
    { open: true },
  ),
});
