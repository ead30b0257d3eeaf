import { isPlaceholder, nearest } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { setItem } from '../../model/views/argocd-repository.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { repositorySecrets } from './_repositories.ts';

export default defineRule({
  id: 'argocd/repo-type-unknown',
  on: repositorySecrets,
  severity: 'error',
  partial: true,
  summary: 'A repository of Argo CD is of type `git`, `helm` or `oci`.',
  why: 'The type is compared exactly, case included. With another one Argo CD does not find the way to read the repository: what is meant as charts is taken for a Git repository, or the Application fails.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/repository_types.go'],
  versions: '`oci` from Argo CD 3.1 on',
  *check(secret, { argocd }) {
    const item = secret.data.get('type');
    if (!item?.node || !item.text || isPlaceholder(item.text)) return;
    const known = atLeast(argocd, '3.1') ? ['git', 'helm', 'oci'] : ['git', 'helm'];
    const value = item.text;
    if (known.includes(value)) return;
    if (value === 'oci') {
      yield report(
        item.node,
        `Type "oci" exists since Argo CD 3.1; this is ${argocd.minor}. Charts in a registry are type "helm" with enableOCI: "true".`,
      );
      return;
    }
    const meant = nearest(value.trim(), known, 2);
    yield report(
      item.node,
      value.trim() === meant
        ? `The type has blanks or a line break around "${meant}" and is none that Argo CD knows.`
        : `Argo CD knows no repository type "${value.trim()}". Write git, helm or oci.`,
      { fix: meant === undefined ? undefined : unsafeFix(`Write ${meant}`, setItem(secret, item, meant)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'With a capital letter',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: <|Helm|>
  url: contoso.azurecr.io/charts
  enableOCI: "true"
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
`,
    },
    {
      title: 'Plain text where base64 belongs',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repo-creds
data:
  type: <|helms|>
  url: Y29udG9zby5henVyZWNyLmlv
`,
    },
    {
      title: 'In a version that does not know it',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: <|oci|>
  url: oci://contoso.azurecr.io/charts
`,
      settings: { argocdVersion: '3.0' },
      message: 'since Argo CD 3.1',
    },
  ],
  good: [
    {
      title: 'The three types, encoded too, and none',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: aGVsbQ==
  url: Y29udG9zby5henVyZWNyLmlvL2NoYXJ0cw==
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
---
apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
`,
    },
  ],
};
