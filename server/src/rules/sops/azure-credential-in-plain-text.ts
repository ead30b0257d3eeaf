import { isDevOpsHost } from '../../azure/devops.ts';
import { isAcrHost } from '../../azure/registries.ts';
import { isCredentialLiteral } from '../../azure/text-kinds.ts';
import { mayMeet, type RuleContext } from '../../model/context.ts';
import { isKind, type KubernetesObject, label } from '../../model/object.ts';
import { type DataItem, dataOf } from '../../model/views/secret-data.ts';
import { isEncryptedRoot } from '../../model/views/sops-file.ts';
import { asMap, asScalar, entries, get, text, textAt } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { view } from '../views.ts';
import { isBucketSecret } from '../workload-identity/_values.ts';
import { encryptCommand, isExampleFolder } from './_plain-text.ts';

interface Credential {
  /** The key it stands under; never its value. */
  readonly key: string;
  readonly place: Node;
}

const hostOf = (url: string): string => /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)/i.exec(url)?.[1] ?? '';
const hasPrivateKey = (value: string): boolean => value.includes('PRIVATE KEY');

/** Credentials for Azure in Secrets whose consumer makes them that. */
const credentials = view<Credential>('Secrets that hold credentials for Azure', function* (unit, context) {
  const { object } = unit;
  if (unit.language === 'sops-azure-kv') {
    for (const entry of entries(asMap(unit.root))) {
      const value = asScalar(entry.value);
      const name = entry.key.text.toLowerCase();
      if (!value || typeof value.value !== 'string' || !isCredentialLiteral(value.text)) continue;
      if (name === 'clientsecret' || name === 'password' || (name === 'clientcertificate' && hasPrivateKey(value.text)))
        yield { key: entry.key.text, place: value };
    }
    return;
  }
  if (unit.language === 'argocd-cluster-config') {
    const root = asMap(unit.root);
    const places = [
      get(root, 'execProviderConfig', 'env', 'AZURE_CLIENT_SECRET'),
      get(root, 'execProviderConfig', 'env', 'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET'),
      get(root, 'password'),
      get(root, 'bearerToken'),
    ];
    const keys = ['AZURE_CLIENT_SECRET', 'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET', 'password', 'bearerToken'];
    for (const [i, place] of places.entries())
      if (place && isCredentialLiteral(text(place) ?? '')) yield { key: keys[i] as string, place };
    return;
  }
  if (!object || !isKind(object, '', 'Secret') || isEncryptedRoot(object.root)) return;
  const data = dataOf(object);
  for (const key of credentialKeys(object, context)) {
    const item = data.get(key);
    if (item?.node && item.text !== undefined && isSecretValue(item)) yield { key, place: item.node };
  }
});

function isSecretValue({ key, text: value = '' }: DataItem): boolean {
  if (key === 'clientCertificate' || key === 'AZURE_CLIENT_CERTIFICATE') return hasPrivateKey(value);
  if (key === 'address') return isCredentialLiteral(/SharedAccessKey=([^;]*)/.exec(value)?.[1] ?? '');
  return isCredentialLiteral(value);
}

/** The keys of a Secret that its consumer takes as a credential for Azure. */
function credentialKeys(secret: KubernetesObject, { workspace }: RuleContext): string[] {
  const data = dataOf(secret);
  const keys: string[] = [];
  if (isBucketSecret(secret, workspace)) keys.push('clientSecret', 'accountKey', 'sasKey', 'clientCertificate');
  if (secret.name === 'aso-credential' || secret.name === 'aso-controller-settings')
    keys.push('AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE');
  const argo = text(label(secret, 'argocd.argoproj.io/secret-type')?.value);
  if (argo === 'repository' || argo === 'repo-creds') {
    const host = hostOf(data.get('url')?.text ?? '');
    if (isDevOpsHost(host) || isAcrHost(host))
      keys.push('password', 'bearerToken', 'azureServicePrincipalClientSecret');
  }
  if (
    ['address', 'token'].some((k) => data.has(k)) &&
    uses(
      secret,
      'notification.toolkit.fluxcd.io',
      'Provider',
      (o) => /^azure(eventhub|devops)$/.test(textAt(o.root, 'spec', 'type') ?? ''),
      workspace,
    )
  )
    keys.push('address', 'token');
  if (
    ['password', 'bearerToken'].some((k) => data.has(k)) &&
    uses(
      secret,
      'source.toolkit.fluxcd.io',
      'GitRepository',
      (o) => isDevOpsHost(hostOf(textAt(o.root, 'spec', 'url') ?? '')),
      workspace,
    )
  )
    keys.push('password', 'bearerToken');
  return keys;
}

/** True where an object of a kind names the Secret in `spec.secretRef`. */
function uses(
  secret: KubernetesObject,
  group: string,
  kind: string,
  fits: (object: KubernetesObject) => boolean,
  workspace: RuleContext['workspace'],
): boolean {
  const own = workspace.namespacesOf(secret);
  return workspace.objects(group, kind).some((object) => {
    if (textAt(object.root, 'spec', 'secretRef', 'name') !== secret.name || !fits(object)) return false;
    const theirs = workspace.namespacesOf(object);
    return mayMeet(own, theirs);
  });
}

export default defineRule({
  id: 'sops/azure-credential-in-plain-text',
  on: credentials,
  severity: 'warning',
  partial: true,
  summary: 'A credential for Azure is stored in plain text.',
  why: 'Whoever can read the repository, or its history, can use it. Workload identity needs no credential at all; where one is needed, encrypt the file with SOPS before it is committed, and renew a credential that was committed already.',
  references: ['fluxcd/kustomize-controller@v1.9.4 docs/spec/v1/kustomizations.md "Decryption"'],
  *check({ key, place }, { unit }) {
    const { uri } = unit.document;
    yield report(
      place,
      `An Azure credential (${key}) is stored in plain text: use workload identity, or encrypt the file with SOPS and renew the credential.`,
      {
        severity: isExampleFolder(uri) ? 'hint' : undefined,
        fix: encryptCommand(uri),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The key of a storage account',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: fleet
  endpoint: https://contosofleet.blob.core.windows.net
  secretRef:
    name: fleet-storage
---
apiVersion: v1
kind: Secret
metadata:
  name: fleet-storage
  namespace: flux-system
stringData:
  accountKey: <|bWFkZS11cC1mb3ItdGhpcy1wYWdl|>
`,
    },
    {
      title: 'A client secret in sops.azure-kv',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
stringData:
  sops.azure-kv: |
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientSecret: <|made~up~for~this~page|>
`,
    },
  ],
  good: [
    {
      title: 'A variable, an encrypted value, and a Secret that nobody uses for Azure',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
stringData:
  sops.azure-kv: |
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientSecret: \${CLIENT_SECRET}
---
apiVersion: v1
kind: Secret
metadata:
  name: database
stringData:
  accountKey: made-up-for-this-page
`,
    },
  ],
};
