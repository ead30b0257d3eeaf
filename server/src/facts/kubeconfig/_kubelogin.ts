import { APPLICATIONS } from '../../azure/applications.ts';
import { asScalar, asSeq, get, items, text } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { list, object, string } from '../define.ts';
import type { Shape, ValueFact } from '../shape.ts';

// Source: kubelogin v0.2.19 pkg/internal/token/options.go, docs/book/src/concepts/login-modes.
const MODES = 'https://azure.github.io/kubelogin/concepts/login-modes.html';
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

const LOGINS: Readonly<Record<string, ValueFact>> = {
  devicecode: { doc: 'A person opens a page and types a code. The default. Needs `--client-id` and `--tenant-id`.' },
  interactive: {
    doc: 'Opens a browser. Needs `--client-id` and `--tenant-id`.',
    since: 'kubelogin 0.0.25',
  },
  spn: { doc: 'An application with `--client-id`, `--tenant-id` and a client secret or certificate.' },
  msi: {
    doc: 'The managed identity of the machine; `--client-id` or `--identity-resource-id` chooses one of several.',
  },
  workloadidentity: {
    doc: 'A token of a ServiceAccount, exchanged for one of Entra ID. The webhook sets client, tenant and file.',
  },
  azurecli: { doc: 'Whoever is logged in to the Azure CLI.' },
  azd: { doc: 'Whoever is logged in to the Azure Developer CLI.', since: 'kubelogin 0.1.4' },
  azurepipelines: {
    doc: 'A service connection of Azure Pipelines, from the variables of the AzureCLI task.',
    since: 'kubelogin 0.2.11',
  },
  ropc: { doc: 'User name and password, without a second factor.' },
};

const CLOUDS: Readonly<Record<string, ValueFact>> = {
  AzurePublicCloud: { doc: 'Azure public cloud. The default, and what any unknown name means.' },
  AzureUSGovernmentCloud: { doc: 'Azure US Government.' },
  AzureChinaCloud: { doc: 'Azure in China.' },
};

const AUTHORITIES = [
  { value: 'https://login.microsoftonline.com/', doc: 'Azure public cloud.' },
  { value: 'https://login.microsoftonline.us/', doc: 'Azure US Government.' },
  { value: 'https://login.chinacloudapi.cn/', doc: 'Azure in China.' },
];

interface FlagFact {
  readonly doc: string;
  /** The shape of the value; a switch has none. */
  readonly value?: Shape;
  readonly short?: string;
  /** The login methods that read it; all where it is not said. */
  readonly logins?: readonly string[];
  readonly since?: string;
}

const WITH_APPLICATION = ['devicecode', 'interactive', 'spn', 'ropc', 'msi', 'workloadidentity', 'azurepipelines'];
const POP = ['interactive', 'spn', 'ropc'];

const FLAGS: Readonly<Record<string, FlagFact>> = {
  '--login': {
    doc: 'How the token is obtained. `AAD_LOGIN_METHOD` wins over it.',
    short: '-l',
    value: string('How the token is obtained. Names are case-sensitive.', {
      enum: Object.keys(LOGINS),
      values: LOGINS,
      link: MODES,
    }),
  },
  '--server-id': {
    doc: 'The application that the token is for. Every login needs it, and no variable stands for it.',
    value: string('The application that the token is for.', {
      suggestions: [
        { value: APPLICATIONS.aksServer.id, doc: 'AKS with Entra ID, in every cloud.' },
        { value: APPLICATIONS.arcServer.id, doc: 'Clusters of Azure Arc, with proof of possession.' },
      ],
    }),
  },
  '--client-id': {
    doc: 'The client id of the application or managed identity. `AZURE_CLIENT_ID` wins over it.',
    logins: WITH_APPLICATION,
    value: string('The client id of the application or managed identity.', {
      suggestions: [
        { value: GUID, label: 'client id', doc: 'Of an application or managed identity of your own.' },
        { value: APPLICATIONS.aksClient.id, doc: 'The client of AKS, for people who log in.' },
        { value: APPLICATIONS.arcClient.id, doc: 'The client of Azure Arc, for people who log in.' },
      ],
    }),
  },
  '--tenant-id': {
    doc: 'The tenant: a GUID or a verified domain. `AZURE_TENANT_ID` wins over it.',
    short: '-t',
    value: string('The tenant: a GUID or a verified domain.', {
      suggestions: [{ value: GUID, label: 'tenant id', doc: 'The tenant of the cluster.' }],
    }),
  },
  '--environment': {
    doc: 'The cloud. Since version 0.2 an unknown name silently means the public cloud.',
    short: '-e',
    value: string('The cloud. Since version 0.2 an unknown name silently means the public cloud.', { values: CLOUDS }),
  },
  '--client-secret': {
    doc: 'The client secret. Better left to `AZURE_CLIENT_SECRET`: arguments are seen in the list of processes.',
    logins: ['spn'],
    value: string('The client secret, better left to `AZURE_CLIENT_SECRET`.', { secret: true }),
  },
  '--client-certificate': {
    doc: 'A file with the certificate, PEM or PKCS#12. PEM since version 0.2.',
    logins: ['spn'],
    value: string('A file with the certificate, PEM or PKCS#12.'),
  },
  '--client-certificate-password': {
    doc: 'The password of the certificate.',
    logins: ['spn'],
    value: string('The password of the certificate.', { secret: true }),
  },
  '--username': { doc: 'The user.', logins: ['ropc'], value: string('The user.') },
  '--password': { doc: 'The password.', logins: ['ropc'], value: string('The password.', { secret: true }) },
  '--identity-resource-id': {
    doc: 'The resource id of a managed identity, instead of its client id.',
    logins: ['msi'],
    value: string('The resource id of a managed identity.', {
      suggestions: [
        {
          value:
            '/subscriptions/${1:subscription}/resourceGroups/${2:group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${3:name}',
          label: '/subscriptions/…/userAssignedIdentities/…',
          doc: 'A managed identity.',
        },
      ],
    }),
  },
  '--federated-token-file': {
    doc: 'The file with the token of the ServiceAccount. The webhook sets `AZURE_FEDERATED_TOKEN_FILE`, which wins over it.',
    logins: ['workloadidentity'],
    value: string('The file with the token of the ServiceAccount.'),
  },
  '--authority-host': {
    doc: 'The address of Entra ID, with a slash at the end. It wins over `--environment`.',
    value: string('The address of Entra ID, with a slash at the end.', { suggestions: AUTHORITIES }),
  },
  '--azure-pipelines-service-connection-id': {
    doc: 'The resource id of the service connection.',
    logins: ['azurepipelines'],
    value: string('The resource id of the service connection.'),
  },
  '--pop-enabled': {
    doc: 'Asks for a proof-of-possession token, for clusters of Azure Arc. Together with `--pop-claims`.',
    logins: POP,
    since: 'kubelogin 0.0.32',
  },
  '--pop-claims': {
    doc: 'Claims of the proof-of-possession token, `u=` and the resource id of the cluster at least.',
    logins: POP,
    value: string('Claims as `key=value`, separated by commas; `u` is the resource id of the cluster.', {
      suggestions: [
        {
          value:
            'u=/subscriptions/${1:subscription}/resourceGroups/${2:group}/providers/Microsoft.Kubernetes/connectedClusters/${3:cluster}',
          label: 'u=/subscriptions/…/connectedClusters/…',
          doc: 'A cluster of Azure Arc.',
        },
      ],
    }),
  },
  '--disable-environment-override': {
    doc: 'Variables of the environment do not win over flags.',
    since: 'kubelogin 0.1.7',
  },
  '--use-azurerm-env-vars': {
    doc: 'Reads the names of Terraform, `ARM_CLIENT_ID`, `ARM_CLIENT_SECRET`, `ARM_TENANT_ID` and so on, instead of `AZURE_…`.',
    logins: ['spn'],
  },
  '--legacy': { doc: 'Tokens with `spn:` before the audience, for clusters made before 2020.' },
  '--disable-instance-discovery': { doc: 'Takes the authority host on trust, for clouds without a connection.' },
  '--redirect-url': {
    doc: 'Where the browser returns to.',
    logins: ['interactive'],
    value: string('Where the browser returns to.'),
  },
  '--login-hint': {
    doc: 'The user that the browser offers first.',
    logins: ['interactive'],
    value: string('The user that the browser offers first.'),
  },
  '--timeout': {
    doc: 'How long the Azure CLI may take, 60s without it.',
    logins: ['azurecli', 'azd'],
    value: string('A duration such as `60s`.', { snippet: '60s' }),
  },
  '--cache-dir': { doc: 'The folder for what is kept between runs.', value: string('A folder.') },
  '--subscription': {
    doc: 'The subscription whose tenant the Azure CLI uses.',
    short: '-s',
    logins: ['azurecli'],
    since: 'kubelogin 0.2.19',
    value: string('A subscription, by id or name.'),
  },
};

const BY_NAME = new Map<string, FlagFact>();
for (const [name, flag] of Object.entries(FLAGS)) {
  BY_NAME.set(name, flag);
  if (flag.short) BY_NAME.set(flag.short, flag);
}

/** Variables that kubelogin reads, after its flags. */
const ENV: Readonly<Record<string, Shape>> = {
  AAD_LOGIN_METHOD: string('How the token is obtained. Wins over `--login`.', {
    enum: Object.keys(LOGINS),
    values: LOGINS,
    link: MODES,
  }),
  AZURE_CLIENT_ID: string('The client id of the application or managed identity. Wins over `--client-id`.', {
    snippet: GUID,
  }),
  AZURE_TENANT_ID: string('The tenant. Wins over `--tenant-id`.', { snippet: GUID }),
  AZURE_CLIENT_SECRET: string('The client secret, for spn.', { secret: true }),
  AZURE_CLIENT_CERTIFICATE_PATH: string('A file with the certificate, for spn.'),
  AZURE_CLIENT_CERTIFICATE_PASSWORD: string('The password of the certificate, for spn.', { secret: true }),
  AZURE_FEDERATED_TOKEN_FILE: string('The file with the token, for workloadidentity. The webhook sets it.'),
  AZURE_AUTHORITY_HOST: string('The address of Entra ID, with a slash at the end. The webhook sets it.', {
    suggestions: AUTHORITIES,
  }),
  AZURE_CONFIG_DIR: string('The folder of the Azure CLI with the login, for azurecli.'),
  AZURE_CLI_TIMEOUT: string('How long the Azure CLI may take, such as `60s`.'),
  AZURE_USERNAME: string('The user, for ropc.'),
  AZURE_PASSWORD: string('The password, for ropc.', { secret: true }),
  KUBECACHEDIR: string('The folder for what is kept between runs.'),
};

const DOC =
  'An argument. Variables such as `AAD_LOGIN_METHOD` and `AZURE_CLIENT_ID` win over flags unless `--disable-environment-override` is given.';

/** What stands at the place of a flag, for one login method or any. */
function flagShape(login: string | undefined): Shape {
  const values: Record<string, ValueFact> = {};
  for (const [name, { doc, logins, since }] of Object.entries(FLAGS))
    if (!login || !LOGINS[login] || !logins || logins.includes(login))
      values[name] = { doc, ...(since ? { since } : {}) };
  return string(DOC, { values, link: 'https://azure.github.io/kubelogin/cli/get-token.html' });
}

const ANY_FLAG = flagShape(undefined);
const GET_TOKEN = string('The sub-command.', {
  values: { 'get-token': { doc: 'Prints a token. The first argument.' } },
});

const ARGS_DOC = 'Arguments of the command.';
const ARGS_SNIPPET =
  '\n  - get-token\n  - --login\n  - ${1|workloadidentity,spn,msi,azurecli,devicecode|}\n  - --server-id\n  - 6dae42f8-4368-4678-94ff-3960e28e3630';

/** The arguments of kubelogin; `node` says what stands behind each flag. */
export function argsShape(node: Node | undefined): Shape {
  const shape = list(ANY_FLAG, ARGS_DOC, { snippet: ARGS_SNIPPET });
  const written = asSeq(node)?.items.map((item) => asScalar(item)?.text ?? '');
  if (!written) return shape;
  const login = written[written.findIndex((arg) => arg === '--login' || arg === '-l') + 1];
  const flags = written.includes('--login') || written.includes('-l') ? flagShape(login) : ANY_FLAG;
  let value: Shape | undefined;
  const prefix = written.map((arg, i): Shape => {
    const own = value ?? (i === 0 ? GET_TOKEN : flags);
    value = value ? undefined : BY_NAME.get(arg)?.value;
    return own;
  });
  return { ...shape, items: flags, prefix };
}

const nameShape = string('The variable’s name. Variables win over flags.', {
  values: Object.fromEntries(Object.entries(ENV).map(([name, { fact }]) => [name, { doc: fact?.doc ?? '' }])),
});
const envItem = (value: Shape): Shape => object({ name: nameShape, value });

/** The environment of the command: a list, in which the name says what the value is. */
export function envShape(node: Node | undefined): Shape {
  return {
    ...list(
      envItem({ type: 'string' }),
      'Variables for the command, as a list of name and value. In an Argo CD cluster it is a map.',
      { snippet: '\n  - name: ${1:AZURE_CLIENT_ID}\n    value: ${2}' },
    ),
    prefix: items(node).map((item) => envItem(ENV[text(get(item, 'name')) ?? ''] ?? { type: 'string' })),
  };
}
