import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isIgnored, keysOf, principalSpelling, renameItem, repositorySecrets } from './_repositories.ts';

export default defineRule({
  id: 'argocd/repo-unknown-key',
  on: repositorySecrets,
  severity: 'warning',
  partial: true,
  summary: 'Argo CD reads no key of this name from a repository Secret.',
  why: 'Keys are matched exactly, case included, and all others are passed over without a word: `enableOci` leaves OCI off, `useAzureWorkloadidentity` leaves workload identity off. A key that resembles none of them is reported as information.',
  references: [
    'argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go',
    'https://github.com/argoproj/argo-cd/issues/7858',
  ],
  *check(secret) {
    const known = keysOf(secret);
    for (const item of secret.data.values()) {
      const { key } = item;
      if (known.includes(key) || isTemplate(key) || isIgnored(key, secret) || principalSpelling(key, secret)) continue;
      const meant = nearest(key, known, key.length < 5 ? 1 : 2);
      const rename = meant === undefined ? undefined : renameItem(secret, item, meant);
      yield report(
        item.place,
        `Argo CD ignores "${key}" in a ${secret.role} Secret${meant ? `; did you mean "${meant}"?` : '.'}`,
        {
          severity: meant ? undefined : 'info',
          fix: rename && unsafeFix(`Rename to ${meant}`, rename),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The case of one letter',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  <|enableOci|>: "true"
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
  url: contoso.azurecr.io/charts
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
      message: 'enableOCI',
      severity: 'warning',
    },
    {
      title: 'In the template of an ExternalSecret',
      yaml: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: charts
spec:
  target:
    template:
      metadata:
        labels:
          argocd.argoproj.io/secret-type: repository
      data:
        type: helm
        url: contoso.azurecr.io/charts
        enableOCI: "true"
        <|userName|>: "{{ .username }}"
        password: "{{ .password }}"
`,
    },
    {
      title: 'A key that resembles none',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  <|expires|>: next summer
`,
      severity: 'info',
    },
  ],
  good: [
    {
      title: 'Keys it reads, and a Secret that is none of a repository',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: Z2l0
  url: aHR0cHM6Ly9kZXYuYXp1cmUuY29tL2NvbnRvc28vcGxhdGZvcm0vX2dpdC9mbGVldA==
stringData:
  project: platform
  noProxy: .contoso.com
  azureServicePrincipalClientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: Secret
metadata:
  name: other
  labels:
    app: argocd
stringData:
  enableOci: "true"
`,
    },
  ],
};
