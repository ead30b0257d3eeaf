import * as vscode from 'vscode';
import { equal, eventually, ok } from './assert.ts';
import { extension, inWorkspace } from './extension.ts';

const rule = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);
const label = ({ label: it }: vscode.CompletionItem): string => (typeof it === 'string' ? it : it.label);

const rules = (uri: vscode.Uri): string[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === 'azure-gitops' && severity <= vscode.DiagnosticSeverity.Warning)
    .map(rule)
    .sort();

/** An empty document in an editor, with the server awake. */
async function blank(): Promise<vscode.TextEditor> {
  await vscode.window.showTextDocument(inWorkspace('examples/clusters/healthy/flux-system/fleet.yaml'));
  await eventually('the client to load', () => extension().isActive && extension().exports.loaded);
  await extension().exports.ready;
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: '' });
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Takes an item of the completion list at the cursor, as Enter does. */
async function accept(editor: vscode.TextEditor, wanted: string): Promise<void> {
  const { document, selection } = editor;
  const item = await eventually(`"${wanted}" to be offered`, async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      selection.active,
    );
    return list.items.find((it) => label(it) === wanted);
  });
  const range = item.range instanceof vscode.Range ? item.range : (item.range?.replacing ?? selection);
  const text = item.insertText ?? label(item);
  const snippet = typeof text === 'string' ? new vscode.SnippetString().appendText(text) : text;
  // The lines of our items are indented already, and say so (`keepWhitespace`); the type is newer than the API we build on.
  const options = { undoStopBefore: true, undoStopAfter: true, keepWhitespace: item.keepWhitespace === true };
  ok(await editor.insertSnippet(snippet, range, options), 'the item is inserted');
  await vscode.commands.executeCommand('leaveSnippet');
}

/** Puts the cursor at the end of the document, on a new line with this text. */
async function line(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.insert(end, `${document.getText() === '' ? '' : '\n'}${text}`));
  const last = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(last, last);
}

async function replace(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const { document } = editor;
  const at = document.getText().indexOf(from);
  ok(at >= 0, `${from} in ${document.getText()}`);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + from.length));
  await editor.edit((edit) => edit.replace(range, to));
}

/** What a person breaks in a source on ACR, and the rule that says so. */
const BREAKS: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['provider: azure', 'provider: Azure', 'flux/provider-unknown'],
  ['.azurecr.io/', '.example.com/', 'flux/registry-not-acr'],
  ['oci://', 'https://', 'flux/oci-url-scheme'],
  ['manifests/app', 'manifests/app:1.0', 'flux/oci-url-has-tag'],
  ['interval: 10m', 'interval: 10', 'flux/duration-invalid'],
  ['ref:\n    tag: latest', 'ref: latest', 'flux/wrong-type'],
  ['serviceAccountName:', 'serviceAccount:', 'flux/unknown-field'],
  [
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCI',
    'apiVersion: source.toolkit.fluxcd.io/v1beta2\nkind: OCI',
    'flux/api-version-removed',
  ],
  [
    '    azure.workload.identity/tenant-id: 00000000-0000-0000-0000-000000000000',
    '',
    'workload-identity/flux-annotation-missing',
  ],
  [
    'azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000',
    'azure.workload.identity/client_id: 00000000-0000-0000-0000-000000000000',
    'workload-identity/unknown-key',
  ],
];

describe('from nothing', function () {
  this.timeout(120_000);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('builds a source on ACR with its own identity by completions alone, and sees it broken ten ways', async () => {
    const editor = await blank();
    const { document } = editor;
    await accept(editor, 'OCIRepository in Azure Container Registry');
    await line(editor, '---');
    await line(editor, '');
    await accept(editor, 'ServiceAccount with workload identity');
    // The two have names of their own until the source names the account: completion knows it.
    const name = document.getText().indexOf('registry-reader');
    const span = new vscode.Range(document.positionAt(name), document.positionAt(name + 'registry-reader'.length));
    await editor.edit((edit) => edit.delete(span));
    editor.selection = new vscode.Selection(span.start, span.start);
    await accept(editor, 'app');
    ok(document.getText().includes('serviceAccountName: app'), document.getText());
    await eventually('no findings', () => rules(document.uri).length === 0);
    const whole = document.getText();
    for (const [from, to, wanted] of BREAKS) {
      await replace(editor, from, to);
      await eventually(`${wanted} for ${to}, not ${rules(document.uri)}`, () => rules(document.uri).includes(wanted));
      const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
      await editor.edit((edit) => edit.replace(all, whole));
      await eventually(`no findings after ${wanted}`, () => rules(document.uri).length === 0);
    }
  });

  it('fills in a source field by field', async () => {
    const editor = await blank();
    await line(
      editor,
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: apps\n  namespace: apps\nspec:\n  ',
    );
    for (const key of ['interval', 'url', 'provider', 'ref']) {
      await accept(editor, key);
      await line(editor, '  ');
    }
    const { document } = editor;
    await eventually('no findings', () => rules(document.uri).length === 0);
    for (const part of ['interval: 10m', 'url: oci://registry.azurecr.io/', 'provider: azure', 'ref:\n    tag: latest'])
      ok(document.getText().includes(part), document.getText());
  });

  it('builds a cluster Secret of Argo CD by a snippet and completions alone', async () => {
    const editor = await blank();
    const { document } = editor;
    await accept(editor, 'Argo CD cluster on AKS with workload identity');
    await eventually('no findings', () => rules(document.uri).length === 0);
    // Inside the JSON: another variable, offered and inserted where it belongs.
    const at = document.getText().indexOf('"AZURE_TENANT_ID"');
    const place = document.positionAt(at);
    await editor.edit((edit) => edit.insert(place, '\n          '));
    editor.selection = new vscode.Selection(place, place);
    await accept(editor, 'AAD_ENVIRONMENT_NAME');
    ok(/"AAD_ENVIRONMENT_NAME": *"Azure/.test(document.getText()), document.getText());
    await eventually('still no findings', () => rules(document.uri).length === 0);
    equal(rules(document.uri), [], 'findings');
  });
});
