import { parseDevOpsUrl } from '../../../azure/devops.ts';
import type { Generator, Values } from '../generator.ts';
import { FILL_IN_NOTE, secret } from '../manifests.ts';
import {
  clientIdStep,
  devOpsStep,
  devOpsUrl,
  nameStep,
  namespaceStep,
  registryStep,
  repositoryStep,
  tenantIdStep,
} from '../steps.ts';
import { needsArgo } from '../versions.ts';
import { commented, documents, type YamlMap } from '../yaml-text.ts';

const onDevOps = (values: Values): boolean => values.provider === 'devops';
const isTemplateOfCredentials = (values: Values): boolean => values.kind === 'repo-creds';

export const argocdRepository: Generator = {
  name: 'argocd-repository',
  title: 'Repository Secret of Argo CD',
  detail: 'Azure DevOps or charts of Azure Container Registry',
  steps: [
    {
      key: 'provider',
      title: 'Repository',
      prompt: 'Where is the repository?',
      kind: 'choice',
      choices: () => [
        { value: 'devops', title: 'Azure DevOps', detail: 'Git' },
        { value: 'registry', title: 'Azure Container Registry', detail: 'Helm charts' },
      ],
      default: 'devops',
    },
    {
      key: 'kind',
      title: 'Kind',
      prompt: 'For one repository, or for all with the same beginning?',
      kind: 'choice',
      choices: () => [
        { value: 'repository', title: 'One repository' },
        { value: 'repo-creds', title: 'Credentials for all below a URL', detail: 'Of the organization or registry' },
      ],
      default: 'repository',
    },
    nameStep('Secret', 'fleet'),
    namespaceStep('argocd', { prompt: 'Namespace of Argo CD' }),
    devOpsStep({ when: onDevOps }),
    registryStep({ when: (values) => !onDevOps(values) }),
    repositoryStep('charts', {
      title: 'Folder of the charts',
      prompt: 'Repository above the charts',
      when: (values) => !onDevOps(values) && !isTemplateOfCredentials(values),
    }),
    {
      key: 'auth',
      title: 'Authentication',
      prompt: 'How does argocd-repo-server authenticate?',
      kind: 'choice',
      choices: (values, { argocdVersion }) => [
        {
          value: 'workloadIdentity',
          title: 'Workload identity',
          refused: needsArgo(argocdVersion, '3.0', 'Workload identity for repositories'),
        },
        { value: 'password', title: onDevOps(values) ? 'A personal access token' : 'A token of the registry' },
        {
          value: 'servicePrincipal',
          title: 'A service principal',
          refused: onDevOps(values)
            ? needsArgo(argocdVersion, '3.5', 'A service principal for repositories')
            : 'Argo CD uses service principals for Git only.',
        },
      ],
      default: (_, { argocdVersion }) => (needsArgo(argocdVersion, '3.0', '') ? 'password' : 'workloadIdentity'),
    },
    clientIdStep({ when: (values) => values.auth === 'servicePrincipal' }),
    tenantIdStep({ when: (values) => values.auth === 'servicePrincipal' }),
  ],
  render: (values) => {
    const identity = values.auth === 'workloadIdentity';
    return [
      {
        path: `${values.name}-repository-secret.yaml`,
        language: 'yaml',
        content: documents(
          secret(
            {
              name: values.name,
              namespace: values.namespace,
              labels: { 'argocd.argoproj.io/secret-type': values.kind },
            },
            {
              ...(onDevOps(values) ? gitKeys(values) : chartKeys(values)),
              name: isTemplateOfCredentials(values) ? undefined : values.name,
              ...credential(values),
            },
            undefined,
            identity ? 'All values are strings.' : undefined,
          ),
        ),
        note: identity ? 'The generator argocd-identity writes what argocd-repo-server needs.' : FILL_IN_NOTE,
      },
    ];
  },
};

/** The URL must equal that of the Applications, so a form that Argo CD accepts is left as it was pasted. */
function gitKeys(values: Values): YamlMap {
  const repository = parseDevOpsUrl(values.url!)!;
  const url = repository.scheme === 'https' ? values.url!.replace(/\/$/, '') : devOpsUrl(values.url!);
  const path = url.search(/\/[^/]+\/[^/]*_git\/|\/_git\//);
  return {
    type: 'git',
    url: isTemplateOfCredentials(values)
      ? commented('All repositories whose URL begins so.', url.slice(0, path < 0 ? undefined : path))
      : url,
  };
}

const chartKeys = (values: Values): YamlMap => ({
  type: commented('Not oci: that type takes no workload identity.', 'helm'),
  url: commented(
    'Without a scheme.',
    isTemplateOfCredentials(values) ? values.registry : `${values.registry}/${values.repository}`,
  ),
  enableOCI: 'true',
});

function credential(values: Values): YamlMap {
  switch (values.auth) {
    case 'workloadIdentity':
      return { useAzureWorkloadIdentity: 'true' };
    case 'servicePrincipal':
      // Argo CD itself spells the keys of the two kinds differently.
      return isTemplateOfCredentials(values)
        ? {
            azureServicePrincipalClientID: values.clientId,
            azureServicePrincipalTenantID: values.tenantId,
            azureServicePrincipalClientSecret: '${AZURE_CLIENT_SECRET}',
          }
        : {
            azureServicePrincipalClientId: values.clientId,
            azureServicePrincipalTenantId: values.tenantId,
            azureServicePrincipalClientSecret: '${AZURE_CLIENT_SECRET}',
          };
    default:
      return onDevOps(values)
        ? { username: commented('Any name will do beside a token.', 'git'), password: '${DEVOPS_TOKEN}' }
        : { username: '${REGISTRY_USERNAME}', password: '${REGISTRY_PASSWORD}' };
  }
}
