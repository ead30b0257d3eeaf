// No output of the command line or the server's log holds a credential of the files, in any format.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LspClient } from '../support/lsp-client.ts';

const CANARY = 'kanarienvogel~7781';
const encoded = Buffer.from(CANARY).toString('base64');

/** Mistakes around credentials, so that rules have something to say right beside them. */
const FILES: Readonly<Record<string, string>> = {
  'argocd/cluster.yaml': `apiVersion: v1
kind: Secret
metadata: { name: c, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster } }
stringData:
  name: c
  server: https://c.example.com
  config: |
    {"bearerToken": "${CANARY}", "password": "${CANARY}", "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"],
      "env": [{"name": "AZURE_CLIENT_SECRET", "value": "${CANARY}"}]}, "tlsClientConfig": {"insecure": true, "caData": "x", "keyData": "${CANARY}"},}
`,
  'argocd/env.yaml': `apiVersion: v1
kind: Secret
metadata: { name: d, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster } }
stringData:
  name: d
  server: https://d.example.com
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": [
      {"name": "AAD_LOGIN_METHOD", "value": "spn"}, {"name": "AZURE_CLIENT_SECRET", "value": "${CANARY}"}]}}
`,
  'argocd/repository.yaml': `apiVersion: v1
kind: Secret
metadata: { name: r, namespace: argocd, labels: { argocd.argoproj.io/secret-type: repository } }
stringData:
  url: https://dev.azure.com/contoso/p/_git/r
  azureServicePrincipalclientSecret: ${CANARY}
  useAzureWorkloadIdentity: true
  password: ${CANARY}
`,
  'flux/sops.yaml': `apiVersion: v1
kind: Secret
metadata: { name: sops, namespace: flux-system }
stringData:
  sops.azure-kv: |
    tenant_id: contoso
    clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientSecret: ${CANARY}
data:
  sops.azure_kv: ${encoded}
`,
  'flux/hub.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: hub, namespace: flux-system }
spec:
  type: azureeventhub
  address: Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=${CANARY}
`,
  'flux/bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata: { name: b, namespace: flux-system }
spec: { interval: 1m, provider: azure, bucketName: b, endpoint: https://contoso.blob.core.windows.net, secretRef: { name: b } }
---
apiVersion: v1
kind: Secret
metadata: { name: b, namespace: flux-system }
stringData:
  accountkey: ${CANARY}
  clientSecret: ${CANARY}
data:
  sasKey: ${encoded}
`,
  'kubeconfig.yaml': `apiVersion: v1
kind: Config
users:
  - name: a
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, spn, --client-secret, ${CANARY}]
        env: { AZURE_CLIENT_SECRET: ${CANARY} }
`,
};

function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'azure-gitops-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const leaks = (text: string): boolean =>
  text.includes(CANARY) || text.includes(encoded) || text.includes(encoded.replace(/=+$/, ''));

for (const format of ['text', 'json', 'sarif', 'github'])
  test(`a report as ${format} holds no credential`, () => {
    const folder = workspace();
    try {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [resolve('dist/cli.js'), 'lint', '--format', format, '.'],
        { cwd: folder, encoding: 'utf8' },
      );
      // The files are full of mistakes: silence would prove nothing.
      assert.ok(stdout.includes('exec-env-is-list') && stdout.includes('azure-credential-in-plain-text'), stdout);
      assert.ok(!leaks(stdout), stdout.split('\n').filter(leaks).join('\n'));
      assert.ok(!leaks(stderr), stderr);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

test('no diagnostic and no line of the log holds a credential', async () => {
  const client = await LspClient.start();
  for (const [path, text] of Object.entries(FILES)) await client.open(pathToFileURL(join('/repo', path)).href, text);
  let count = 0;
  for (const path of Object.keys(FILES)) {
    const report = await client.diagnostics(pathToFileURL(join('/repo', path)).href);
    assert.ok(report.kind === 'full');
    count += report.items.length;
    assert.ok(
      !leaks(JSON.stringify(report)),
      JSON.stringify(
        report.items.filter((i) => leaks(JSON.stringify(i))),
        null,
        1,
      ),
    );
  }
  assert.ok(count > 10);
  assert.ok(!leaks(JSON.stringify(client.notifications)));
  assert.equal(await client.stop(), 0);
});
