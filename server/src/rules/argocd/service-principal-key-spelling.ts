import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { principalSpelling, renameItem, repositorySecrets } from './_repositories.ts';

export default defineRule({
  id: 'argocd/service-principal-key-spelling',
  on: repositorySecrets,
  severity: 'warning',
  partial: true,
  summary: 'The ids of a service principal end in `Id` for a repository and in `ID` for repository credentials.',
  why: 'Argo CD spells these two keys differently in the two kinds of Secret, and keys are case-sensitive. The other spelling is ignored, so that the service principal is never used.',
  references: ['argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go secretToRepository, secretToRepoCred'],
  versions: 'Argo CD 3.5 and later',
  *check(secret, { argocd }) {
    if (!atLeast(argocd, '3.5')) return;
    for (const item of secret.data.values()) {
      const right = principalSpelling(item.key, secret);
      if (right === undefined || right === item.key) continue;
      const rename = renameItem(secret, item, right);
      yield report(item.place, `A ${secret.role} Secret spells this key "${right}": Argo CD ignores "${item.key}".`, {
        fix: rename && unsafeFix(`Rename to ${right}`, rename),
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The spelling of repositories, in credentials',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  <|azureServicePrincipalClientId|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantID: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  azureServicePrincipalClientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantID: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
`,
    },
    {
      title: 'The spelling of credentials, in a repository',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  <|azureServicePrincipalClientID|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  <|azureServicePrincipalTenantID|>: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
`,
    },
  ],
  good: [
    {
      title: 'Each its own spelling',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  azureServicePrincipalClientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantID: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
---
apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  azureServicePrincipalClientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantId: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
`,
    },
  ],
};
