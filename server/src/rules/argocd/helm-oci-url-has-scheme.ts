import { isPlaceholder } from '../../azure/text-kinds.ts';
import { flagOf, repositoryType, setItem } from '../../model/views/argocd-repository.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { repositorySecrets, withoutScheme } from './_repositories.ts';

export default defineRule({
  id: 'argocd/helm-oci-url-has-scheme',
  on: repositorySecrets,
  severity: 'error',
  partial: true,
  summary: 'The URL of Helm charts in a registry is written without a scheme.',
  why: 'With `type: helm` and `enableOCI` the URL is a registry and a path: `contoso.azurecr.io/charts`. With workload identity Argo CD takes what stands before the first `/` for the registry, so that a scheme makes the login fail: an error. Without workload identity the documentation asks for the same form, and credentials match no Application that is written without the scheme: a warning.',
  references: [
    'argoproj/argo-cd@v3.5.1 util/helm/creds.go',
    'argoproj/argo-cd@v3.5.1 docs/user-guide/private-repositories.md',
    'https://github.com/argoproj/argo-cd/issues/26260',
  ],
  *check(secret) {
    const url = secret.data.get('url');
    if (!url?.node || url.text === undefined || isPlaceholder(url.text)) return;
    const scheme = /^(oci|https?):\/\//.exec(url.text)?.[0];
    if (!scheme || repositoryType(secret) !== 'helm' || flagOf(secret, 'enableOCI') !== true) return;
    const identity = flagOf(secret, 'useAzureWorkloadIdentity') === true;
    yield report(
      url.node,
      identity
        ? `Remove "${scheme}": Argo CD takes the text before the first "/" for the registry, and the login with workload identity fails.`
        : `The URL of charts in a registry has no scheme: remove "${scheme}".`,
      {
        severity: identity ? undefined : 'warning',
        fix: unsafeFix(`Remove ${scheme}`, setItem(secret, url, withoutScheme(url.text))),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'With workload identity',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: <|oci://contoso.azurecr.io/charts|> # the team's charts
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts # the team's charts
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
      severity: 'error',
    },
    {
      title: 'Encoded, with a password',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repo-creds
data:
  type: aGVsbQ==
  url: <|aHR0cHM6Ly9jb250b3NvLmF6dXJlY3IuaW8=|>
  enableOCI: dHJ1ZQ==
stringData:
  username: pull
  password: \${PASSWORD}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repo-creds
data:
  type: aGVsbQ==
  url: Y29udG9zby5henVyZWNyLmlv
  enableOCI: dHJ1ZQ==
stringData:
  username: pull
  password: \${PASSWORD}
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'Without a scheme, a chart repository over https, and the type oci',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: web
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: https://charts.contoso.com
---
apiVersion: v1
kind: Secret
metadata:
  name: artifacts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: oci
  url: oci://contoso.azurecr.io/apps
`,
    },
  ],
};
