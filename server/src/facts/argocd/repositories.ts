import { booleanText, defineRole, object, string } from '../define.ts';
import type { Shape } from '../shape.ts';

// Source: argo-cd v3.5.1 util/db/repository_secrets.go. The two kinds spell the keys of a service principal differently.
const PRIVATE = 'https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/';
const URLS = [
  {
    value: 'https://${1:organization}@dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
    label: 'https://…@dev.azure.com/…',
    doc: 'Azure DevOps over https.',
  },
  {
    value: 'git@ssh.dev.azure.com:v3/${1:organization}/${2:project}/${3:repository}',
    label: 'git@ssh.dev.azure.com:v3/…',
    doc: 'Azure DevOps over ssh.',
  },
  {
    value: '${1:registry}.azurecr.io/${2:charts}',
    label: '….azurecr.io/…',
    doc: 'Helm charts in Azure Container Registry, with `type: helm` and `enableOCI: "true"`: without a scheme.',
  },
];

const COMMON: Readonly<Record<string, Shape>> = {
  url: string(
    'The repository. For Azure DevOps without `.git`; for charts in Azure Container Registry without `oci://`.',
    { suggestions: URLS },
  ),
  type: string('What it is.', {
    enum: ['git', 'helm', 'oci'],
    values: {
      git: { doc: 'A Git repository. The default.' },
      helm: {
        doc: 'Helm charts; in a registry together with `enableOCI`. The type that workload identity works with for Azure Container Registry.',
      },
      oci: { doc: 'An OCI artifact. Workload identity is not used for it.', since: 'Argo CD 3.1' },
    },
  }),
  username: string('The user name.'),
  password: string(
    'The password or personal access token. For Git it wins over workload identity; for Helm workload identity wins.',
    { secret: true },
  ),
  bearerToken: string('A token.', { secret: true, since: 'Argo CD 3.0' }),
  sshPrivateKey: string('A private ssh key; RSA for Azure DevOps.', { secret: true, snippet: '|\n  ${1}' }),
  tlsClientCertData: string('A client certificate, PEM.', { snippet: '|\n  ${1}' }),
  tlsClientCertKey: string('Its private key.', { secret: true, snippet: '|\n  ${1}' }),
  enableOCI: booleanText('Charts are in a registry. Spelt with capital OCI; otherwise it is ignored.', {
    snippet: '"true"',
  }),
  forceHttpBasicAuth: booleanText('Sends user name and password at once.'),
  insecureOCIForceHttp: booleanText('Plain HTTP for a registry.', { since: 'Argo CD 3.1' }),
  proxy: string('A proxy.'),
  noProxy: string('Hosts that are reached without the proxy.', { since: 'Argo CD 2.13' }),
  useAzureWorkloadIdentity: booleanText(
    'Logs in with workload identity of argocd-repo-server: its pod needs the label, its ServiceAccount the annotation. For Azure Container Registry the pod also needs `AZURE_ARM_TOKEN_RESOURCE=https://containerregistry.azure.net`. Not used for `type: oci`.',
    {
      since: 'Argo CD 3.0',
      link: `${PRIVATE}#azure-container-registryazure-repos-using-azure-workload-identity`,
      snippet: '"true"',
    },
  ),
  azureServicePrincipalClientSecret: string('The client secret of the application.', {
    secret: true,
    since: 'Argo CD 3.5',
  }),
  azureActiveDirectoryEndpoint: string('The address of Entra ID, for other clouds.', { since: 'Argo CD 3.5' }),
  githubAppID: string('The id of a GitHub App, as text.'),
  githubAppInstallationID: string('The id of its installation, as text.'),
  githubAppPrivateKey: string('Its private key.', { secret: true }),
  githubAppEnterpriseBaseUrl: string('The address of GitHub Enterprise Server.'),
  gcpServiceAccountKey: string('A key of a Google Cloud service account.', { secret: true }),
};

const principal = (id: 'Id' | 'ID'): Readonly<Record<string, Shape>> => ({
  [`azureServicePrincipalClient${id}`]: string(
    `The client id of an application, for Git alone. It is \`${id}\` here and \`${id === 'Id' ? 'ID' : 'Id'}\` in the other kind of Secret.`,
    { since: 'Argo CD 3.5' },
  ),
  [`azureServicePrincipalTenant${id}`]: string('The tenant of the application.', { since: 'Argo CD 3.5' }),
});

const repository: Shape = object(
  {
    ...COMMON,
    ...principal('Id'),
    name: string('A name for the repository.'),
    project: string('The project that the repository belongs to.'),
    insecure: booleanText('Does not check the server’s certificate.'),
    insecureIgnoreHostKey: booleanText('Does not check the server’s host key.'),
    enableLfs: booleanText('Fetches large files.'),
    depth: string('How many commits are fetched: a number, as text.', { since: 'Argo CD 3.3' }),
    webhookManifestCacheWarmDisabled: booleanText('Does not warm the cache on web hooks.', { since: 'Argo CD 3.5' }),
  },
  { open: true, required: ['url'] },
);

const template: Shape = object({ ...COMMON, ...principal('ID') }, { open: true, required: ['url'] });

const REPOSITORY = (label: string, title: string) =>
  defineRole({
    role: `argocd-${label}`,
    kind: 'Secret',
    label,
    title,
    doc: 'A repository that Argo CD reads. All values are strings; keys are case-sensitive, others are ignored.',
    link: PRIVATE,
    shape: repository,
    ...(label === 'repository'
      ? {
          snippets: [
            {
              label: 'Argo CD repository in Azure DevOps with workload identity',
              doc: 'A whole repository Secret.',
              body: `apiVersion: v1
kind: Secret
metadata:
  name: \${1:repository}
  namespace: \${2:argocd}
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: git
  url: https://dev.azure.com/\${3:organization}/\${4:project}/_git/\${5:repository}
  useAzureWorkloadIdentity: "true"
`,
            },
            {
              label: 'Argo CD charts in Azure Container Registry with workload identity',
              doc: 'A whole repository Secret.',
              body: `apiVersion: v1
kind: Secret
metadata:
  name: \${1:charts}
  namespace: \${2:argocd}
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  name: \${3:charts}
  url: \${4:registry}.azurecr.io/\${5:charts}
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
            },
          ],
        }
      : {}),
  });

const TEMPLATE = (label: string, title: string) =>
  defineRole({
    role: `argocd-${label}`,
    kind: 'Secret',
    label,
    title,
    doc: 'Credentials for all repositories whose URL starts with `url` and that have none of their own. It also decides `enableOCI`, `forceHttpBasicAuth` and `useAzureWorkloadIdentity` for them.',
    link: PRIVATE,
    shape: template,
  });

export default [
  REPOSITORY('repository', 'An Argo CD repository'),
  REPOSITORY('repository-write', 'An Argo CD repository to push to'),
  TEMPLATE('repo-creds', 'Argo CD credentials for several repositories'),
  TEMPLATE('repo-write-creds', 'Argo CD credentials to push with'),
];
