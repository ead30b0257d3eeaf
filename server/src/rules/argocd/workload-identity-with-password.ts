import { flagOf, repositoryType } from '../../model/views/argocd-repository.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { repositorySecrets } from './_repositories.ts';

/** In the order in which Argo CD asks for them. */
const CREDENTIALS = ['password', 'bearerToken', 'sshPrivateKey', 'githubAppPrivateKey', 'gcpServiceAccountKey'];

export default defineRule({
  id: 'argocd/workload-identity-with-password',
  on: repositorySecrets,
  severity: 'warning',
  partial: true,
  summary: 'The repository has workload identity and another credential: one of them is not used.',
  why: 'For Git any other credential is asked first and workload identity is never used; for Helm charts it is the other way round, and the password is left alone. Whoever reads the Secret cannot see that, and a password that is not used may still leak.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/repository_types.go GetGitCreds, GetHelmCreds'],
  versions: 'Argo CD 3.0 and later',
  *check(secret) {
    const identity = secret.data.get('useAzureWorkloadIdentity');
    if (!identity || flagOf(secret, 'useAzureWorkloadIdentity') !== true) return;
    const type = repositoryType(secret);
    if (type === 'oci' || secret.data.get('url')?.text?.startsWith('oci://')) return;
    const other = CREDENTIALS.map((key) => secret.data.get(key)).find((item) => item?.filled);
    if (!other) return;
    const helm = type === 'helm';
    const user = other.key === 'password' ? secret.data.get('username')?.entry : undefined;
    const remove =
      secret.editable && other.entry ? [removeEntry(other.entry), ...(user ? [removeEntry(user)] : [])] : [undefined];
    yield report(
      other.place,
      helm
        ? `${other.key} is not used: for Helm charts workload identity wins. Keep one of the two.`
        : `${other.key} wins over useAzureWorkloadIdentity${type === 'git' ? '' : ' for Git'}, which is never used. Keep one of the two.`,
      {
        fix: [
          unsafeFix(`Remove ${other.key}, keep workload identity`, ...remove),
          unsafeFix(
            `Remove useAzureWorkloadIdentity, keep ${other.key}`,
            secret.editable && identity.entry ? removeEntry(identity.entry) : undefined,
          ),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A token for Git',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  username: git
  <|password|>: \${TOKEN}
  useAzureWorkloadIdentity: "true"
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
`,
      message: 'password wins',
    },
    {
      title: 'An encrypted password for charts',
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
  <|password|>: ENC[AES256_GCM,data:c2hhcGU=,iv:c2hhcGU=,tag:c2hhcGU=,type:str]
  useAzureWorkloadIdentity: "true"
sops:
  mac: ENC[AES256_GCM,data:c2hhcGU=,iv:c2hhcGU=,tag:c2hhcGU=,type:str]
`,
      message: 'workload identity wins',
    },
  ],
  good: [
    {
      title: 'One of them, or an empty password',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  password: ""
  useAzureWorkloadIdentity: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: other
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/other
  password: \${TOKEN}
  useAzureWorkloadIdentity: "false"
`,
    },
  ],
};
