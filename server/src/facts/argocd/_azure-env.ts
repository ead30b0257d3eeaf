import { object, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: argo-cd v3.5.1 cmd/argocd-k8s-auth/commands/azure_cgo.go; kubelogin pkg/token/options_ctor.go.
const AUTHORITIES = [
  { value: 'https://login.microsoftonline.com/', doc: 'Azure public cloud, the default.' },
  { value: 'https://login.microsoftonline.us/', doc: 'Azure US Government.' },
  { value: 'https://login.chinacloudapi.cn/', doc: 'Azure in China.' },
];
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

export const LOGIN_METHODS = {
  workloadidentity: {
    doc: 'Workload identity of the pods of argocd-application-controller and argocd-server. Client, tenant and token file come from the webhook, or from here. The default.',
  },
  spn: {
    doc: 'An application with a client secret or certificate: `AZURE_CLIENT_ID`, `AZURE_TENANT_ID` and `AZURE_CLIENT_SECRET` or `AZURE_CLIENT_CERTIFICATE_PATH`.',
  },
  msi: { doc: 'The managed identity of the node; `AZURE_CLIENT_ID` chooses one of several.' },
  azurecli: { doc: 'The login of the Azure CLI, which the image of Argo CD does not hold.', discouraged: true },
  devicecode: { doc: 'Asks a person, which nobody answers inside Argo CD.', discouraged: true },
  interactive: {
    doc: 'Opens a browser, which there is none of inside Argo CD.',
    since: 'Argo CD 2.14',
    discouraged: true,
  },
  ropc: {
    doc: 'User name and password. Does not work from Argo CD 2.14 on: the names are not read any more.',
    discouraged: true,
  },
  azd: {
    doc: 'The login of the Azure Developer CLI, which the image of Argo CD does not hold.',
    since: 'Argo CD 2.14',
    discouraged: true,
  },
  azurepipelines: {
    doc: 'A service connection of Azure Pipelines, which there is none of inside Argo CD.',
    since: 'Argo CD 3.3',
    discouraged: true,
  },
} as const;

/** The environment of `argocd-k8s-auth azure`, by name. All values are strings. */
export const AZURE_ENV: Readonly<Record<string, Shape>> = {
  AAD_LOGIN_METHOD: string('How the token for the cluster is obtained. Names are case-sensitive.', {
    enum: Object.keys(LOGIN_METHODS),
    values: LOGIN_METHODS,
    link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#aks',
  }),
  AZURE_CLIENT_ID: string(
    'The client id of the identity. From Argo CD 2.14 on it wins over `AAD_SERVICE_PRINCIPAL_CLIENT_ID` for every method, also where the webhook has set it.',
    { snippet: GUID, known: 'client-ids' },
  ),
  AZURE_TENANT_ID: string('The tenant: a GUID or a verified domain.', { snippet: GUID, known: 'tenant-ids' }),
  AZURE_CLIENT_SECRET: string(
    'The client secret, for `spn`. From Argo CD 2.14 on; before, `AAD_SERVICE_PRINCIPAL_CLIENT_SECRET`.',
    { secret: true, since: 'Argo CD 2.14' },
  ),
  AZURE_CLIENT_CERTIFICATE_PATH: string(
    'A file with the certificate, for `spn`. It wins over the client secret. The extension `.pfx` means PKCS#12, everything else PEM.',
    { since: 'Argo CD 2.14' },
  ),
  AZURE_CLIENT_CERTIFICATE_PASSWORD: string('The password of the certificate, for PKCS#12.', {
    secret: true,
    since: 'Argo CD 2.14',
  }),
  AZURE_FEDERATED_TOKEN_FILE: string(
    'The file with the token, for `workloadidentity`. The webhook sets it, and its path changed with version 1.6: do not write it down for the webhook’s own volume.',
  ),
  AZURE_AUTHORITY_HOST: string(
    'The address of Entra ID. It wins over `AAD_ENVIRONMENT_NAME`; the webhook sets it. Before Argo CD 3.0.7 it had to end with a slash.',
    { suggestions: AUTHORITIES },
  ),
  AAD_ENVIRONMENT_NAME: string('The cloud. Unknown names silently mean the public one.', {
    values: {
      AzurePublicCloud: { doc: 'Azure public cloud, the default.' },
      AzureUSGovernmentCloud: { doc: 'Azure US Government.' },
      AzureChinaCloud: { doc: 'Azure in China.' },
    },
  }),
  AAD_SERVER_APPLICATION_ID: string(
    'The application that the token is for. Without it that of AKS, which is the same in every cloud: `6dae42f8-4368-4678-94ff-3960e28e3630`.',
    {
      suggestions: [{ value: '6dae42f8-4368-4678-94ff-3960e28e3630', doc: 'AKS with Entra ID, in every cloud.' }],
    },
  ),
  AAD_SERVICE_PRINCIPAL_CLIENT_ID: string(
    'The client id for `spn`. From Argo CD 2.14 on `AZURE_CLIENT_ID` wins over it: write that one.',
    { snippet: GUID, known: 'client-ids' },
  ),
  AAD_SERVICE_PRINCIPAL_CLIENT_SECRET: string(
    'The client secret for `spn`. From Argo CD 2.14 on `AZURE_CLIENT_SECRET` wins over it.',
    { secret: true },
  ),
  AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE: string(
    'A file with the certificate for `spn`. From Argo CD 2.14 on `AZURE_CLIENT_CERTIFICATE_PATH` wins over it.',
  ),
  AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE_PASSWORD: string('The password of the certificate for `spn`.', {
    secret: true,
  }),
};

export const azureEnvironment = (names: readonly string[] = Object.keys(AZURE_ENV)): Shape =>
  object(Object.fromEntries(names.flatMap((name) => (AZURE_ENV[name] ? [[name, AZURE_ENV[name]]] : []))), {
    additional: { type: 'string' },
    doc: 'Variables for the command, as a map of strings: `{"NAME": "value"}`. A list of name and value, as in a kubeconfig, is an error and the cluster vanishes. They win over the variables of the pod.',
  });
