import * as vscode from 'vscode';
import { equal, eventually, ok } from './assert.ts';
import { extension, inWorkspace } from './extension.ts';

const { Warning, Error: ErrorSeverity } = vscode.DiagnosticSeverity;
const broken = (path: string): vscode.Uri => inWorkspace(`examples/clusters/broken/${path}`);
const healthy = (path: string): vscode.Uri => inWorkspace(`examples/clusters/healthy/${path}`);

/** The id of the rule behind a finding. */
const rule = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);

const findings = (uri: vscode.Uri, id?: string): readonly vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'azure-gitops')
    .filter((diagnostic) => id === undefined || rule(diagnostic) === id);

const finding = (uri: vscode.Uri, id: string): Promise<vscode.Diagnostic> =>
  eventually(`${id} in ${uri.path}`, () => findings(uri, id)[0]);

async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  await eventually('the client to load', () => extension().exports.loaded);
  await extension().exports.ready;
  return editor;
}

/** The position of `marker` in the document, or right after it. */
function locate(document: vscode.TextDocument, marker: string, after = false): vscode.Position {
  const offset = document.getText().indexOf(marker);
  ok(offset >= 0, `${marker} is in ${document.uri.path}`);
  return document.positionAt(offset + (after ? marker.length : 0));
}

describe('the example fleet', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('draws a squiggle exactly where the mistake is', async () => {
    const { document } = await show(broken('flux-system/sources.yaml'));
    const found = await finding(document.uri, 'flux/registry-not-acr');
    equal(document.getText(found.range).includes('ghcr.io'), true, `range ${document.getText(found.range)}`);
    equal(found.severity, ErrorSeverity, 'severity');
  });

  it('links a finding to the page of its rule, which comes with the extension', async () => {
    const { document } = await show(broken('flux-system/sources.yaml'));
    const { code } = await finding(document.uri, 'flux/registry-not-acr');
    ok(typeof code === 'object', 'the code has a link');
    const page = await vscode.workspace.openTextDocument(code.target);
    ok(page.getText().startsWith('# flux/registry-not-acr'), `the page: ${page.lineAt(0).text}`);
  });

  it('reports for files that nobody opened', async () => {
    await show(broken('flux-system/sources.yaml'));
    await finding(broken('argocd/cluster-east.yaml'), 'argocd/exec-env-unknown');
    await finding(broken('flux-system/decryption.yaml'), 'sops/azure-kv-send-chain-quoted');
  });

  it('reports inside an inline patch', async () => {
    const { document } = await show(broken('flux-system/apps.yaml'));
    const found = await finding(document.uri, 'workload-identity/use-label-not-string');
    equal(document.getText(found.range), 'true', 'range');
    equal(document.lineAt(found.range.start.line).text.trim(), 'azure.workload.identity/use: true', 'line');
  });

  it('says nothing about the healthy cluster', async () => {
    await show(healthy('flux-system/fleet.yaml'));
    await finding(broken('argocd/cluster-east.yaml'), 'argocd/exec-env-unknown'); // then all is known
    const noise = vscode.languages
      .getDiagnostics()
      .filter(([uri]) => uri.path.includes('/clusters/healthy/'))
      .flatMap(([uri]) => findings(uri).map((found) => `${uri.path}: ${rule(found)}`));
    equal(noise, [], 'findings');
  });

  it('offers the keys of the cluster config inside its JSON', async () => {
    const editor = await show(healthy('argocd/cluster-west.yaml'));
    const { document } = editor;
    await finding(broken('argocd/cluster-east.yaml'), 'argocd/exec-env-unknown');
    const open = '"execProviderConfig": {';
    await editor.edit((edit) => edit.insert(locate(document, open, true), '\n        "",'));
    const at = locate(document, open, true).translate(1).with(undefined, 9);
    const labels = await eventually('keys', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      const all = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return all.includes('installHint') && all;
    });
    ok(!labels.includes('command'), 'a key that is there is not offered again');
  });

  it('explains provider: azure', async () => {
    const { document } = await show(healthy('flux-system/fleet.yaml'));
    const at = locate(document, 'provider: azure').translate(0, 12);
    const text = await eventually('a hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      const all = hovers.flatMap(({ contents }) =>
        contents.map((part) => (typeof part === 'string' ? part : part.value)),
      );
      return all.join('\n') || undefined;
    });
    ok(/workload identity/i.test(text), `the hover speaks of workload identity: ${text}`);
  });

  it('mends a mistake with a quick fix', async () => {
    const { document } = await show(broken('flux-system/images.yaml'));
    const found = await finding(document.uri, 'flux/image-has-scheme');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find(({ title }) => title === 'Remove oci://');
    ok(fix?.edit, `the fix among ${actions.map(({ title }) => title).join(', ')}`);
    ok(await vscode.workspace.applyEdit(fix.edit), 'the edit applies');
    equal(document.lineAt(found.range.start.line).text, '  image: contosofleet.azurecr.io/apps/billing', 'line');
    await eventually('the finding to go', () => findings(document.uri, 'flux/image-has-scheme').length === 0);
  });

  it('looks again when another file changes', async () => {
    const sources = broken('flux-system/sources.yaml');
    await show(sources);
    const id = 'workload-identity/flux-annotation-missing';
    const found = await eventually('the missing annotation', () =>
      vscode.languages
        .getDiagnostics()
        .map(([uri]) => [uri, findings(uri, id)[0]] as const)
        .find(([, it]) => it),
    );
    const file = broken('flux-system/identities.yaml');
    const before = await vscode.workspace.fs.readFile(file);
    const text = new TextDecoder().decode(before);
    const tenant = '    azure.workload.identity/tenant-id: 75b09a4b-c893-4606-8697-c821c62d6976\n';
    try {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text + tenant));
      await eventually('the finding to go', () => findings(found[0], id).length === 0);
    } finally {
      await vscode.workspace.fs.writeFile(file, before);
    }
    await eventually('the finding to come back', () => findings(found[0], id).length > 0);
  });

  it('reports in a document that is no file yet', async () => {
    const content =
      'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nspec:\n  image: oci://a.azurecr.io/b\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    await finding(document.uri, 'flux/image-has-scheme');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'); // asks nothing
  });

  it('obeys azureGitops.rules', async () => {
    const { document } = await show(broken('flux-system/images.yaml'));
    await finding(document.uri, 'flux/image-has-scheme');
    const settings = vscode.workspace.getConfiguration('azureGitops');
    await settings.update('rules', { 'flux/image-has-scheme': 'warning' }, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually('a warning', () => findings(document.uri, 'flux/image-has-scheme')[0]?.severity === Warning);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually('an error', () => findings(document.uri, 'flux/image-has-scheme')[0]?.severity === ErrorSeverity);
  });

  it('leaves to the YAML extension what a schema says too', async () => {
    const { document } = await show(broken('flux-system/sources.yaml'));
    const { range } = await finding(document.uri, 'flux/provider-unknown');
    const theirs = vscode.languages.createDiagnosticCollection('yaml');
    try {
      const same = new vscode.Diagnostic(range, 'Value is not accepted.');
      same.source = 'yaml-schema: GitRepository';
      theirs.set(document.uri, [same]);
      await eventually('ours to give way', () => findings(document.uri, 'flux/provider-unknown').length === 0);
      ok(findings(document.uri, 'flux/registry-not-acr').length > 0, 'what no schema knows stays');
    } finally {
      theirs.dispose();
    }
    await finding(document.uri, 'flux/provider-unknown');
  });

  it('starts again on command', async () => {
    const { document } = await show(broken('flux-system/images.yaml'));
    await finding(document.uri, 'flux/image-has-scheme');
    await vscode.commands.executeCommand('azureGitops.restart');
    await finding(document.uri, 'flux/image-has-scheme');
    await finding(broken('argocd/cluster-east.yaml'), 'argocd/exec-env-unknown');
  });
});
