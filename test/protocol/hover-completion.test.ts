import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem, CompletionList, Hover } from 'vscode-languageserver-protocol/node';
import { LspClient } from '../support/lsp-client.ts';

const URI = 'file:///repo/source.yaml';
const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://contoso.azurecr.io/manifests/apps
  provider: azure
  `;

test('hover explains a value, with its range', async () => {
  const client = await LspClient.start();
  await client.open(URI, SOURCE);
  const hover = (await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: URI },
    position: { line: 8, character: 14 },
  })) as Hover;
  assert.deepEqual(hover.range, { start: { line: 8, character: 12 }, end: { line: 8, character: 17 } });
  assert.match((hover.contents as { value: string }).value, /Azure|Entra/);
  assert.equal(
    await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: URI },
      position: { line: 9, character: 2 },
    }),
    null,
  );
  assert.equal(await client.stop(), 0);
});

test('completion offers keys with edits, details and documentation on request', async () => {
  const client = await LspClient.start();
  await client.open(URI, SOURCE);
  const list = (await client.connection.sendRequest('textDocument/completion', {
    textDocument: { uri: URI },
    position: { line: 9, character: 2 },
  })) as CompletionList;
  const item = list.items.find((i) => i.label === 'serviceAccountName');
  assert.ok(item, list.items.map((i) => i.label).join(' '));
  assert.ok(!list.items.some((i) => i.label === 'provider'), 'what is there is not offered again');
  assert.match(item.labelDetails?.description ?? '', /Azure GitOps/);
  assert.deepEqual((item.textEdit as { range: unknown }).range, {
    start: { line: 9, character: 2 },
    end: { line: 9, character: 2 },
  });
  const resolved = (await client.connection.sendRequest('completionItem/resolve', item)) as CompletionItem;
  assert.match((resolved.documentation as { value: string }).value, /pull secrets|identity|signs in/i);
  assert.equal(await client.stop(), 0);
});

test('a client without snippets gets plain text', async () => {
  const client = await LspClient.start({
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: false } } } },
  });
  await client.open(URI, SOURCE);
  const list = (await client.connection.sendRequest('textDocument/completion', {
    textDocument: { uri: URI },
    position: { line: 9, character: 2 },
  })) as CompletionList;
  assert.ok(list.items.length > 3);
  for (const item of list.items) {
    assert.equal(item.insertTextFormat, 1);
    assert.doesNotMatch((item.textEdit as { newText: string }).newText, /\$\{?\d/);
  }
  assert.equal(await client.stop(), 0);
});
