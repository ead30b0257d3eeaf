import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GenerateContext, NOTHING_KNOWN, type Values } from '../../../server/src/features/generate/generator.ts';
import { GENERATORS } from '../../../server/src/features/generate/index.ts';
import { generate, nextStep, problemOf } from '../../../server/src/features/generate/run.ts';
import { contextOf } from '../../support/generator-paths.ts';

const NOW = contextOf('2.9');

/** The reasons by key, for values that must be refused. */
function refused(name: string, values: Values, context: GenerateContext = NOW): Record<string, string> {
  const result = generate(name, values, context);
  assert.ok(!result.ok, 'nothing was refused');
  return Object.fromEntries(result.errors.map(({ key, reason }) => [key ?? '', reason]));
}

const ACR = { registry: 'contoso.azurecr.io', repository: 'manifests/app' };

test('defaults are filled in, and what is needed is named', () => {
  const result = generate('flux-acr-oci', ACR, NOW);
  assert.ok(result.ok);
  assert.equal(result.values.interval, '10m');
  assert.match(result.files[0]!.content, /provider: azure/);
  assert.deepEqual(Object.keys(refused('flux-acr-oci', {})), ['registry', 'repository']);
});

test('an unknown generator, key or choice is answered with the nearest', () => {
  assert.match(refused('flux-acr-oic', {})['']!, /did you mean "flux-acr-oci"/);
  assert.match(refused('flux-acr-oci', { ...ACR, registri: 'x' }).registri!, /did you mean "registry"/);
  assert.match(refused('flux-acr-oci', { ...ACR, auth: 'pat' }).auth!, /none of controller, serviceAccount, secret/);
});

test('values that have no effect are told, not refused', () => {
  const result = generate('flux-acr-oci', { ...ACR, clientId: 'anything' }, NOW);
  assert.ok(result.ok);
  assert.deepEqual(result.ignored, ['clientId']);
});

test('impossible values are refused with the reason', () => {
  const reason = (name: string, key: string, value: string, values: Values = {}) =>
    problemOf(name, key, value, values, NOW) ?? 'accepted';
  assert.match(reason('flux-acr-oci', 'registry', 'oci://contoso.azurecr.io'), /scheme/);
  assert.match(reason('flux-acr-oci', 'registry', 'contoso'), /host/);
  assert.match(reason('flux-acr-oci', 'registry', 'mcr.microsoft.com'), /azurecr\.io/);
  assert.match(reason('flux-acr-oci', 'registry', 'contoso.azurecr.io/app'), /Only the host/);
  assert.match(reason('flux-acr-oci', 'repository', 'app:1.0'), /without tag/);
  assert.match(reason('flux-acr-oci', 'name', 'App'), /object name/);
  assert.match(reason('flux-acr-oci', 'clientId', '/subscriptions/x'), /GUID/);
  assert.match(reason('flux-acr-oci', 'clientId', '<client-id>'), /placeholder/);
  assert.match(reason('flux-acr-oci', 'tenantId', 'contoso'), /verified domain/);
  const id = '5d2f0a6c-7b1e-4c39-9a84-e0c6b7f41d23';
  assert.match(reason('flux-acr-oci', 'tenantId', id, { auth: 'serviceAccount', clientId: id }), /client id/);
  assert.match(reason('flux-acr-helm', 'auth', 'serviceAccount'), /OCIRepository with chartRef/);
  assert.match(reason('flux-devops-git', 'url', 'https://github.com/contoso/fleet'), /dev\.azure\.com/);
  assert.match(reason('flux-blob-bucket', 'account', 'Contoso_Fleet'), /lower-case/);
  assert.match(reason('flux-provider-eventhub', 'eventHubsNamespace', 'x'), /6 to 50/);
  assert.match(reason('flux-remote-cluster', 'clusterId', '/subscriptions/x/providers/y'), /managedClusters/);
  assert.match(reason('sops-config', 'keyUrl', 'https://kv-fleet.vault.azure.net/secrets/sops'), /names a secret/);
  assert.match(reason('sops-config', 'keyUrl', 'https://kv.vault.azure.net/keys/sops'), /3 to 24/);
  assert.match(reason('sops-config', 'pathRegex', '(?=x)'), /Go cannot compile/);
  assert.match(reason('sops-config', 'pathRegex', '*.yaml'), /Go cannot compile|shell/);
  assert.match(reason('argocd-cluster', 'server', 'https://kubernetes.default.svc'), /needs no Secret/);
  assert.match(reason('argocd-cluster', 'caData', '-----BEGIN CERTIFICATE-----'), /base64/);
  assert.match(reason('argocd-repository', 'auth', 'servicePrincipal', { provider: 'registry' }), /Git only/);
  assert.match(
    reason('workload-identity', 'issuer', 'https://westeurope.oic.prod-aks.azure.com/a/b'),
    /ends with a slash/,
  );
  assert.match(reason('workload-identity', 'issuer', 'https://login.microsoftonline.com/x/v2.0'), /Entra/);
  assert.match(reason('workload-identity', 'issuer', 'https://kubernetes.default.svc'), /inside the cluster/);
  assert.match(reason('workload-identity', 'serviceAccount', 'a,b', { usage: 'flux' }), /only one/);
  assert.equal(reason('workload-identity', 'serviceAccount', 'a,b', { usage: 'existing' }), 'accepted');
});

test('variables are let through where their value may come later', () => {
  const result = generate(
    'flux-acr-oci',
    { registry: '${REGISTRY}', repository: 'app', auth: 'serviceAccount', clientId: '${ID}', tenantId: '${TENANT}' },
    NOW,
  );
  assert.ok(result.ok);
  assert.match(result.files[0]!.content, /url: "oci:\/\/\$\{REGISTRY\}\/app"/);
});

test('what a release lacks is refused for that release', () => {
  assert.match(refused('flux-remote-cluster', {}, contextOf('2.6'))['']!, /needs Flux 2\.7/);
  assert.match(refused('flux-object-level-gate', {}, contextOf('2.5'))['']!, /needs Flux 2\.6/);
  const helm = refused('flux-object-level-gate', { controllers: 'helm-controller' }, contextOf('2.6'));
  assert.match(helm.controllers!, /helm-controller needs Flux 2\.7/);
  const url = 'https://dev.azure.com/contoso/platform/_git/fleet';
  assert.match(refused('flux-devops-git', { url, auth: 'serviceAccount' }, contextOf('2.6')).auth!, /2\.7/);
  const old = generate('flux-provider-devops', { url }, contextOf('2.6'));
  assert.ok(old.ok);
  assert.equal(old.values.auth, 'secret');
  assert.match(refused('argocd-cluster', {}, contextOf('2.9', '2.7'))['']!, /2\.8/);
  assert.match(
    refused('argocd-cluster', { login: 'workloadidentity' }, contextOf('2.9', '3.0.4')).login!,
    /broken in Argo CD 3\.0\.0 to 3\.0\.6/,
  );
});

test('names of Argo CD before 2.14 and after', () => {
  const values = {
    server: 'https://aks.hcp.westeurope.azmk8s.io',
    login: 'clientSecret',
    clientId: '5d2f0a6c-7b1e-4c39-9a84-e0c6b7f41d23',
    tenantId: 'contoso.onmicrosoft.com',
  };
  const env = (argocdVersion: string) => {
    const result = generate('argocd-cluster', values, contextOf('2.9', argocdVersion));
    assert.ok(result.ok);
    return result.files[0]!.content.match(/"A\w+_CLIENT_SECRET"/)?.[0];
  };
  assert.equal(env('2.13'), '"AAD_SERVICE_PRINCIPAL_CLIENT_SECRET"');
  assert.equal(env('3.5'), '"AZURE_CLIENT_SECRET"');
});

test('every form of a clone URL becomes the one that Flux takes', () => {
  for (const url of [
    'https://contoso@dev.azure.com/contoso/platform/_git/fleet',
    'git@ssh.dev.azure.com:v3/contoso/platform/fleet',
    'https://contoso.visualstudio.com/DefaultCollection/platform/_git/fleet',
  ]) {
    const result = generate('flux-devops-git', { url }, NOW);
    assert.ok(result.ok);
    assert.match(result.files[0]!.content, /url: https:\/\/dev\.azure\.com\/contoso\/platform\/_git\/fleet\n/);
  }
  const ssh = generate('flux-devops-git', { url: 'git@ssh.dev.azure.com:v3/contoso/platform/fleet', auth: 'ssh' }, NOW);
  assert.ok(ssh.ok);
  assert.match(ssh.files[0]!.content, /url: ssh:\/\/git@ssh\.dev\.azure\.com\/v3\/contoso\/platform\/fleet/);
});

test('steps are asked one after the other, with what is known first', () => {
  const context: GenerateContext = {
    ...NOW,
    known: { ...NOTHING_KNOWN, serviceAccounts: ['apps/web', 'flux-system/fleet'], clientIds: ['a', 'a', 'b'] },
  };
  const answers: Record<string, string> = {};
  const asked: string[] = [];
  for (let step = nextStep('flux-acr-oci', answers, context); step; step = nextStep('flux-acr-oci', answers, context)) {
    asked.push(step.key);
    assert.equal(step.number, asked.length);
    assert.ok(step.total >= step.number);
    if (step.key === 'serviceAccount') assert.deepEqual(step.suggestions, ['fleet']);
    if (step.key === 'clientId') assert.deepEqual(step.suggestions, ['a', 'b']);
    answers[step.key] = step.key === 'auth' ? 'serviceAccount' : (step.default ?? '');
  }
  assert.deepEqual(asked.slice(-4), ['auth', 'serviceAccount', 'clientId', 'tenantId']);
  assert.ok(asked.includes('range') && !asked.includes('tag'));
});

test('generators are well formed', () => {
  assert.equal(new Set(GENERATORS.map((g) => g.name)).size, GENERATORS.length);
  for (const generator of GENERATORS) {
    assert.match(generator.name, /^[a-z]+(-[a-z]+)*$/);
    assert.equal(new Set(generator.steps.map((s) => s.key)).size, generator.steps.length, generator.name);
    for (const step of generator.steps) {
      assert.match(step.key, /^[a-z][A-Za-z]*$/);
      assert.match(step.prompt, /\S/);
      assert.equal(step.choices !== undefined, step.kind === 'choice' || step.kind === 'choices', step.key);
      if (step.kind === 'text') assert.ok(step.example !== undefined, `${generator.name}.${step.key} has no example`);
    }
  }
});
