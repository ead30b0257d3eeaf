import * as vscode from 'vscode';
import { equal, eventually, ok } from './assert.ts';
import { extension, inWorkspace } from './extension.ts';

/** A certificate authority, as `caData` wants it. */
const CA = btoa('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
/** Ids that ServiceAccounts of the example fleet have. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const findings = ({ uri }: vscode.TextDocument): readonly string[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'azure-gitops')
    .map(({ code, range }) => `${typeof code === 'object' ? code.value : code} ${range.start.line + 1}`);

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

/** What is offered at the cursor. */
async function offered({ document, selection }: vscode.TextEditor): Promise<readonly vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    selection.active,
  );
  return list.items;
}

/** Takes a completion as the editor does; the cursor is at its first placeholder afterwards. */
async function take(editor: vscode.TextEditor, label: string | RegExp): Promise<void> {
  const item = await eventually(
    `${label} at ${editor.selection.active.line + 1} in\n${editor.document.getText()}`,
    async () =>
      (await offered(editor)).find((i) => (typeof label === 'string' ? labelOf(i) === label : label.test(labelOf(i)))),
  );
  const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
  const text = item.insertText ?? labelOf(item);
  await editor.insertSnippet(
    typeof text === 'string' ? new vscode.SnippetString(text.replace(/[$}\\]/g, '\\$&')) : text,
    range,
    {
      undoStopBefore: false,
      undoStopAfter: false,
    },
  );
  // What else an item changes stands above it, so that its own range holds.
  await editor.edit((edit) => {
    for (const { range: at, newText } of item.additionalTextEdits ?? []) edit.replace(at, newText);
  });
}

/** Types over the selected placeholders, one after the other. */
async function fill(...texts: readonly string[]): Promise<void> {
  for (const [i, text] of texts.entries()) {
    if (i > 0) await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await vscode.commands.executeCommand('type', { text });
  }
  await vscode.commands.executeCommand('leaveSnippet');
}

/** Goes to the end of the document on a new line of this indentation. */
async function newLine(editor: vscode.TextEditor, indent: number, text = ''): Promise<void> {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  await insert(editor, end, `\n${' '.repeat(indent)}${text}`);
}

/** Puts the cursor behind what is inserted. */
async function insert(editor: vscode.TextEditor, at: vscode.Position, text: string): Promise<void> {
  const offset = editor.document.offsetAt(at) + text.length;
  await editor.edit((edit) => edit.insert(at, text));
  goTo(editor, editor.document.positionAt(offset));
}

function goTo(editor: vscode.TextEditor, at: vscode.Position): void {
  editor.selection = new vscode.Selection(at, at);
}

/** Selects what stands between the quotes behind a marker. */
function selectValue(editor: vscode.TextEditor, marker: string): void {
  const { document } = editor;
  const start = document.getText().indexOf(marker) + marker.length;
  ok(start >= marker.length, `${marker} is in\n${document.getText()}`);
  const end = document.getText().indexOf('"', start);
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
}

/** Replaces what is selected by a completion. */
async function takeInstead(editor: vscode.TextEditor, marker: string, label: string | RegExp): Promise<void> {
  selectValue(editor, marker);
  await editor.edit((edit) => edit.delete(editor.selection));
  await take(editor, label);
}

const clean = (document: vscode.TextDocument): Promise<unknown> =>
  eventually(`no findings in\n${document.getText()}`, () => findings(document).length === 0);

describe('an Argo CD cluster from an empty file', () => {
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    const uri = inWorkspace(`cluster-${Date.now()}.yaml`);
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    // A file that concerns us wakes the server; an empty one does not.
    await vscode.window.showTextDocument(inWorkspace('examples/clusters/healthy/argocd/cluster-west.yaml'));
    await eventually('the client to load', () => extension().isActive && extension().exports.loaded);
    await extension().exports.ready;
    editor = await vscode.window.showTextDocument(uri, { preview: false });
  });

  afterEach(async () => {
    const { uri } = editor.document;
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  });

  it('lints clean by one snippet', async () => {
    const { document } = editor;
    await take(editor, 'Argo CD cluster on AKS with workload identity');
    // Left as they are, the placeholders are seen.
    await eventually('the certificate authority to be asked for', () =>
      findings(document).some((f) => f.startsWith('argocd/tls-data-not-base64')),
    );
    await fill(
      'east',
      'argocd',
      'contoso-east-1a2b3c4d',
      'northeurope',
      '6d868678-3b3f-4472-ae3f-d7516b272ebd',
      '75b09a4b-c893-4606-8697-c821c62d6976',
      CA,
    );
    ok(
      document
        .getText()
        .includes('\n  name: east\n  server: https://contoso-east-1a2b3c4d.hcp.northeurope.azmk8s.io:443\n'),
      document.getText(),
    );
    await clean(document);
  });

  it('lints clean by completions, step by step', async () => {
    const { document } = editor;
    await take(editor, 'apiVersion');
    await take(editor, 'Secret');
    await newLine(editor, 0);
    await take(editor, 'metadata');
    await fill('cluster-east');
    await newLine(editor, 2);
    await take(editor, 'namespace');
    await vscode.commands.executeCommand('type', { text: 'argocd' });
    await newLine(editor, 2);
    await take(editor, 'labels');
    await take(editor, 'argocd.argoproj.io/secret-type');
    await fill('cluster');
    await newLine(editor, 0);
    await take(editor, 'stringData');
    await take(editor, 'name');
    await vscode.commands.executeCommand('type', { text: 'east' });
    await newLine(editor, 2);
    await take(editor, 'server');
    await fill('contoso-east-1a2b3c4d', 'northeurope');
    await newLine(editor, 2, 'config: |');
    await newLine(editor, 4, '{');
    await newLine(editor, 6, '"');
    await take(editor, 'execProviderConfig (AKS with workload identity)');
    await takeInstead(editor, '"AZURE_CLIENT_ID": "', GUID);
    await takeInstead(editor, '"AZURE_TENANT_ID": "', GUID);
    await newLine(editor, 6, '"');
    await take(editor, 'tlsClientConfig');
    await take(editor, 'caData');
    await vscode.commands.executeCommand('type', { text: CA });
    await newLine(editor, 4, '}');
    await newLine(editor, 0);
    await clean(document);
    const config = JSON.parse(document.getText().slice(document.getText().indexOf('{'))) as Record<
      string,
      { env?: object }
    >;
    equal(Object.keys(config), ['execProviderConfig', 'tlsClientConfig'], 'the fields');
    equal(
      Object.keys(config.execProviderConfig?.env ?? {}),
      ['AAD_LOGIN_METHOD', 'AZURE_CLIENT_ID', 'AZURE_TENANT_ID'],
      'the variables',
    );
  });

  it('tells a comma too many where Go finds it, and takes it out again', async () => {
    const { document } = editor;
    await take(editor, 'Argo CD cluster on AKS with workload identity');
    await fill(
      'east',
      'argocd',
      'contoso-east',
      'northeurope',
      '6d868678-3b3f-4472-ae3f-d7516b272ebd',
      '75b09a4b-c893-4606-8697-c821c62d6976',
      CA,
    );
    await clean(document);
    const good = document.getText();
    await insert(editor, document.positionAt(good.indexOf(CA) + CA.length + 1), ',');
    const found = await eventually('the finding', () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ message }) => message.includes("invalid character '}' looking for beginning of object key string")),
    );
    equal(document.getText(found.range), '}', 'range');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find(({ title }) => title === 'Remove the trailing comma');
    ok(fix?.edit, `the fix among ${actions.map(({ title }) => title).join(', ')}`);
    ok(await vscode.workspace.applyEdit(fix.edit), 'the edit applies');
    equal(document.getText(), good, 'the text');
    await clean(document);
  });
});
