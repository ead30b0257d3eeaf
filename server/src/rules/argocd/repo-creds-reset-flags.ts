import {
  completeRepository,
  flagOf,
  type RepositorySecret,
  repositoryNamespaces,
} from '../../model/views/argocd-repository.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { repositoriesIn } from './_repo-server.ts';
import { putItem, repositorySecrets } from './_repositories.ts';

const FLAGS = ['enableOCI', 'forceHttpBasicAuth', 'insecureOCIForceHttp'];
/** What makes a repository keep its own settings: HasCredentials. */
const CREDENTIALS = [
  'username',
  'password',
  'bearerToken',
  'sshPrivateKey',
  'tlsClientCertData',
  'githubAppPrivateKey',
  'azureServicePrincipalClientSecret',
];

export default defineRule({
  id: 'argocd/repo-creds-reset-flags',
  on: repositorySecrets,
  severity: 'warning',
  summary: 'The credentials that match this repository reset a flag that it sets.',
  why: 'A repository without credentials takes those of the longest URL that its own starts with, and with them their `enableOCI`, `forceHttpBasicAuth` and `insecureOCIForceHttp`, set or not. What the repository says of these is lost.',
  references: [
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/repository_types.go HasCredentials, CopyCredentialsFrom',
    'argoproj/argo-cd@v3.5.1 util/db/repository.go enrichCredsToRepo',
  ],
  *check(own, { workspace }) {
    const secret = own.credentials ? undefined : completeRepository(own, workspace);
    const url = secret?.data.get('url')?.text;
    if (!secret || !url || flagOf(secret, 'useAzureWorkloadIdentity') !== false) return;
    const set = FLAGS.filter((key) => flagOf(secret, key) === true);
    if (set.length === 0 || CREDENTIALS.some((key) => secret.data.get(key)?.filled)) return;
    const others = repositoriesIn(repositoryNamespaces(secret, workspace), workspace);
    const found = templateFor(secret, url, others);
    const template = found && completeRepository(found, workspace);
    if (!template) return;
    for (const key of set) {
      const item = secret.data.get(key);
      if (!item || flagOf(template, key) !== false) continue;
      const place = template.data.get('url');
      yield report(
        item.place,
        `The credentials "${template.name}" match this URL and reset ${key}: what is set here is lost. Set ${key} there.`,
        {
          fix: unsafeFix(
            `Set ${key} in "${template.name}"`,
            putItem(template, key, item.text ?? 'true', template.data.get('url')),
          ),
          related: place ? [related(place.node ?? place.place, 'The credentials')] : [],
        },
      );
    }
  },
});

/** The credentials with the longest URL that is a prefix; `undefined` where one of unknown URL may be longer. */
function templateFor(
  secret: RepositorySecret,
  url: string,
  others: readonly RepositorySecret[],
): RepositorySecret | undefined {
  const role = secret.role === 'repository' ? 'repo-creds' : 'repo-write-creds';
  const templates = others.filter((other) => other.role === role);
  if (templates.some((t) => t.data.get('url')?.text === undefined)) return undefined;
  const prefix = (t: RepositorySecret): string => t.data.get('url')?.text ?? '';
  return templates
    .filter((t) => prefix(t) !== '' && url.toLowerCase().startsWith(prefix(t).toLowerCase()))
    .sort((a, b) => prefix(b).length - prefix(a).length)[0];
}

export const examples: Examples = {
  bad: [
    {
      title: 'OCI is on in the repository alone',
      files: {
        'charts.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: charts
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  <|enableOCI|>: "true"
`,
        'registry.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: registry
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: helm
  url: contoso.azurecr.io
  username: pull
  password: \${PASSWORD}
`,
      },
      fixed: {
        'registry.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: registry
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: helm
  url: contoso.azurecr.io
  enableOCI: "true"
  username: pull
  password: \${PASSWORD}
`,
      },
      message: '"registry"',
    },
  ],
  good: [
    {
      title: 'On in both, own credentials, another prefix, and a longer one that has it',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: own
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: fabrikam.azurecr.io/charts
  enableOCI: "true"
  password: \${PASSWORD}
---
apiVersion: v1
kind: Secret
metadata:
  name: identity
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: fabrikam.azurecr.io/more
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: all
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: helm
  url: contoso
  username: pull
---
apiVersion: v1
kind: Secret
metadata:
  name: registry
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: helm
  url: contoso.azurecr.io
  enableOCI: "true"
  username: pull
---
apiVersion: v1
kind: Secret
metadata:
  name: fabrikam
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  type: helm
  url: fabrikam.azurecr.io
  username: pull
`,
    },
  ],
};
