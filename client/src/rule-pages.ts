import * as vscode from 'vscode';

/** Opens the page of a rule, given its id. Not in the palette: the code of a finding is the way to it. */
const command = 'azureGitops.openRule';

/**
 * The code of a finding links to the page of its rule, which is a Markdown file of the extension: the link becomes a
 * command, because a link to the file would show its source.
 */
export function withRulePage(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'object' || !code.target.path.endsWith('.md')) return diagnostic;
  const query = encodeURIComponent(JSON.stringify([code.value]));
  diagnostic.code = { value: code.value, target: vscode.Uri.from({ scheme: 'command', path: command, query }) };
  return diagnostic;
}

export function registerRulePages(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (id: unknown) => {
    if (typeof id !== 'string' || !/^[a-z-]+\/[a-z0-9-]+$/.test(id)) return;
    const page = vscode.Uri.joinPath(extensionUri, 'docs/rules', `${id}.md`);
    // The preview belongs to an extension that comes with the editor, but can be switched off.
    await vscode.commands
      .executeCommand('markdown.showPreview', page)
      .then(undefined, () => vscode.window.showTextDocument(page));
  });
}
