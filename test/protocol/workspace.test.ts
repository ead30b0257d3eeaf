import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LspClient, type StartOptions, uriOf } from '../support/lsp-client.ts';
import { ACCOUNT, BROKEN, MANIFEST, USER } from './manifests.ts';

const MISSING = ['workload-identity/flux-annotation-missing'];

/** A folder with these files, gone when the test is over. */
function folderOf(
  t: TestContext,
  files: Readonly<Record<string, string>>,
): { path: string; uri: (name: string) => string } {
  const path = mkdtempSync(join(tmpdir(), 'azure-gitops-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, uri: (name) => uriOf(join(path, name)) };
}

/** A client like VS Code's: it lists and reads the files itself. */
const supplying = (files: Map<string, string | null>, capped = false): StartOptions => ({
  initializationOptions: { maxFiles: 100, trusted: true },
  folders: ['vscode-vfs://github/contoso/fleet'],
  answers: {
    'azureGitops/files': () => ({ files: [...files.keys()], capped }),
    'azureGitops/readFile': ({ uri }: { uri: string }) => ({ text: files.get(uri) ?? null }),
  },
});

test('the files of the folder are read once a document of ours is open', async (t) => {
  const { path, uri } = folderOf(t, {
    'account.yaml': ACCOUNT,
    'apps/user.yaml': USER,
    'node_modules/x/broken.yaml': BROKEN,
    '.git/broken.yaml': BROKEN,
    'broken.yaml': BROKEN,
  });
  const client = await LspClient.start({ folders: [path] });
  await client.open(uri('account.yaml'), ACCOUNT);
  await client.indexed();
  assert.deepEqual(await client.rules(uri('account.yaml')), MISSING);
  const { items } = await client.workspaceDiagnostics();
  assert.deepEqual(items.map((item) => item.uri).sort(), [uri('account.yaml'), uri('broken.yaml')]);
  assert.deepEqual(client.log(), []);
  assert.equal(await client.stop(), 0);
});

test('files that change on disk are read again; open ones are not', async (t) => {
  const { path, uri } = folderOf(t, { 'account.yaml': ACCOUNT, 'user.yaml': USER });
  const client = await LspClient.start({ folders: [path] });
  await client.open(uri('account.yaml'), ACCOUNT);
  await client.indexed();
  const registered = client.requests.filter(({ method }) => method === 'client/registerCapability');
  assert.match(JSON.stringify(registered), /didChangeWatchedFiles.*"\*\*\/\{\*\.yaml,/);
  const told = async (name: string, type: 1 | 2 | 3) => {
    const before = client.requests.length;
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(name), type }] });
    await client.until('a refresh', () =>
      client.requests.slice(before).find(({ method }) => method === 'workspace/diagnostic/refresh'),
    );
  };
  rmSync(join(path, 'user.yaml'));
  await told('user.yaml', 3);
  assert.deepEqual(await client.rules(uri('account.yaml')), []);
  mkdirSync(join(path, 'new'));
  writeFileSync(join(path, 'new/user.yaml'), USER);
  await told('new/user.yaml', 1);
  assert.deepEqual(await client.rules(uri('account.yaml')), MISSING);
  // Some editors tell of a folder that is gone and not of its files.
  rmSync(join(path, 'new'), { recursive: true });
  await told('new', 3);
  assert.deepEqual(await client.rules(uri('account.yaml')), []);
  // What the editor has open counts, whatever the disk says; once closed, the disk counts again.
  writeFileSync(join(path, 'account.yaml'), MANIFEST);
  writeFileSync(join(path, 'user.yaml'), USER);
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('account.yaml'), type: 2 }] });
  await told('user.yaml', 1);
  assert.deepEqual(await client.rules(uri('account.yaml')), MISSING);
  const before = client.requests.length;
  await client.close(uri('account.yaml'));
  await client.until('a refresh', () =>
    client.requests.slice(before).find(({ method }) => method === 'workspace/diagnostic/refresh'),
  );
  assert.deepEqual(await client.rules(uri('account.yaml')), []);
  assert.equal(await client.stop(), 0);
});

test('what cannot be read is left out and told once: a folder named x.yaml, a link loop, a file without rights', async (t) => {
  const { path, uri } = folderOf(t, { 'account.yaml': ACCOUNT, 'user.yaml': USER, 'secret.yaml': BROKEN });
  mkdirSync(join(path, 'folder.yaml'));
  writeFileSync(join(path, 'folder.yaml/inside.yaml'), BROKEN);
  symlinkSync(path, join(path, 'loop'));
  symlinkSync('self.yaml', join(path, 'self.yaml'));
  symlinkSync('nowhere.yaml', join(path, 'dangling.yaml'));
  chmodSync(join(path, 'secret.yaml'), 0);
  const client = await LspClient.start({ folders: [path] });
  await client.open(uri('account.yaml'), ACCOUNT);
  await client.indexed();
  const { items } = await client.workspaceDiagnostics();
  const readable = process.getuid?.() === 0 ? [uri('secret.yaml')] : [];
  assert.deepEqual(
    items.map((item) => item.uri).sort(),
    [uri('account.yaml'), uri('folder.yaml/inside.yaml'), ...readable].sort(),
  );
  const log = client.log().join('\n');
  for (const name of ['self.yaml', 'dangling.yaml'])
    assert.equal(log.split(name).length > 1, true, `${name} in ${log}`);
  assert.equal(await client.stop(), 0);
});

test('more files than are read: the notice says how many and what to do', async (t) => {
  const { path, uri } = folderOf(t, Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.yaml`, MANIFEST])));
  const client = await LspClient.start({ folders: [path], settings: { maxFiles: 5 } });
  await client.open(uri('0.yaml'), MANIFEST);
  await client.indexed();
  const shown = client.notifications.filter(({ method }) => method === 'window/showMessage');
  assert.match(JSON.stringify(shown), /Only 5 YAML and JSON files.*azureGitops\.maxFiles/);
  assert.equal(await client.stop(), 0);
});

test('settings come from the client, change while it runs, and leave files out', async (t) => {
  const { path, uri } = folderOf(t, { 'account.yaml': ACCOUNT, 'apps/user.yaml': USER });
  const client = await LspClient.start({ folders: [path], settings: { rules: { 'flux/provider-unknown': 'hint' } } });
  await client.open(uri('broken.yaml'), BROKEN);
  await client.open(uri('account.yaml'), ACCOUNT);
  await client.indexed();
  const severity = async () => {
    const report = await client.diagnostics(uri('broken.yaml'));
    return report.kind === 'full' ? report.items[0]?.severity : undefined;
  };
  assert.equal(await severity(), 4);
  client.settings = { rules: { 'flux/provider-unknown': 'off', 'flux/wrong-value': 'off' }, exclude: ['/apps/'] };
  const before = client.requests.length;
  await client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.until('a refresh', () =>
    client.requests.slice(before).find(({ method }) => method === 'workspace/diagnostic/refresh'),
  );
  assert.equal(await severity(), undefined);
  assert.deepEqual(await client.rules(uri('account.yaml')), []);
  assert.equal(await client.stop(), 0);
});

test('a client without workspace/configuration sends its settings', async () => {
  const client = await LspClient.start({
    capabilities: { workspace: { configuration: false } },
    initializationOptions: { settings: { rules: { 'flux/provider-unknown': 'warning' } } },
  });
  const uri = 'file:///a.yaml';
  await client.open(uri, BROKEN);
  const report = await client.diagnostics(uri);
  assert.equal(report.kind === 'full' && report.items[0]?.severity, 2);
  await client.notify('workspace/didChangeConfiguration', {
    settings: { azureGitops: { rules: { 'flux/provider-unknown': 'off', 'flux/wrong-value': 'off' } } },
  });
  assert.deepEqual(await client.rules(uri), []);
  assert.equal(await client.stop(), 0);
});

test('folders come and go', async (t) => {
  const one = folderOf(t, { 'account.yaml': ACCOUNT });
  const two = folderOf(t, { 'user.yaml': USER });
  const client = await LspClient.start({ folders: [one.path] });
  await client.open(one.uri('account.yaml'), ACCOUNT);
  await client.indexed();
  assert.deepEqual(await client.rules(one.uri('account.yaml')), []);
  const change = async (event: { added: unknown[]; removed: unknown[] }) => {
    const before = client.requests.length;
    await client.notify('workspace/didChangeWorkspaceFolders', { event });
    await client.until('a refresh', () =>
      client.requests.slice(before).find(({ method }) => method === 'workspace/diagnostic/refresh'),
    );
  };
  const folder = { uri: uriOf(two.path), name: 'two' };
  await change({ added: [folder], removed: [] });
  assert.deepEqual(await client.rules(one.uri('account.yaml')), MISSING);
  await change({ added: [], removed: [folder] });
  assert.deepEqual(await client.rules(one.uri('account.yaml')), []);
  assert.equal(await client.stop(), 0);
});

test('a client that supplies files is asked for them, and told what there is to know', async () => {
  const root = 'vscode-vfs://github/contoso/fleet';
  const files = new Map<string, string | null>([
    [`${root}/user.yaml`, USER],
    [`${root}/folder.yaml`, null],
    [`${root}/package-lock.json`, '{}'],
  ]);
  const client = await LspClient.start(supplying(files, true));
  await client.open(`${root}/account.yaml`, ACCOUNT);
  await client.indexed();
  assert.deepEqual(await client.rules(`${root}/account.yaml`), MISSING);
  const asked = client.requests.flatMap(({ method, params }) =>
    method === 'azureGitops/readFile' ? [(params as { uri: string }).uri] : [],
  );
  assert.deepEqual(asked, [`${root}/user.yaml`, `${root}/folder.yaml`]);
  // Such a client watches by itself, and shows notices in its status.
  assert.doesNotMatch(JSON.stringify(client.requests), /didChangeWatchedFiles/);
  const status = await client.until('the status', () =>
    client.notifications
      .filter(({ method }) => method === 'azureGitops/status')
      .map(({ params }) => params as { indexing: boolean; objects: number; message?: string })
      .findLast(({ indexing, objects }) => !indexing && objects > 0),
  );
  assert.deepEqual(
    { ...status, message: undefined },
    {
      objects: 2,
      files: 2,
      indexing: false,
      fluxVersion: { value: '2.9', why: 'newest known, as no file or setting names another' },
      argocdVersion: { value: '3.5', why: 'newest known, as no file or setting names another' },
      message: undefined,
    },
  );
  assert.match(status.message ?? '', /^Only 1 YAML and JSON files/);
  assert.equal(
    client.notifications.some(({ method }) => method === 'window/showMessage'),
    false,
  );
  assert.equal(await client.stop(), 0);
});

test('long indexing shows progress, and requests are answered meanwhile', async () => {
  const root = 'vscode-vfs://github/contoso/fleet';
  const files = new Map<string, string | null>(Array.from({ length: 64 }, (_, i) => [`${root}/${i}.yaml`, MANIFEST]));
  const options = supplying(files);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const client = await LspClient.start({
    ...options,
    answers: {
      ...options.answers,
      'azureGitops/readFile': async ({ uri }: { uri: string }) => {
        await held;
        return { text: files.get(uri) };
      },
    },
  });
  const values: { kind: string; title?: string }[] = [];
  await client.open(`${root}/broken.yaml`, BROKEN);
  const { token } = (await client.until('progress', () =>
    client.requests.find(({ method }) => method === 'window/workDoneProgress/create'),
  ))!.params as { token: string };
  client.onProgress(token, (value) => values.push(value as { kind: string }));
  assert.equal((await client.rules(`${root}/broken.yaml`)).length, 1);
  release();
  await client.until('the end', () => values.find(({ kind }) => kind === 'end'));
  assert.deepEqual([values.at(0)?.kind, values.at(0)?.title], ['begin', 'Azure GitOps']);
  assert.equal(await client.stop(), 0);
});

test('a client whose files fail is survived', async () => {
  const client = await LspClient.start({
    initializationOptions: { maxFiles: 100 },
    answers: {
      'azureGitops/files': () => {
        throw new Error('no files today');
      },
    },
  });
  await client.open('file:///a.yaml', BROKEN);
  await client.until('the log', () => client.log().find((line) => line.includes('no files today')));
  assert.equal((await client.rules('file:///a.yaml')).length, 1);
  assert.equal(await client.stop(), 0);
});
