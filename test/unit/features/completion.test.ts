import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkCompletion, completionItems } from '../../support/features.ts';

const OCI = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: app
  namespace: flux-system
spec:
`;

describe('patches of the controllers of Flux', () => {
  const patch = (operation: string): string =>
    `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [gotk-components.yaml]
patches:
  - target:
      kind: Deployment
      name: source-controller
    patch: |
      - op: add
${operation}`;
  test('places', () =>
    checkCompletion(patch('        path: <|>\n'), {
      has: ['/spec/template/spec/containers/0/args/-', '/spec/template/spec/volumes/-'],
    }));
  test('variables', () =>
    checkCompletion(
      patch('        path: /spec/template/spec/containers/0/env/-\n        value:\n          name: <|>\n'),
      { has: ['AZURE_ENVIRONMENT_FILEPATH', 'AZURE_CLIENT_CERTIFICATE_PATH'] },
    ));
});

describe('keys of a Flux object', () => {
  test('on an empty line, those it has to have first', () => {
    const items = completionItems(`${OCI}  <|>\n`, {
      has: ['url', 'interval', 'provider', 'serviceAccountName'],
      lacks: ['status', 'spec'],
    });
    assert.deepEqual(
      items
        .slice(0, 2)
        .map((i) => i.label)
        .sort(),
      ['interval', 'url'],
    );
  });
  test('half typed, without swallowing the next line', () =>
    checkCompletion(`${OCI}  prov<|>\n  interval: 10m\n`, {
      lacks: ['interval'],
      take: 'provider',
      gives: `${OCI}  provider: azure\n  interval: 10m\n`,
      snippet: 'provider: ${1|azure,generic,aws,gcp|}',
    }));
  test('with what an object has to have', () =>
    checkCompletion(`${OCI}  secr<|>\n`, {
      take: 'secretRef',
      gives: `${OCI}  secretRef:\n    name: \n`,
      snippet: 'secretRef:\n    name: $1',
    }));
  test('with its colon already there', () =>
    checkCompletion(`${OCI}  prov<|>: azure\n`, { take: 'provider', gives: `${OCI}  provider: azure\n` }));
  test('nested', () => checkCompletion(`${OCI}  secretRef:\n    <|>\n  interval: 10m\n`, { labels: ['name'] }));
  test('of the parent, where the line is indented less', () =>
    checkCompletion(`${OCI}  secretRef:\n    name: x\n  <|>\n`, { has: ['provider'], lacks: ['name', 'secretRef'] }));
  test('the column of the cursor is corrected to that of its siblings', () =>
    checkCompletion(`${OCI}  interval: 10m\n    <|>\n`, {
      take: 'suspend',
      gives: `${OCI}  interval: 10m\n  suspend: true\n`,
    }));
  test('in CRLF files', () =>
    checkCompletion(`${OCI}  secr<|>\n`.replaceAll('\n', '\r\n'), {
      take: 'secretRef',
      gives: `${OCI}  secretRef:\n    name: \n`.replaceAll('\n', '\r\n'),
    }));
  test('in a list of objects', () => {
    const alert = 'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nspec:\n  eventSources:\n';
    checkCompletion(`${alert}    - <|>\n`, { has: ['kind', 'name'] });
    checkCompletion(`${alert}    - kind: Kustomization\n      <|>\n`, { has: ['name'], lacks: ['kind'] });
    checkCompletion(`${alert}    - kind: Kustomization\n    <|>\n`, {
      take: 'kind',
      gives: `${alert}    - kind: Kustomization\n    - kind: Bucket\n`,
    });
    checkCompletion(`${alert}      <|>\n`, { take: 'name', gives: `${alert}      - name: \n` });
  });
  test('by Flux version', () => {
    checkCompletion(`${OCI.replace('OCIRepository', 'GitRepository')}  <|>\n`, {
      settings: { fluxVersion: '2.6' },
      has: ['provider'],
      lacks: ['serviceAccountName'],
    });
  });
  test('none in comments, block scalars and other kinds', () => {
    checkCompletion(`${OCI}  # pro<|>\n`, { labels: [] });
    checkCompletion(`${OCI}  description: |\n    pro<|>\n`, { labels: [] });
    checkCompletion('apiVersion: velero.io/v1\nkind: BackupStorageLocation\nspec:\n  <|>\n', { labels: [] });
  });
});

describe('values', () => {
  test('of a closed list, with what they mean', () => {
    const items = completionItems(`${OCI}  provider: <|>\n`, { labels: ['azure', 'generic', 'aws', 'gcp'] });
    const azure = items.find((i) => i.label === 'azure');
    assert.match(azure?.documentation() ?? '', /AcrPull/);
    assert.equal(azure?.bare, true);
    assert.equal(azure?.description, 'Azure GitOps');
  });
  test('right behind the colon', () =>
    checkCompletion(`${OCI}  provider:<|>\n`, { take: 'azure', gives: `${OCI}  provider: azure\n` }));
  test('half typed, and over what is there', () => {
    checkCompletion(`${OCI}  provider: az<|>\n`, { take: 'azure', gives: `${OCI}  provider: azure\n` });
    checkCompletion(`${OCI}  provider: gen<|>eric # c\n`, { take: 'azure', gives: `${OCI}  provider: azure # c\n` });
  });
  test('in quotes, closed or not', () => {
    checkCompletion(`${OCI}  provider: "az<|>"\n`, { take: 'azure', gives: `${OCI}  provider: "azure"\n` });
    checkCompletion(`${OCI}  provider: 'az<|>\n  interval: 10m\n`, {
      take: 'azure',
      gives: `${OCI}  provider: 'azure'\n  interval: 10m\n`,
    });
  });
  test('booleans', () => checkCompletion(`${OCI}  insecure: <|>\n`, { labels: ['false', 'true'] }));
  test('forms of URLs', () =>
    checkCompletion(`${OCI}  url: <|>\n`, {
      take: 'oci://….azurecr.io/…',
      gives: `${OCI}  url: oci://registry.azurecr.io/repository\n`,
      snippet: 'oci://${1:registry}.azurecr.io/${2:repository}',
    }));
  test('of a flow map', () => {
    const base = OCI.replace('spec:\n', '');
    checkCompletion(`${base}spec: { provider: a<|> }\n`, {
      take: 'azure',
      gives: `${base}spec: { provider: azure }\n`,
    });
    checkCompletion(`${base}spec: { pro<|> }\n`, { take: 'provider', gives: `${base}spec: { provider: azure }\n` });
  });
  test('of an item of a list', () =>
    checkCompletion('apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nspec:\n  components:\n    - <|>\n', {
      has: ['source-controller'],
    }));
});

const ACCOUNTS = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: flux-system
  annotations:
    azure.workload.identity/client-id: 5e04061b-54fc-4d3b-adef-8478aa02e3f9
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: plain
  namespace: flux-system
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: elsewhere
  namespace: apps
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: sources
`;

describe('names', () => {
  test('of ServiceAccounts of the namespace, those with an identity first', () => {
    const items = completionItems(`${OCI}  provider: azure\n  serviceAccountName: <|>\n`, {
      files: { 'accounts.yaml': ACCOUNTS },
      labels: ['registry-reader', 'plain'],
    });
    assert.equal(items[0]?.detail?.trim(), 'flux-system');
    assert.equal(items[0]?.bare, false);
  });
  test('of sources by the kind beside, of another namespace with it', () => {
    const kustomization =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: app\n  namespace: flux-system\nspec:\n  sourceRef:\n';
    checkCompletion(`${kustomization}    kind: GitRepository\n    name: <|>\n`, {
      files: { 'accounts.yaml': ACCOUNTS },
      labels: ['fleet'],
      take: 'fleet',
      gives: `${kustomization}    kind: GitRepository\n    name: fleet\n    namespace: sources\n`,
    });
    checkCompletion(`${kustomization}    kind: OCIRepository\n    name: <|>\n`, {
      files: { 'accounts.yaml': ACCOUNTS },
      labels: [],
    });
  });
});

describe('workload identity', () => {
  test('annotations of a ServiceAccount', () =>
    checkCompletion('apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  annotations:\n    <|>\n', {
      labels: [
        'azure.workload.identity/client-id',
        'azure.workload.identity/tenant-id',
        'azure.workload.identity/service-account-token-expiration',
      ],
    }));
  test('the label of pods, on the template alone', () => {
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\n';
    checkCompletion(`${deployment}  labels:\n    <|>\n`, { labels: [] });
    checkCompletion(`${deployment}spec:\n  template:\n    metadata:\n      labels:\n        <|>\n`, {
      take: 'azure.workload.identity/use',
      gives: `${deployment}spec:\n  template:\n    metadata:\n      labels:\n        azure.workload.identity/use: "true"\n`,
    });
  });
});

describe('documents', () => {
  test('an empty one gets whole objects', () => {
    checkCompletion('<|>', {
      has: ['apiVersion', 'OCIRepository in Azure Container Registry', 'Argo CD cluster on AKS with workload identity'],
    });
    checkCompletion(`${OCI}  interval: 10m\n---\n<|>\n`, { has: ['Bucket in Azure Blob Storage'] });
  });
  test('apiVersion and kind go together', () => {
    checkCompletion('apiVersion: <|>\n', {
      take: 'OCIRepository',
      gives: 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\n',
    });
    checkCompletion('apiVersion: source.toolkit.fluxcd.io/v1\nkind: <|>\n', {
      has: ['Bucket', 'GitRepository'],
      lacks: ['Kustomization'],
    });
    checkCompletion('apiVersion: <|>\nkind: HelmRelease\n', { labels: ['helm.toolkit.fluxcd.io/v2'] });
    checkCompletion('kind: <|>\n', {
      take: 'Alert',
      gives: 'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\n',
    });
    checkCompletion('apiVersion: <|>\nkind: OCIRepository\n', {
      settings: { fluxVersion: '2.5' },
      labels: ['source.toolkit.fluxcd.io/v1beta2'],
    });
  });
});

const CLUSTER = `apiVersion: v1
kind: Secret
metadata:
  name: west
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: west
  config: |
`;

describe('the JSON of an Argo CD cluster', () => {
  test('keys at the top', () =>
    checkCompletion(`${CLUSTER}    {\n      <|>\n    }\n`, {
      has: ['execProviderConfig', 'tlsClientConfig'],
      take: 'tlsClientConfig',
      gives: `${CLUSTER}    {\n      "tlsClientConfig": {\n        \n      }\n    }\n`,
    }));
  test('a key in quotes, half typed', () =>
    checkCompletion(`${CLUSTER}    {\n      "exec<|>"\n    }\n`, {
      take: 'execProviderConfig',
      gives: `${CLUSTER}    {
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": {
          "AAD_LOGIN_METHOD": "workloadidentity",
          "AZURE_CLIENT_ID": "client-id",
          "AZURE_TENANT_ID": "tenant-id"
        },
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
`,
    }));
  test('a whole login, for each way to log in', () =>
    checkCompletion(`${CLUSTER}    {\n      "exec<|>\n    }\n`, {
      take: 'execProviderConfig (AKS with a service principal)',
      gives: `${CLUSTER}    {
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": {
          "AAD_LOGIN_METHOD": "spn",
          "AZURE_CLIENT_ID": "client-id",
          "AZURE_TENANT_ID": "tenant-id",
          "AZURE_CLIENT_SECRET": "<client secret>"
        },
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
`,
    }));
  test('login methods that work before those that do not', () => {
    const items = completionItems(
      `${CLUSTER}    { "execProviderConfig": { "env": { "AAD_LOGIN_METHOD": "<|>" } } }\n`,
      {},
    );
    assert.deepEqual(
      items.slice(0, 3).map((i) => i.label),
      ['workloadidentity', 'spn', 'msi'],
    );
  });
  test('client ids and tenants that ServiceAccounts have', () => {
    const account = `---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: argocd-server\n  annotations:\n    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7\n    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427\n`;
    const config = (name: string) =>
      `${CLUSTER}    { "execProviderConfig": { "env": { "${name}": "<|>" } } }\n${account}`;
    checkCompletion(config('AZURE_CLIENT_ID'), { labels: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'] });
    checkCompletion(config('AZURE_TENANT_ID'), { labels: ['1b4e28ba-2fa1-41d2-883f-0016d3cca427'] });
  });
  test('names of variables, by the login method, with commas where they are missing', () =>
    checkCompletion(
      `${CLUSTER}    {\n      "execProviderConfig": {\n        "command": "argocd-k8s-auth",\n        "env": {\n          "AAD_LOGIN_METHOD": "workloadidentity"\n          "AZ<|>\n`,
      {
        has: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID'],
        lacks: ['AAD_LOGIN_METHOD', 'AZURE_CLIENT_SECRET'],
        take: 'AZURE_TENANT_ID',
        gives: `${CLUSTER}    {\n      "execProviderConfig": {\n        "command": "argocd-k8s-auth",\n        "env": {\n          "AAD_LOGIN_METHOD": "workloadidentity",\n          "AZURE_TENANT_ID": "00000000-0000-0000-0000-000000000000"\n`,
      },
    ));
  test('values, with quotes or in them', () => {
    checkCompletion(`${CLUSTER}    { "execProviderConfig": { "env": { "AAD_LOGIN_METHOD": <|> } } }\n`, {
      take: 'spn',
      gives: `${CLUSTER}    { "execProviderConfig": { "env": { "AAD_LOGIN_METHOD": "spn" } } }\n`,
    });
    checkCompletion(`${CLUSTER}    { "execProviderConfig": { "env": { "AAD_LOGIN_METHOD": "<|>" } } }\n`, {
      take: 'workloadidentity',
      gives: `${CLUSTER}    { "execProviderConfig": { "env": { "AAD_LOGIN_METHOD": "workloadidentity" } } }\n`,
    });
    checkCompletion(`${CLUSTER}    { "tlsClientConfig": { "insecure": <|> } }\n`, { labels: ['false', 'true'] });
  });
  test('a whole configuration where there is none', () =>
    checkCompletion(`${CLUSTER}    <|>\n`, {
      labels: ['AKS with a service principal', 'AKS with workload identity'],
      take: 'AKS with a service principal',
      gives: `${CLUSTER}    {
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": {
          "AAD_LOGIN_METHOD": "spn",
          "AZURE_CLIENT_ID": "client-id",
          "AZURE_TENANT_ID": "tenant-id",
          "AZURE_CLIENT_SECRET": "<client secret>"
        },
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      },
      "tlsClientConfig": {
        "insecure": false,
        "caData": "<base64 of the CA certificate>"
      }
    }
`,
    }));
  test('in a quoted string, on one line and escaped', () => {
    const head = CLUSTER.replace('config: |\n', 'config: ');
    checkCompletion(`${head}'{"tls<|>"}'\n`, { take: 'tlsClientConfig', gives: `${head}'{"tlsClientConfig": { }}'\n` });
    checkCompletion(`${head}"{\\"tls<|>\\"}"\n`, {
      take: 'tlsClientConfig',
      gives: `${head}"{\\"tlsClientConfig\\": { }}"\n`,
    });
  });
  test('nothing in base64', () =>
    checkCompletion(`${CLUSTER.replace('stringData', 'data').replace('config: |\n', 'config: ')}e<|>yJ9\n`, {
      labels: [],
    }));
  test('keys of the Secret', () =>
    checkCompletion(`${CLUSTER.replace('  config: |\n', '')}  <|>\n`, {
      has: ['server', 'config', 'clusterResources'],
      lacks: ['name', 'url'],
    }));
});

describe('values of the argo-cd chart', () => {
  const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    configs:
      clusterCredentials:
        west:
`;
  test('the keys of a cluster', () =>
    checkCompletion(`${RELEASE}          <|>\n`, { has: ['server', 'config', 'namespaces'], lacks: ['name'] }));
  test('the config, as a map', () => {
    const head = `${RELEASE}          config:\n            execProviderConfig:\n              command: argocd-k8s-auth\n              env:\n`;
    checkCompletion(`${head}                AAD<|>\n`, {
      take: 'AAD_LOGIN_METHOD',
      gives: `${head}                AAD_LOGIN_METHOD: workloadidentity\n`,
    });
  });
  test('in a file of values', () =>
    checkCompletion(
      'configs:\n  clusterCredentials:\n    west:\n      config:\n        tlsClientConfig:\n          <|>\n',
      { has: ['caData', 'insecure'], lacks: ['execProviderConfig'] },
    ));
  test('not for other charts', () =>
    checkCompletion(`${RELEASE.replace('argo-cd', 'podinfo')}          <|>\n`, { lacks: ['server', 'config'] }));
});

describe('patches', () => {
  const instance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
spec:
  kustomize:
    patches:
      - target:
          kind: ServiceAccount
          name: source-controller
        patch: |
`;
  test('a strategic merge patch', () =>
    checkCompletion(`${instance}          metadata:\n            annotations:\n              <|>\n`, {
      take: 'azure.workload.identity/client-id',
      gives: `${instance}          metadata:\n            annotations:\n              azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000\n`,
    }));
  test('a JSON6902 patch', () => {
    checkCompletion(`${instance}          - op: <|>\n`, { has: ['add', 'replace'] });
    checkCompletion(
      `${instance}          - op: add\n            path: /metadata/annotations\n            value:\n              <|>\n`,
      {
        has: ['azure.workload.identity/client-id'],
      },
    );
  });
});

describe('Secrets by the part they play', () => {
  const bucket =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: Bucket\nmetadata:\n  name: b\n  namespace: flux-system\nspec:\n  provider: azure\n  secretRef:\n    name: creds\n';
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: creds\n  namespace: flux-system\nstringData:\n';
  test('the keys of a Bucket', () =>
    checkCompletion(`${secret}  <|>\n`, {
      files: { 'bucket.yaml': bucket },
      has: ['accountKey', 'sasKey', 'clientCertificateSendChain', 'Account key'],
    }));
  test('another name: no part', () =>
    checkCompletion(`${secret.replace('creds', 'other')}  <|>\n`, { files: { 'bucket.yaml': bucket }, labels: [] }));
  test('literals of a generator', () =>
    checkCompletion(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: flux-system\nsecretGenerator:\n  - name: creds\n    literals:\n      - acc<|>\n',
      {
        path: 'kustomization.yaml',
        files: { 'bucket.yaml': bucket },
        take: 'accountKey',
        gives:
          'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: flux-system\nsecretGenerator:\n  - name: creds\n    literals:\n      - accountKey=\n',
      },
    ));
  test('sops.azure-kv', () =>
    checkCompletion(`${secret}  sops.azure-kv: |\n    tenantId: x\n    <|>\n`, {
      has: ['clientId', 'clientSecret'],
      lacks: ['tenantId'],
    }));
});

describe('files of ours', () => {
  test('.sops.yaml', () => {
    checkCompletion('creation_rules:\n  - path_regex: x\n    <|>\n', {
      path: '.sops.yaml',
      has: ['azure_keyvault', 'encrypted_regex'],
      lacks: ['path_regex'],
    });
    checkCompletion('<|>', { path: '.sops.yaml', has: ['creation_rules', 'Secrets of Kubernetes with Key Vault'] });
  });
  test('.azure-gitops.yaml', () =>
    checkCompletion('azureMode: <|>\n', { path: '.azure-gitops.yaml', labels: ['auto', 'on', 'off'] }));
  test('rules in .azure-gitops.yaml', () =>
    checkCompletion('rules:\n  flux/reg<|>\n', {
      path: '.azure-gitops.yaml',
      take: 'flux/registry-not-acr',
      gives: 'rules:\n  flux/registry-not-acr: off\n',
    }));
  test('comments that suppress', () => {
    checkCompletion(`${OCI}  # azure-gitops-disable-next-line flux/reg<|>\n`, { has: ['flux/registry-not-acr'] });
    checkCompletion(`${OCI}  # azure-gi<|>\n`, { has: ['azure-gitops-disable-next-line'] });
  });
});

describe('what other files use', () => {
  const sops =
    'creation_rules:\n  - azure_keyvault: https://contoso.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef\n';
  test('tenants and client ids', () => {
    const head = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: new\n  annotations:\n';
    const accounts = ACCOUNTS.replace(
      'client-id: 5e04061b-54fc-4d3b-adef-8478aa02e3f9',
      'client-id: 5e04061b-54fc-4d3b-adef-8478aa02e3f9\n    azure.workload.identity/tenant-id: 75b09a4b-c893-4606-8697-c821c62d6976',
    );
    checkCompletion(`${head}    azure.workload.identity/tenant-id: <|>\n`, {
      files: { 'a.yaml': accounts },
      has: ['75b09a4b-c893-4606-8697-c821c62d6976'],
    });
    checkCompletion(`${head}    azure.workload.identity/client-id: <|>\n`, {
      files: { 'a.yaml': accounts },
      has: ['5e04061b-54fc-4d3b-adef-8478aa02e3f9'],
    });
  });
  test('keys of Key Vault', () => {
    const encrypted =
      'kind: Secret\nsops:\n  azure_kv:\n    - vault_url: https://other.vault.azure.net\n      name: k\n      version: 0123456789abcdef0123456789abcdef\n';
    checkCompletion('creation_rules:\n  - azure_keyvault: <|>\n', {
      path: 'new/.sops.yaml',
      files: { '.sops.yaml': sops, 's.yaml': encrypted },
      has: [
        'https://contoso.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef',
        'https://other.vault.azure.net/keys/k/0123456789abcdef0123456789abcdef',
      ],
    });
    checkCompletion('creation_rules:\n  - key_groups:\n      - azure_keyvault:\n          - vaultUrl: <|>\n', {
      path: 'new/.sops.yaml',
      files: { '.sops.yaml': sops },
      has: ['https://contoso.vault.azure.net'],
    });
  });
  test('variables that Flux substitutes', () => {
    const files = {
      'flux.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: app\n  namespace: flux-system\nspec:\n  path: ./app\n  sourceRef:\n    kind: GitRepository\n    name: g\n  postBuild:\n    substitute:\n      CLUSTER: east\n    substituteFrom:\n      - kind: ConfigMap\n        name: vars\n',
      'vars.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: vars\n  namespace: flux-system\ndata:\n  CLIENT_ID: abc\n',
      'app/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [sa.yaml]\n',
    };
    const head =
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  annotations:\n    azure.workload.identity/client-id: ';
    checkCompletion(`${head}\${CL<|>\n`, {
      path: 'app/sa.yaml',
      files,
      labels: ['CLIENT_ID', 'CLUSTER'],
      take: 'CLIENT_ID',
      gives: `${head}\${CLIENT_ID}\n`,
    });
    checkCompletion(`${head}\${<|>}\n`, { path: 'app/sa.yaml', files, take: 'CLUSTER', gives: `${head}\${CLUSTER}\n` });
  });
});
