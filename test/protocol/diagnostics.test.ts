import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, type WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol/node';
import { LspClient } from '../support/lsp-client.ts';
import { ACCOUNT, BROKEN, brokenRules, MANIFEST, USER } from './manifests.ts';

const URI = 'file:///repo/source.yaml';

test('a report has all that an editor shows', async () => {
  const client = await LspClient.start({ initializationOptions: { rulePages: 'https://rules.example/' } });
  await client.open(URI, BROKEN);
  const report = await client.diagnostics(URI);
  assert.ok(report.kind === 'full');
  const [item] = report.items;
  assert.deepEqual(
    { ...item, message: undefined, data: { ...item?.data, fixes: 0 } },
    {
      range: { start: { line: 8, character: 12 }, end: { line: 8, character: 16 } },
      severity: 1,
      code: 'flux/provider-unknown',
      codeDescription: { href: 'https://rules.example/flux/provider-unknown.md' },
      source: 'azure-gitops',
      message: undefined,
      data: { schema: true, fixes: 0 },
    },
  );
  assert.match(item?.message as string, /azur/);
  assert.equal(await client.stop(), 0);
});

test('what has not changed is answered as unchanged', async () => {
  const client = await LspClient.start();
  await client.open(URI, BROKEN);
  const first = await client.diagnostics(URI);
  assert.ok(first.kind === 'full' && first.resultId);
  assert.deepEqual(await client.diagnostics(URI, first.resultId), { kind: 'unchanged', resultId: first.resultId });
  await client.change(URI, 2, {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    text: '# moved\n',
  });
  const moved = await client.diagnostics(URI, first.resultId);
  assert.ok(moved.kind === 'full');
  assert.equal(moved.items[0]?.range.start.line, 9);
  assert.notEqual(moved.resultId, first.resultId);
  assert.equal(await client.stop(), 0);
});

test('a change in one file changes what is found in another', async () => {
  const client = await LspClient.start();
  await client.open(URI, USER);
  await client.open('file:///repo/account.yaml', ACCOUNT);
  const before = await client.diagnostics('file:///repo/account.yaml');
  assert.ok(before.kind === 'full');
  assert.deepEqual(
    before.items.map(({ code }) => code),
    ['workload-identity/flux-annotation-missing'],
  );
  assert.equal(before.items[0]?.relatedInformation?.[0]?.location.uri, URI);
  await client.change(URI, 2, {
    text: USER.replace('serviceAccountName: registry-reader', 'serviceAccountName: other'),
  });
  const after = await client.diagnostics('file:///repo/account.yaml', before.resultId);
  assert.ok(after.kind === 'full');
  assert.deepEqual(after.items, []);
  assert.equal(await client.stop(), 0);
});

test('syntax errors in documents of ours are reported, unless the client leaves them to somebody else', async () => {
  const wrong = MANIFEST.replace('interval: 5m', 'interval: 5m: x');
  const alone = await LspClient.start();
  await alone.open(URI, wrong);
  assert.deepEqual(await alone.rules(URI), ['azure-gitops/invalid-yaml']);
  assert.equal(await alone.stop(), 0);
  const beside = await LspClient.start({ initializationOptions: { yamlSyntax: false } });
  await beside.open(URI, wrong);
  assert.deepEqual(await beside.rules(URI), []);
  assert.equal(await beside.stop(), 0);
});

test('a request that is cancelled before its turn is not begun', async () => {
  const client = await LspClient.start();
  await client.open(URI, BROKEN);
  await client.diagnostics(URI);
  // In one write: the server has both before it begins either.
  const messages = [
    { id: 'pull', method: 'textDocument/diagnostic', params: { textDocument: { uri: URI } } },
    { method: '$/cancelRequest', params: { id: 'pull' } },
  ].map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }));
  let answer = '';
  client.process.stdout?.on('data', (data) => {
    answer += data;
  });
  client.process.stdin?.write(messages.map((m) => `Content-Length: ${m.length}\r\n\r\n${m}`).join(''));
  await client.diagnostics(URI);
  assert.match(answer, /"id":"pull","error":\{"code":-32800/);
  assert.equal(await client.stop(), 0);
});

test('workspace diagnostics wait for news, and can be cancelled while they do', async () => {
  const client = await LspClient.start();
  await client.open(URI, BROKEN);
  await client.open('file:///repo/good.yaml', MANIFEST);
  const partial: WorkspaceDiagnosticReport[] = [];
  client.onProgress('first', (value) => partial.push(value as WorkspaceDiagnosticReport));
  assert.deepEqual(await client.workspaceDiagnostics([], 'first'), { items: [] });
  const items = partial.flatMap((report) => report.items);
  // Files without findings that never had any are not listed.
  assert.deepEqual(
    items.map(({ uri, version, kind }) => ({ uri, version, kind })),
    [{ uri: URI, version: 1, kind: 'full' }],
  );

  const previous = items.map(({ uri, resultId }) => ({ uri, value: resultId as string }));
  const source = new CancellationTokenSource();
  let answered = false;
  const waiting = client.workspaceDiagnostics(previous, 'second', source.token).finally(() => {
    answered = true;
  });
  const refused = assert.rejects(waiting, { code: -32800 });
  // Enough requests for the server to have answered the first of them, had it wanted to.
  for (let i = 0; i < 5; i++) await client.diagnostics(URI);
  assert.equal(answered, false);
  source.cancel();
  await refused;

  const third: WorkspaceDiagnosticReport[] = [];
  client.onProgress('third', (value) => third.push(value as WorkspaceDiagnosticReport));
  const news = client.workspaceDiagnostics(previous, 'third');
  await client.change(URI, 2, { text: MANIFEST });
  assert.deepEqual(await news, { items: [] });
  assert.deepEqual(
    third.flatMap(({ items }) => items.map((item) => item.kind === 'full' && [item.uri, item.version, item.items])),
    [[URI, 2, []]],
  );
  assert.equal(await client.stop(), 0);
});

test('without partial results workspace diagnostics are answered at once', async () => {
  const client = await LspClient.start();
  await client.open(URI, BROKEN);
  const first = await client.workspaceDiagnostics();
  assert.deepEqual(
    first.items.map(({ uri }) => uri),
    [URI],
  );
  const previous = first.items.map(({ uri, resultId }) => ({ uri, value: resultId as string }));
  assert.deepEqual(await client.workspaceDiagnostics(previous), { items: [] });
  // A file that is gone has no findings any more, and the client is told so.
  await client.close(URI);
  const gone = await client.workspaceDiagnostics(previous);
  assert.deepEqual(
    gone.items.map((item) => item.kind === 'full' && [item.uri, item.items]),
    [[URI, []]],
  );
  assert.equal(await client.stop(), 0);
});

test('a client that does not ask is sent diagnostics: on opening, after changes, and empty ones on closing', async () => {
  const client = await LspClient.start({ capabilities: { textDocument: { diagnostic: undefined } } });
  const sent = () =>
    client.notifications.flatMap(({ method, params }) =>
      method === 'textDocument/publishDiagnostics'
        ? [params as { uri: string; version?: number; diagnostics: { code: string }[] }]
        : [],
    );
  await client.open(URI, BROKEN);
  const first = await client.until('diagnostics', () => sent()[0]);
  assert.deepEqual([first.uri, first.version, first.diagnostics.map(({ code }) => code)], [URI, 1, brokenRules]);
  // A burst is answered once, for its last version.
  for (let version = 2; version < 20; version++)
    await client.change(URI, version, { text: version === 19 ? MANIFEST : BROKEN });
  await client.until('the last version', () => sent().find(({ version }) => version === 19));
  assert.ok(sent().length <= 4, `${sent().length} were sent`);
  assert.deepEqual(sent().at(-1)?.diagnostics, []);
  await client.open('file:///repo/other.yaml', BROKEN);
  await client.until('the other file', () => sent().find(({ uri }) => uri.endsWith('other.yaml')));
  await client.close('file:///repo/other.yaml');
  await client.until('the end of the other file', () =>
    sent().find(({ uri, diagnostics }) => uri.endsWith('other.yaml') && diagnostics.length === 0),
  );
  assert.equal(await client.stop(), 0);
});
