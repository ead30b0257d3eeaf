import * as vscode from 'vscode';
import type { BaseLanguageClient, Location, Position, Range } from 'vscode-languageclient';
import { rulePage } from '../rule-pages.ts';

/** Shows the page of a rule, which comes with the extension. */
export async function explain(rule: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', rulePage(rule));
}

/** Writes a comment that suppresses a rule, with the reason for it, which may be left out. */
export async function suppress(uri: string, range: Range, newText: string, rule: string): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Disable {0}', rule),
    prompt: vscode.l10n.t('Why? Whoever reads the comment will want to know. It may be left empty.'),
    placeHolder: vscode.l10n.t('For example: mirrored at the edge'),
  });
  if (reason === undefined) return;
  const why = reason.replace(/\s+/g, ' ').trim();
  // A comment that is there already keeps the reason it has.
  const text =
    why && newText.includes(rule) && !newText.includes(' -- ')
      ? newText.replace(rule, () => `${rule} -- ${why}`)
      : newText;
  const edit = new vscode.WorkspaceEdit();
  const { start, end } = range;
  edit.replace(vscode.Uri.parse(uri), new vscode.Range(start.line, start.character, end.line, end.character), text);
  await vscode.workspace.applyEdit(edit);
}

/** Puts a command into a terminal and leaves it to the user to run it. */
export function typeCommand(command: string): void {
  const folder =
    vscode.window.activeTextEditor && vscode.Uri.joinPath(vscode.window.activeTextEditor.document.uri, '..');
  const terminal = vscode.window.createTerminal({
    name: 'Azure GitOps',
    ...(folder?.scheme === 'file' && { cwd: folder }),
  });
  terminal.show();
  terminal.sendText(command, false);
}

/** Shows the places behind a code lens in the editor's own list of references. */
export async function showReferences(
  client: BaseLanguageClient,
  uri: string,
  position: Position,
  locations: readonly Location[],
): Promise<void> {
  const { protocol2CodeConverter: convert } = client;
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    convert.asUri(uri),
    convert.asPosition(position),
    locations.map((l) => convert.asLocation(l)),
  );
}
