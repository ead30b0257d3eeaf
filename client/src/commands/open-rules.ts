import * as vscode from 'vscode';

/** Shows the list of rules out of the extension's folder: it works offline. */
export async function openRules(extensionUri: vscode.Uri): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs/rules/README.md');
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
