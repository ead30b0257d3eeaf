import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AskedStep, Generated, Offer } from '../../server/src/features/generate/run.ts';
import { LspClient } from '../support/lsp-client.ts';

const CLIENT_ID = '5d2f0a6c-7b1e-4c39-9a84-e0c6b7f41d23';

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: fleet
  namespace: flux-system
  annotations:
    azure.workload.identity/client-id: ${CLIENT_ID}
`;

test('generators are offered, asked and rendered though nothing of ours is open', async () => {
  const client = await LspClient.start();
  const offers = await client.request<Offer[]>('azureGitops/generators', {});
  assert.ok(offers.some(({ name }) => name === 'flux-acr-oci'));

  const values: Record<string, string> = { registry: 'contoso.azurecr.io', repository: 'app' };
  const ask = () => client.request<AskedStep | null>('azureGitops/generateStep', { name: 'flux-acr-oci', values });
  for (let step = await ask(); step; step = await ask()) values[step.key] = step.default ?? '';
  const result = await client.request<Generated>('azureGitops/generate', { name: 'flux-acr-oci', values });
  assert.ok(result.ok);
  assert.match(result.files[0]?.content ?? '', /url: oci:\/\/contoso\.azurecr\.io\/app\n/);

  const wrong = { name: 'flux-acr-oci', values: {}, key: 'registry', value: 'mcr.microsoft.com' };
  const { reason } = await client.request<{ reason: string }>('azureGitops/generateProblem', wrong);
  assert.match(reason, /azurecr\.io/);
  assert.equal(await client.stop(), 0);
});

test('the settings count, and what the workspace knows is offered', async () => {
  const client = await LspClient.start({ settings: { fluxVersion: '2.6' } });
  await client.open('file:///fleet/account.yaml', ACCOUNT);
  await client.diagnostics('file:///fleet/account.yaml');
  const offers = await client.request<Offer[]>('azureGitops/generators', { uri: 'file:///fleet/' });
  const remote = offers.find(({ name }) => name === 'flux-remote-cluster');
  assert.match(remote?.refused ?? '', /needs Flux 2\.7 or newer; this is 2\.6/);
  const values = {
    name: 'app',
    namespace: 'flux-system',
    registry: 'contoso.azurecr.io',
    repository: 'app',
    version: 'semver',
    range: '1.x',
    interval: '5m',
    auth: 'serviceAccount',
  };
  const step = await client.request<AskedStep>('azureGitops/generateStep', { name: 'flux-acr-oci', values });
  assert.deepEqual([step.key, step.suggestions], ['serviceAccount', ['fleet']]);
  const next = { ...values, serviceAccount: 'fleet' };
  const id = await client.request<AskedStep>('azureGitops/generateStep', { name: 'flux-acr-oci', values: next });
  assert.deepEqual([id.key, id.suggestions], ['clientId', [CLIENT_ID]]);
  assert.equal(await client.stop(), 0);
});

test('a generator that is not there, and answers that cannot be, are errors with a reason', async () => {
  const client = await LspClient.start();
  const unknown = await client.request<Generated>('azureGitops/generate', { name: 'flux-acr', values: {} });
  assert.ok(!unknown.ok);
  assert.match(unknown.errors[0]?.reason ?? '', /There is no generator/);
  assert.equal(await client.request('azureGitops/generateStep', { name: 'nothing', values: {} }), null);
  assert.equal(await client.stop(), 0);
});
