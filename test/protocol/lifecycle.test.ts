import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { LspClient, SERVER } from '../support/lsp-client.ts';
import { BROKEN, brokenRules, MANIFEST } from './manifests.ts';

test('initialize is answered with what the server can do', async () => {
  const client = await LspClient.start();
  const { capabilities, serverInfo } = client.initialized;
  assert.equal(serverInfo?.name, 'azure-gitops');
  assert.match(serverInfo?.version ?? '', /^\d+\.\d+\.\d+/);
  assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
  assert.deepEqual(capabilities.diagnosticProvider, { interFileDependencies: true, workspaceDiagnostics: true });
  // Outline, folding, selection and formatting are the YAML extension's.
  for (const left of [
    'documentSymbolProvider',
    'foldingRangeProvider',
    'selectionRangeProvider',
    'documentFormattingProvider',
  ])
    assert.equal(left in capabilities, false, left);
  assert.equal(await client.stop(), 0);
});

test('a client that does not pull is not told of pulling', async () => {
  const client = await LspClient.start({ capabilities: { textDocument: { diagnostic: undefined } } });
  assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
  assert.equal(await client.stop(), 0);
});

test('exit without shutdown is an error, as is a client that goes away', async () => {
  const left = await LspClient.start();
  const leftExit = once(left.process, 'exit');
  await left.notify('exit', undefined);
  assert.deepEqual(await leftExit, [1, null]);

  const gone = await LspClient.start();
  const goneExit = once(gone.process, 'exit');
  gone.process.stdin?.end();
  assert.deepEqual(await goneExit, [1, null]);
});

test('the bundle without a channel says what it needs', async () => {
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.on('data', (data) => {
    error += data;
  });
  assert.deepEqual(await once(child, 'exit'), [2, null]);
  assert.match(error, /--stdio or --node-ipc/);
});

test('it speaks over the IPC channel of Node too', async () => {
  const { fork } = await import('node:child_process');
  const child = fork(SERVER, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const answer = once(child, 'message');
  child.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const [message] = (await answer) as [{ id: number; result: { serverInfo: { name: string } } }];
  assert.equal(message.result.serverInfo.name, 'azure-gitops');
  child.send({ jsonrpc: '2.0', id: 2, method: 'shutdown' });
  await once(child, 'message');
  const exit = once(child, 'exit');
  child.send({ jsonrpc: '2.0', method: 'exit' });
  assert.deepEqual(await exit, [0, null]);
});

test('nonsense in requests and notifications is logged and survived', async () => {
  const client = await LspClient.start();
  await client.open('file:///ours.yaml', BROKEN);
  const nothing: unknown[] = [{}, { textDocument: null }, { textDocument: { uri: 7 } }, [], [1, 2]];
  for (const params of nothing) {
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
    ])
      await client.notify(method, params);
    await client.request('textDocument/diagnostic', params).catch(() => undefined);
    await client.request('workspace/diagnostic', params).catch(() => undefined);
  }
  await client.change('file:///never-opened.yaml', 2, { text: 'x' });
  await client.change('file:///ours.yaml', 2, {
    range: { start: { line: 99, character: 99 }, end: { line: 1, character: 999 } },
    text: '',
  });
  await client.change('file:///ours.yaml', 3, { text: BROKEN });
  await assert.rejects(client.request('azureGitops/no-such-request', {}), /Unhandled method/);
  await client.notify('$/no-such-notification', {});
  assert.deepEqual(await client.rules('file:///ours.yaml'), brokenRules);
  assert.equal(
    client.log().some((line) => line.includes('never-opened')),
    true,
  );
  assert.equal(await client.stop(), 0);
});

test('bytes that are no JSON are survived', async () => {
  const client = await LspClient.start();
  for (const body of ['{', 'null', '[]', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":{},"method":7}', '\u0000\ufffd'])
    client.process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  await client.open('file:///ours.yaml', BROKEN);
  assert.deepEqual(await client.rules('file:///ours.yaml'), brokenRules);
  assert.equal(await client.stop(), 0);
});

test('a document that does not concern us costs nothing: no file is asked for', async () => {
  const asked: string[] = [];
  const client = await LspClient.start({
    initializationOptions: { maxFiles: 10, trusted: true },
    answers: {
      'azureGitops/files': () => {
        asked.push('files');
        return { files: [], capped: false };
      },
    },
  });
  await client.open('file:///compose.yaml', 'services:\n  web:\n    image: nginx\n');
  const report = await client.diagnostics('file:///compose.yaml');
  assert.deepEqual(report, { kind: 'full', resultId: 'none', items: [] });
  assert.deepEqual(await client.diagnostics('file:///compose.yaml', 'none'), { kind: 'unchanged', resultId: 'none' });
  assert.deepEqual(await client.workspaceDiagnostics(), { items: [] });
  assert.deepEqual(asked, []);
  // It comes to concern us while it is typed.
  await client.change('file:///compose.yaml', 2, { text: MANIFEST });
  await client.until('the list of files to be asked for', () => asked[0]);
  assert.equal(await client.stop(), 0);
});
