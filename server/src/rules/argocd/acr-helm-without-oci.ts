import { isAcrHost } from '../../azure/registries.ts';
import { completeRepository, flagOf, repositoryType, setItem } from '../../model/views/argocd-repository.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { putItem, repositorySecrets, withoutScheme } from './_repositories.ts';

export default defineRule({
  id: 'argocd/acr-helm-without-oci',
  on: repositorySecrets,
  severity: 'warning',
  summary: 'Azure Container Registry serves charts as OCI artifacts, and `enableOCI` is not on.',
  why: 'Without `enableOCI: "true"` Argo CD asks for the `index.yaml` of a chart repository. The chart repository of Azure Container Registry (`/helm/v1/repo`) is retired: charts are OCI artifacts there.',
  references: ['argoproj/argo-cd@v3.5.1 docs/user-guide/private-repositories.md'],
  *check(own, { workspace }) {
    const secret = completeRepository(own, workspace);
    const url = secret?.data.get('url');
    if (!secret || !url?.node || url.text === undefined || !isAcrHost(url.text)) return;
    if (repositoryType(secret) !== 'helm' || flagOf(secret, 'enableOCI') !== false) return;
    // Misspelled: another rule says so.
    if ([...secret.data.keys()].some((key) => key !== 'enableOCI' && key.toLowerCase() === 'enableoci')) return;
    const plain = withoutScheme(url.text).replace(/\/helm\/v1\/repo\/?$/, '');
    const edits = [
      putItem(secret, 'enableOCI', 'true', url),
      ...(plain === url.text ? [] : [setItem(secret, url, plain)]),
    ];
    yield report(
      url.node,
      'Azure Container Registry serves charts over OCI: set enableOCI: "true", or Argo CD looks for an index.yaml that is not there.',
      { fix: unsafeFix('Turn on OCI', ...edits) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without enableOCI',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: <|contoso.azurecr.io/charts|>
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
    },
    {
      title: 'The retired chart repository, encoded',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: aGVsbQ==
  url: <|aHR0cHM6Ly9jb250b3NvLmF6dXJlY3IuaW8vaGVsbS92MS9yZXBv|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: aGVsbQ==
  url: Y29udG9zby5henVyZWNyLmlv
  enableOCI: dHJ1ZQ==
`,
    },
    {
      title: 'Switched off',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData: { type: helm, url: <|https://contoso.azurecr.io|>, enableOCI: "false" }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData: { type: helm, url: contoso.azurecr.io, enableOCI: "true" }
`,
    },
  ],
  good: [
    {
      title: 'With enableOCI, with a patch that adds it, and where nobody can tell',
      files: {
        'charts.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: true
---
apiVersion: v1
kind: Secret
metadata:
  name: patched
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
---
apiVersion: v1
kind: Secret
metadata:
  name: later
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: \${OCI}
`,
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - charts.yaml
patches:
  - target:
      kind: Secret
      name: patched
    patch: |
      apiVersion: v1
      kind: Secret
      metadata:
        name: patched
      stringData:
        enableOCI: "true"
`,
      },
    },
    {
      title: 'A misspelled key, which another rule reports',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOci: "true"
`,
    },
    {
      title: 'An ExternalSecret that may fetch it',
      yaml: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: charts
spec:
  dataFrom:
    - extract:
        key: charts
  target:
    template:
      mergePolicy: Merge
      metadata:
        labels:
          argocd.argoproj.io/secret-type: repository
      data:
        type: helm
        url: contoso.azurecr.io/charts
`,
    },
  ],
};
