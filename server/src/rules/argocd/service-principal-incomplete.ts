import { atLeast } from '../../model/context.ts';
import { addItem, completeRepository, repositoryType } from '../../model/views/argocd-repository.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { PRINCIPAL_IDS, principalItem, principalSpelling, repositorySecrets } from './_repositories.ts';

const SECRET = 'azureServicePrincipalClientSecret';
/** What Argo CD takes before it looks for a service principal. */
const BEFORE = ['password', 'bearerToken', 'sshPrivateKey', 'githubAppPrivateKey', 'gcpServiceAccountKey'];

export default defineRule({
  id: 'argocd/service-principal-incomplete',
  on: repositorySecrets,
  severity: 'error',
  summary: 'A service principal needs client id, tenant id and client secret, and works for Git alone.',
  why: 'Argo CD uses a service principal for a Git repository where all three keys have a value. With one or two of them it asks Azure DevOps without credentials; for Helm charts and OCI artifacts it does not look at them at all. Where another credential stands beside them this is a warning: that one is used.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/repository_types.go GetGitCreds'],
  versions: 'Argo CD 3.5 and later',
  *check(own, { workspace, argocd }) {
    const secret = atLeast(argocd, '3.5') ? completeRepository(own, workspace) : undefined;
    if (!secret) return;
    const keys = [...PRINCIPAL_IDS, SECRET];
    const found = keys.map((key) => principalItem(secret, key));
    const first = found.find((item) => item !== undefined);
    if (!first) return;
    const type = repositoryType(secret);
    if (type === 'helm' || type === 'oci') {
      yield report(
        first.place,
        `A service principal is used for Git alone: Argo CD ignores ${first.key} for type ${type}.`,
        { severity: 'warning' },
      );
      return;
    }
    if (type !== 'git') return;
    const missing = keys.filter((_, i) => found[i]?.filled !== true);
    if (missing.length === 0) return;
    const names = missing.map((key) => principalSpelling(key, secret) ?? key);
    const absent = names.filter((name) => !secret.data.has(name));
    yield report(
      first.place,
      `The service principal lacks ${names.join(' and ')}: Argo CD uses it only with client id, tenant id and client secret.`,
      {
        severity: BEFORE.some((key) => secret.data.get(key)?.filled) ? 'warning' : undefined,
        fix: unsafeFix(
          `Add ${absent.join(' and ')}`,
          ...[...absent].reverse().map((name) => addItem(secret, name, '', first)),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without the tenant',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  <|azureServicePrincipalClientId|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalClientSecret: \${SECRET}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  azureServicePrincipalClientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantId: ""
  azureServicePrincipalClientSecret: \${SECRET}
`,
      message: 'azureServicePrincipalTenantId',
      severity: 'error',
    },
    {
      title: 'In credentials, with an empty secret',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: git
  url: https://dev.azure.com/contoso
  <|azureServicePrincipalClientID|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantID: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: ""
`,
    },
    {
      title: 'For charts',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  enableOCI: "true"
  url: contoso.azurecr.io/charts
  <|azureServicePrincipalClientId|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantId: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'All three, a misspelled one that another rule reports, and one that is fetched',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  azureServicePrincipalClientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  azureServicePrincipalTenantID: 0f8fad5b-d9cb-469f-a165-70867728950e
  azureServicePrincipalClientSecret: \${SECRET}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: other
spec:
  data:
    - secretKey: azureServicePrincipalClientSecret
      remoteRef: { key: devops }
  target:
    template:
      mergePolicy: Merge
      metadata:
        labels:
          argocd.argoproj.io/secret-type: repository
      data:
        url: https://dev.azure.com/contoso/platform/_git/fleet
        azureServicePrincipalClientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
        azureServicePrincipalTenantId: 0f8fad5b-d9cb-469f-a165-70867728950e
`,
    },
  ],
};
