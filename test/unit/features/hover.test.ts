import { describe, test } from 'node:test';
import { checkHover } from '../../support/features.ts';

const OCI = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: app
  namespace: flux-system
spec:
  url: oci://contoso.azurecr.io/app
  interval: 10m
`;
const CLIENT = '5e04061b-54fc-4d3b-adef-8478aa02e3f9';
const TENANT = '75b09a4b-c893-4606-8697-c821c62d6976';
const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: flux-system
  annotations:
    azure.workload.identity/client-id: ${CLIENT}
    azure.workload.identity/tenant-id: ${TENANT}
`;
const CREDENTIAL = `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: registry-reader
  namespace: identities
spec:
  owner:
    name: id-registry
  audiences: [api://AzureADTokenExchange]
  issuer: https://westeurope.oic.prod-aks.azure.com/${TENANT}/0a24e54a-5ea9-4cca-91fe-727a32a7d453/
  subject: system:serviceaccount:flux-system:registry-reader
`;

describe('fields and values', () => {
  test('a key: what it does in Azure, values, since when, where to read on', () => {
    checkHover(`${OCI}  prov<|>ider: azure\n`, {
      says: ['static credential goes first', '`azure`:', 'AcrPull', 'Default `generic`', 'https://fluxcd.io/'],
      over: 'provider',
    });
    checkHover(`${OCI}  serviceAcc<|>ountName: x\n`, { says: ['Since Flux 2.6', 'ObjectLevelWorkloadIdentity'] });
    checkHover(`${OCI.replace('OCIRepository', 'GitRepository')}  serviceAccountNa<|>me: x\n`, {
      says: ['Since Flux 2.7'],
    });
  });
  test('a value', () =>
    checkHover(`${OCI}  provider: gene<|>ric\n`, { says: ['`generic`: No cloud login'], over: 'generic' }));
  test('a kind', () =>
    checkHover('apiVersion: source.toolkit.fluxcd.io/v1\nkind: Buc<|>ket\nmetadata:\n  name: b\n', {
      says: ['Azure Blob Storage'],
    }));
  test('nothing where we know nothing', () => checkHover(`${OCI}  ignore: f<|>oo\n`, { says: [] }));
  test('inside the JSON of an Argo CD cluster', () =>
    checkHover(
      'apiVersion: v1\nkind: Secret\nmetadata:\n  labels:\n    argocd.argoproj.io/secret-type: cluster\nstringData:\n  config: |\n    { "execProviderConfig": { "env": { "AAD_LOGIN_METHOD": "workload<|>identity" } } }\n',
      { says: ['Workload identity of the pods of argocd-application-controller'], over: '"workloadidentity"' },
    ));
  test('in a JSON6902 patch, on the path and in the value', () => {
    const head =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - target:\n      kind: ServiceAccount\n      name: x\n    patch: |\n';
    checkHover(
      `${head}      - op: add\n        path: /metadata/annotations/azure.workload.identity~1client<|>-id\n        value: ${CLIENT}\n`,
      {
        path: 'kustomization.yaml',
        says: ['The client id of the managed identity or application'],
      },
    );
  });
});

describe('meanings', () => {
  test('hosts, URLs, ids', () => {
    checkHover(OCI.replace('contoso', 'cont<|>oso'), {
      says: ['Azure Container Registry **contoso** in Azure public cloud'],
    });
    checkHover(
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: g\nspec:\n  url: https://dev.azure<|>.com/contoso/fleet/_git/apps\n`,
      {
        says: ['repository **apps** of project `fleet`, organization `contoso`'],
      },
    );
    checkHover(
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  provider: azure\n  cluster: /subscriptions/0a24e54a-5ea9-4cca-91fe-727a32a7d453/resource<|>Groups/rg/providers/Microsoft.ContainerService/managedClusters/east\n`,
      {
        says: ['AKS cluster **east** in resource group `rg`', 'With the identity of the controller'].slice(0, 1),
      },
    );
  });
  test('a role by its GUID', () =>
    checkHover(
      'apiVersion: authorization.azure.com/v1api20220401\nkind: RoleAssignment\nspec:\n  roleDefinitionReference:\n    armId: /providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-<|>4680-a7ca-43fe172d538d\n',
      {
        says: ['built-in role **AcrPull**'],
      },
    ));
  test('an identity by its client id', () =>
    checkHover(ACCOUNT.replace(CLIENT, `5e04061b-54fc-4d3b-<|>adef-8478aa02e3f9`), {
      files: { 'identity.yaml': CREDENTIAL },
      says: ['identity **id-registry**', 'FederatedIdentityCredential registry-reader'],
    }));
});

describe('how an object will authenticate', () => {
  test('with an identity of its own', () => {
    checkHover(`${OCI}  provider: az<|>ure\n  serviceAccountName: registry-reader\n`, {
      files: { 'account.yaml': ACCOUNT, 'identity.yaml': CREDENTIAL },
      says: [
        'With an identity of its own: **id-registry**',
        CLIENT,
        'feature gate `ObjectLevelWorkloadIdentity`, which no file here switches on',
      ],
    });
    checkHover(`${OCI}  provider: az<|>ure\n  serviceAccountName: registry-reader\n`, {
      files: { 'account.yaml': ACCOUNT.replace(/.*tenant-id.*\n/, '') },
      says: ['lacks the annotation `azure.workload.identity/tenant-id`'],
    });
    checkHover(`${OCI}  provider: az<|>ure\n  serviceAccountName: other\n`, {
      says: ['ServiceAccount `other`, which is not in the workspace'],
    });
  });
  test('with a static secret', () => {
    checkHover(`${OCI}  provider: az<|>ure\n  secretRef:\n    name: pull\n`, {
      says: ['pull secret `pull` goes first'],
    });
    const bucket =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: Bucket\nmetadata:\n  name: b\n  namespace: n\nspec:\n  provider: az<|>ure\n  secretRef:\n    name: creds\n';
    checkHover(bucket, {
      files: {
        's.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata:\n  name: creds\n  namespace: n\nstringData:\n  accountKey: c2VjcmV0\n',
      },
      says: ['With the account key of Secret `creds`', 'Workload identity is not tried'],
      not: ['c2VjcmV0'],
    });
  });
  test('with the controller, or the node', () => {
    checkHover(`${OCI}  provider: az<|>ure\n`, { says: ['With the identity of source-controller', 'of the node'] });
    checkHover(`${OCI}  provider: az<|>ure\n`, {
      files: {
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches:
  - target: { kind: ServiceAccount, name: "(source|kustomize)-controller" }
    patch: |
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: all
        annotations:
          azure.workload.identity/client-id: ${CLIENT}
  - target: { kind: Deployment, name: "(source|kustomize)-controller" }
    patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: all
      spec:
        template:
          metadata:
            labels:
              azure.workload.identity/use: "true"
`,
      },
      says: [`With workload identity of source-controller: client id \`${CLIENT}\``],
    });
  });
  test('a Provider, a Kustomization, a HelmRepository', () => {
    checkHover(
      'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Provider\nmetadata:\n  name: p\nspec:\n  type: azure<|>eventhub\n  address: hub\n',
      {
        says: ['identity of notification-controller'],
      },
    );
    checkHover(
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: k\n  namespace: flux-system\nspec:\n  decryption:\n    provider: so<|>ps\n    serviceAccountName: registry-reader\n',
      {
        files: { 'account.yaml': ACCOUNT },
        says: ['For Key Vault: with an identity of its own'],
      },
    );
    checkHover(
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata:\n  name: h\nspec:\n  url: oci://x.azurecr.io/charts\n  provider: az<|>ure\n',
      {
        says: ['`provider` is not read, as `type` is not `oci`'],
      },
    );
  });
});

describe('secrets stay secret', () => {
  const secret = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: creds\n  namespace: n\n${data}`;
  const bucket =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: Bucket\nmetadata:\n  name: b\n  namespace: n\nspec:\n  provider: azure\n  secretRef:\n    name: creds\n';
  test('unknown keys', () => {
    checkHover(secret('stringData:\n  foo: hunter<|>2-hunter2\n'), {
      says: ['Text of 15 characters'],
      not: ['hunter2'],
    });
    checkHover(secret('data:\n  foo: aHVudG<|>VyMi1odW50ZXIy\n'), {
      says: ['is not shown'],
      not: ['hunter2', 'aHVudGVyMi1odW50ZXIy'],
    });
  });
  test('credentials of known parts', () =>
    checkHover(secret('data:\n  accountKey: aHVudG<|>VyMi1odW50ZXIy\n'), {
      files: { 'bucket.yaml': bucket },
      says: ['A key of the storage account', 'is not shown'],
      not: ['hunter2', 'aHVudGVyMi1odW50ZXIy'],
    }));
  test('what is no credential is decoded', () =>
    checkHover(secret('data:\n  tenantId: NzViMDlhNGIt<|>Yzg5My00NjA2LTg2OTctYzgyMWM2MmQ2OTc2\n'), {
      files: { 'bucket.yaml': bucket },
      says: [`Decoded: \`${TENANT}\``],
    }));
  test('literals of a generator: the key is explained', () =>
    checkHover(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: n\nsecretGenerator:\n  - name: creds\n    literals:\n      - account<|>Key=hunter2\n',
      {
        path: 'kustomization.yaml',
        files: { 'bucket.yaml': bucket },
        says: ['A key of the storage account'],
        not: ['hunter2'],
      },
    ));
  test('encrypted values: who can decrypt them', () =>
    checkHover(
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: ENC[AES256_GCM,da<|>ta:abc=,iv:abc=,tag:abc=,type:str]\nsops:\n  azure_kv:\n    - vault_url: https://contoso-fleet.vault.azure.net\n      name: sops\n      version: 0123456789abcdef0123456789abcdef\n      created_at: "2026-05-04T10:00:00Z"\n      enc: abc\n  lastmodified: "2026-06-01T10:00:00Z"\n  mac: ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]\n',
      {
        says: [
          'Encrypted by SOPS',
          'Key `sops` of Key Vault `contoso-fleet`, since 2026-05-04',
          'Last encrypted 2026-06-01',
        ],
      },
    ));
});
