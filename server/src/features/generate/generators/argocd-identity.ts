import { REGISTRY_TOKEN_RESOURCE } from '../../../azure/applications.ts';
import { chosen, type GenerateContext, type Generator, type Values } from '../generator.ts';
import { type Patch, patchEntry } from '../install.ts';
import { CLIENT_ID, TENANT_ID, USE } from '../manifests.ts';
import { clientIdStep, namespaceStep, tenantIdStep } from '../steps.ts';
import { needsArgo } from '../versions.ts';
import { commented, documents, type YamlMap } from '../yaml-text.ts';

interface Workload {
  readonly name: string;
  readonly kind: 'Deployment' | 'StatefulSet';
  /** Its key in the values of the chart argo-cd. */
  readonly helm: string;
}

const CONTROLLER: Workload = { name: 'argocd-application-controller', kind: 'StatefulSet', helm: 'controller' };
const SERVER: Workload = { name: 'argocd-server', kind: 'Deployment', helm: 'server' };
const REPO_SERVER: Workload = { name: 'argocd-repo-server', kind: 'Deployment', helm: 'repoServer' };

export const argocdIdentity: Generator = {
  name: 'argocd-identity',
  title: 'Identity of Argo CD',
  detail: 'What the pods of Argo CD need for clusters, repositories and sign-in with workload identity',
  steps: [
    {
      key: 'install',
      title: 'Installation',
      prompt: 'How is Argo CD installed?',
      kind: 'choice',
      choices: () => [
        { value: 'kustomize', title: 'Kustomize', detail: 'Patches of the install manifests' },
        { value: 'helm', title: 'The chart argo-cd', detail: 'Values' },
      ],
      default: 'kustomize',
    },
    {
      key: 'purposes',
      title: 'Purposes',
      prompt: 'What is the identity for?',
      kind: 'choices',
      choices: (_, { argocdVersion }) => [
        {
          value: 'clusters',
          title: 'Clusters',
          detail: 'argocd-application-controller and argocd-server',
          refused: needsArgo(argocdVersion, '2.8', 'Workload identity for clusters'),
        },
        {
          value: 'devops',
          title: 'Repositories of Azure DevOps',
          detail: 'argocd-repo-server',
          refused: needsArgo(argocdVersion, '3.0', 'Workload identity for repositories'),
        },
        {
          value: 'registries',
          title: 'Charts of Azure Container Registry',
          detail: 'argocd-repo-server, with the audience of registries',
          refused: needsArgo(argocdVersion, '3.0', 'Workload identity for repositories'),
        },
        {
          value: 'signIn',
          title: 'Sign-in with Entra ID',
          detail: 'argocd-server',
          refused: needsArgo(argocdVersion, '3.0', 'Workload identity for sign-in'),
        },
      ],
      default: 'clusters',
    },
    namespaceStep('argocd', { prompt: 'Namespace of Argo CD' }),
    clientIdStep(),
    tenantIdStep(),
  ],
  render: (values, context) => {
    const workloads = workloadsOf(values);
    return [
      values.install === 'helm'
        ? {
            path: 'argocd-values.yaml',
            language: 'yaml',
            content: documents(helmValues(values, workloads)),
            note: noteOf(values, workloads),
          }
        : {
            path: 'kustomization.yaml',
            language: 'yaml',
            content: documents(kustomization(values, workloads, context)),
            note: noteOf(values, workloads),
          },
    ];
  },
};

function workloadsOf(values: Values): Workload[] {
  const purposes = chosen(values, 'purposes');
  const has = (...wanted: string[]): boolean => wanted.some((purpose) => purposes.includes(purpose));
  return [
    ...(has('clusters') ? [CONTROLLER] : []),
    ...(has('clusters', 'signIn') ? [SERVER] : []),
    ...(has('devops', 'registries') ? [REPO_SERVER] : []),
  ];
}

const needsAudience = (values: Values, { name }: Workload): boolean =>
  name === REPO_SERVER.name && chosen(values, 'purposes').includes('registries');

const AUDIENCE: YamlMap = { name: 'AZURE_ARM_TOKEN_RESOURCE', value: REGISTRY_TOKEN_RESOURCE };
const WHY_AUDIENCE = 'Registries refuse tokens for Resource Manager.';

const annotations = (values: Values): YamlMap => ({ [CLIENT_ID]: values.clientId, [TENANT_ID]: values.tenantId });

const label = (): YamlMap => ({ [USE]: 'true' });

function helmValues(values: Values, workloads: readonly Workload[]): YamlMap {
  return Object.fromEntries(
    workloads.map((workload) => [
      workload.helm,
      {
        podLabels: label(),
        serviceAccount: { annotations: annotations(values) },
        env: needsAudience(values, workload) ? commented(WHY_AUDIENCE, [AUDIENCE]) : undefined,
      },
    ]),
  );
}

function kustomization(values: Values, workloads: readonly Workload[], { argocdVersion }: GenerateContext): YamlMap {
  const release = /^v?\d+\.\d+\.\d+$/.test(argocdVersion) ? `v${argocdVersion.replace(/^v/, '')}` : 'stable';
  const accounts: Patch = {
    kind: 'ServiceAccount',
    names: workloads.map(({ name }) => name),
    patch: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'argocd', annotations: annotations(values) },
    },
  };
  const pods = workloads.map(
    (workload): Patch => ({
      kind: workload.kind,
      names: [workload.name],
      patch: {
        apiVersion: 'apps/v1',
        kind: workload.kind,
        metadata: { name: workload.name },
        spec: {
          template: {
            metadata: { labels: label() },
            spec: needsAudience(values, workload)
              ? { containers: [{ name: workload.name, env: commented(WHY_AUDIENCE, [AUDIENCE]) }] }
              : undefined,
          },
        },
      },
    }),
  );
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: values.namespace,
    resources: [`https://raw.githubusercontent.com/argoproj/argo-cd/${release}/manifests/install.yaml`],
    patches: [accounts, ...pods].map(patchEntry),
  };
}

const noteOf = (values: Values, workloads: readonly Workload[]): string =>
  `The identity needs a federated credential for each ServiceAccount: ${workloads
    .map(({ name }) => `system:serviceaccount:${values.namespace}:${name}`)
    .join(', ')}.`;
