import { nearest } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { accountOfSubject, subjectOf } from '../../model/views/aso.ts';
import { credentialsFor } from '../../model/views/identity-chain.ts';
import { replaceText } from '../../yaml/edits.ts';
import { textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { credentials, nameOf } from './_objects.ts';

/** Accounts that charts and installations make, so that no file of a repository shows them. */
const MADE_ELSEWHERE =
  /^(azureserviceoperator-default|external-dns|cert-manager|external-secrets|velero|keda-operator|secrets-store-csi-driver|argocd-.*|(source|kustomize|helm|notification|image-reflector|image-automation)-controller|source-watcher|default)$/;

export default defineRule({
  id: 'aso/fic-subject-unknown-service-account',
  on: credentials,
  severity: 'info',
  summary: 'The subject of a federated credential names a ServiceAccount that the workspace does not have.',
  why: 'Entra compares the subject with namespace and name of the ServiceAccount, letter by letter (AADSTS700213). The account may be made elsewhere; it is a warning only where one that looks like it has no credential of its own.',
  references: [
    'MicrosoftDocs/entra-docs@50343998 workload-identity-federation-considerations',
    'fluxcd/website@6da0f383 content/en/flux/integrations/azure.md',
  ],
  *check(object, { workspace }) {
    const subject = subjectOf(object);
    const wanted = subject && accountOfSubject(subject.text);
    if (!wanted || MADE_ELSEWHERE.test(wanted.name)) return;
    const { namespace, name } = wanted;
    if (workspace.find('', 'ServiceAccount', name, { namespace }).state !== 'absent') return;
    if (subjectOf(workspace.patched(object))?.text !== subject.text || chartsMayMake(namespace, workspace)) return;
    const accounts = workspace.objects('', 'ServiceAccount');
    const inside = accounts.filter((a) => {
      const own = workspace.namespacesOf(a);
      return own.known && own.names.has(namespace);
    });
    const elsewhere = accounts.filter((a) => a.name === name);
    if (inside.length === 0 && elsewhere.length === 0) return;
    // An account that has its own credential is no misspelling of this one.
    const free = (a: KubernetesObject) => credentialsFor(a, workspace).state === 'absent';
    const near = nearest(
      name,
      inside.filter(free).flatMap((a) => a.name ?? []),
      name.length <= 4 ? 1 : 2,
    );
    let meant = near === undefined ? undefined : { namespace, name: near };
    let account = near === undefined ? undefined : inside.find((a) => a.name === near);
    const [other] = elsewhere;
    if (!meant && other && elsewhere.length === 1 && free(other) && annotation(other, CLIENT_ID)) {
      const own = workspace.namespacesOf(other);
      const [only] = own.known && own.names.size === 1 ? [...own.names] : [];
      if (only !== undefined) {
        meant = { namespace: only, name };
        account = other;
      }
    }
    const text = meant && `system:serviceaccount:${meant.namespace}:${meant.name}`;
    yield report(
      subject,
      `No ServiceAccount "${name}" in namespace "${namespace}" in this workspace${meant ? `; did you mean "${meant.namespace}/${meant.name}"?` : '.'} Tokens of any other account do not match this federated credential.`,
      {
        severity: meant ? 'warning' : undefined,
        fix: text ? unsafeFix(`Write ${text}`, replaceText(subject, text)) : undefined,
        related: account ? [related(nameOf(account), 'The ServiceAccount that looks like it')] : [],
      },
    );
  },
});

const CLIENT_ID = 'azure.workload.identity/client-id';

/** True where a chart is installed into a namespace: it may bring ServiceAccounts along. */
function chartsMayMake(namespace: string, workspace: Workspace): boolean {
  const releases = workspace.objects('helm.toolkit.fluxcd.io', 'HelmRelease').some((release) => {
    const target = textAt(release.root, 'spec', 'targetNamespace');
    const own = workspace.namespacesOf(release);
    return target === namespace || (target === undefined && (!own.known || own.names.has(namespace)));
  });
  return (
    releases ||
    workspace
      .objects('argoproj.io', 'Application')
      .some((app) => textAt(app.root, 'spec', 'destination', 'namespace') === namespace)
  );
}

export const examples: Examples = {
  bad: [
    {
      title: 'A letter is missing',
      severity: 'warning',
      files: {
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: <|system:serviceaccount:shop:order|>
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
    {
      title: 'Another namespace',
      severity: 'warning',
      files: {
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: <|system:serviceaccount:default:orders|>
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
    },
    {
      title: 'No account is like it',
      severity: 'info',
      files: {
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: <|system:serviceaccount:shop:billing|>
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
    },
  ],
  good: [
    {
      title: 'The account gets its namespace from the overlay',
      files: {
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:orders
`,
        'app/kustomization.yaml': `namespace: shop
resources: [account.yaml]
`,
        'app/account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
`,
      },
    },
    {
      title: 'A chart may make it, and nothing is known of the namespace',
      files: {
        'credential.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:shop:order
---
apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://westeurope.oic.prod-aks.azure.com/1b4e28ba-2fa1-41d2-883f-0016d3cca427/6ba7b810-9dad-41d1-80b4-00c04fd430c8/
  subject: system:serviceaccount:elsewhere:worker
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
        'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: order
  namespace: flux-system
spec:
  targetNamespace: shop
`,
      },
    },
  ],
};
