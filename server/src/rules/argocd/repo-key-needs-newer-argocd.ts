import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { repositorySecrets } from './_repositories.ts';

const SINCE: Readonly<Record<string, string>> = {
  noProxy: '2.13',
  useAzureWorkloadIdentity: '3.0',
  bearerToken: '3.0',
  insecureOCIForceHttp: '3.1',
  depth: '3.3',
  webhookManifestCacheWarmDisabled: '3.5',
  azureActiveDirectoryEndpoint: '3.5',
  azureServicePrincipalClientSecret: '3.5',
  azureServicePrincipalClientId: '3.5',
  azureServicePrincipalClientID: '3.5',
  azureServicePrincipalTenantId: '3.5',
  azureServicePrincipalTenantID: '3.5',
};

export default defineRule({
  id: 'argocd/repo-key-needs-newer-argocd',
  on: repositorySecrets,
  severity: 'warning',
  partial: true,
  summary: 'The Argo CD of this workspace does not read this key yet.',
  why: 'Keys that a version does not know are passed over without a word. Workload identity for repositories came with Argo CD 3.0, service principals with 3.5.',
  references: ['argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go'],
  *check(secret, { argocd }) {
    if (!argocd.known) return;
    for (const item of secret.data.values()) {
      const since = SINCE[item.key];
      if (since !== undefined && !atLeast(argocd, since))
        yield report(
          item.place,
          `"${item.key}" exists since Argo CD ${since} and is ignored by ${argocd.minor} (${argocd.why}).`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Workload identity with Argo CD 2.14',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  <|useAzureWorkloadIdentity|>: "true"
`,
      settings: { argocdVersion: '2.14' },
      message: 'since Argo CD 3.0',
    },
    {
      title: 'A service principal, with the version of the image in the workspace',
      files: {
        'repository.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  <|azureServicePrincipalClientId|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  <|azureServicePrincipalTenantId|>: 0f8fad5b-d9cb-469f-a165-70867728950e
  <|azureServicePrincipalClientSecret|>: \${SECRET}
`,
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
spec:
  template:
    spec:
      containers:
        - name: argocd-repo-server
          image: quay.io/argoproj/argocd:v3.2.1
`,
      },
    },
  ],
  good: [
    {
      title: 'Where the version is not known, and in the version that brought it',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
  depth: "1"
`,
    },
    {
      title: 'In the version that brought it',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
`,
      settings: { argocdVersion: '3.0' },
    },
  ],
};
