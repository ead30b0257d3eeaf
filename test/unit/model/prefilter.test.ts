import assert from 'node:assert/strict';
import { it } from 'node:test';
import { concernsUs, worthParsing } from '../../../server/src/model/prefilter.ts';

const ours: readonly [string, string][] = [
  ['/a/source.yaml', 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\n'],
  ['/a/instance.yaml', 'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\n'],
  ['/a/x.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n'],
  ['/a/kustomization.yaml', 'resources: []\n'],
  ['/a/Kustomization', 'resources: []\n'],
  ['C:\\a\\.sops.yaml', 'creation_rules: []\n'],
  ['/.azure-gitops.yaml', ''],
  ['/a/app.yaml', 'metadata:\n  labels:\n    azure.workload.identity/use: "true"\n'],
  ['/a/cluster.json', '{"metadata":{"labels":{"argocd.argoproj.io/secret-type":"cluster"}}}'],
  ['/a/secret.yaml', 'kind: Secret\nsops:\n  azure_kv: []\n'],
  ['/a/secret.json', '{"sops": {}}'],
  ['/a/kubeconfig.yaml', 'users:\n- user:\n    exec:\n      command: kubelogin\n'],
  ['/a/identity.yaml', 'apiVersion: managedidentity.azure.com/v1api20230131\n'],
  ['/a/class.yaml', 'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\n'],
  ['/a/store.yaml', 'kind: SecretStore\nspec: {provider: {azurekv: {}}}\n'],
  ['/a/token.yaml', 'apiVersion: generators.external-secrets.io/v1alpha1\nkind: ACRAccessToken\n'],
  ['/a/settings.yaml', 'kind: Secret\nmetadata: {name: aso-controller-settings}\n'],
  ['/a/namespace.yaml', 'metadata:\n  annotations:\n    serviceoperator.azure.com/reconcile-policy: skip\n'],
];
const foreign: readonly [string, string][] = [
  ['/a/docker-compose.yaml', 'services:\n  web:\n    image: nginx\n'],
  ['/a/deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\n'],
  ['/a/pipeline.yml', 'pool: {vmImage: ubuntu-latest}\nsteps: []\n'],
  ['/a/my-kustomization.yaml', 'a: 1\n'],
  ['/a/notes.yaml', 'text: how psops: works\n'],
  ['/a/package.json', '{"name": "x"}'],
  ['/.github/workflows/deploy.yml', 'env:\n  AZURE_CLIENT_ID: ${{ vars.AZURE_CLIENT_ID }}\n'],
  ['/azure-pipelines.yml', 'resources:\n  repositories:\n  - endpoint: dev.azure.com/contoso\n'],
];

it('concernsUs says yes to what may be ours', () => {
  for (const [path, text] of ours) assert.equal(concernsUs(path, text), true, `${path}: ${text}`);
  assert.equal(worthParsing(ours[0]![1]), true);
});

it('roles and bindings are worth a parse, though they wake nobody up', () => {
  for (const kind of ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']) {
    const text = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: reader\n`;
    assert.equal(worthParsing(text), true, kind);
    assert.equal(concernsUs('/a/role.yaml', text), false, kind);
  }
});

it('concernsUs says no to what is none of our business', () => {
  for (const [path, text] of foreign) assert.equal(concernsUs(path, text), false, `${path}: ${text}`);
});
