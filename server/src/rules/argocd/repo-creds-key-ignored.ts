import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isIgnored, repositorySecrets } from './_repositories.ts';

export default defineRule({
  id: 'argocd/repo-creds-key-ignored',
  on: repositorySecrets,
  severity: 'warning',
  partial: true,
  summary: 'This key is read from a repository, not from the credentials of several.',
  why: 'Credentials for a prefix of URLs have fewer keys than a repository. Certificate checks, Git LFS, the depth of a clone and the project are settings of each repository; here they have no effect. A `name` does no harm and is reported as a hint.',
  references: ['argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go secretToRepoCred'],
  *check(secret) {
    for (const item of secret.data.values()) {
      if (!isIgnored(item.key, secret)) continue;
      yield report(
        item.place,
        `Argo CD ignores "${item.key}" in a ${secret.role} Secret: it is read from the Secret of each repository.`,
        {
          severity: item.key === 'name' ? 'hint' : undefined,
          fix: secret.editable && item.entry ? unsafeFix(`Remove ${item.key}`, removeEntry(item.entry)) : undefined,
          tags: ['unnecessary'],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Certificate checks switched off for a prefix',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  <|insecure|>: "true"
  useAzureWorkloadIdentity: "true"
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  useAzureWorkloadIdentity: "true"
`,
    },
    {
      title: 'A name',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  <|name|>: contoso
  url: https://dev.azure.com/contoso
`,
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'The same keys in a repository',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  name: fleet
  project: platform
  enableLfs: "true"
  url: https://dev.azure.com/contoso/platform/_git/fleet
`,
    },
  ],
};
