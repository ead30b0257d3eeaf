import { atLeast } from '../../model/context.ts';
import { flagOf, repositoryType, setItem } from '../../model/views/argocd-repository.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { putItem, repositorySecrets, withoutScheme } from './_repositories.ts';

export default defineRule({
  id: 'argocd/oci-ignores-workload-identity',
  on: repositorySecrets,
  severity: 'warning',
  partial: true,
  summary: 'Workload identity is not used for repositories of type `oci`.',
  why: 'For `type: oci`, and for a URL that starts with `oci://` where no type is given, Argo CD takes user name and password alone. With workload identity the registry is asked without any credentials and answers 401. Helm charts can be read as `type: helm` with `enableOCI`, which knows workload identity.',
  references: [
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/repository_types.go GetOCICreds',
    'https://github.com/argoproj/argo-cd/issues/24432',
    'https://github.com/argoproj/argo-cd/issues/26045',
  ],
  versions: 'Argo CD 3.1 to 3.5',
  *check(secret, { argocd }) {
    const identity = secret.data.get('useAzureWorkloadIdentity');
    if (!identity || flagOf(secret, 'useAzureWorkloadIdentity') !== true || !atLeast(argocd, '3.1')) return;
    const url = secret.data.get('url');
    const type = secret.data.get('type');
    const byUrl = (!type?.filled || type.text === 'git') && url?.text?.startsWith('oci://') === true;
    if (repositoryType(secret) !== 'oci' && !byUrl) return;
    const plain = url?.text === undefined ? undefined : withoutScheme(url.text);
    yield report(
      identity.place,
      'useAzureWorkloadIdentity is ignored for type oci: Argo CD asks the registry without credentials. Charts can be read with type helm and enableOCI; other artifacts need username and password.',
      {
        fix:
          url && plain !== undefined
            ? unsafeFix(
                'Read charts: type helm with enableOCI',
                putItem(secret, 'type', 'helm', url),
                putItem(secret, 'enableOCI', 'true', identity),
                ...(plain === url.text ? [] : [setItem(secret, url, plain)]),
              )
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Of type oci',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: oci
  url: oci://contoso.azurecr.io/charts
  <|useAzureWorkloadIdentity|>: "true"
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
  useAzureWorkloadIdentity: "true"
  enableOCI: "true"
`,
    },
    {
      title: 'By its URL',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: oci://contoso.azurecr.io
  <|useAzureWorkloadIdentity|>: "1"
`,
    },
  ],
  good: [
    {
      title: 'Charts of type helm, Git, and an artifact with a password',
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
  useAzureWorkloadIdentity: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
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
  username: pull
  password: \${PASSWORD}
  useAzureWorkloadIdentity: "false"
`,
    },
  ],
};
