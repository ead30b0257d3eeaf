import * as vscode from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { SAFE_FIXES, type SafeFixesParams } from '../protocol.ts';

async function request(client: BaseLanguageClient, params: SafeFixesParams): Promise<vscode.WorkspaceEdit | undefined> {
  const edit = await client.sendRequest<WorkspaceEdit | null>(SAFE_FIXES, params);
  return edit ? client.protocol2CodeConverter.asWorkspaceEdit(edit) : undefined;
}

/** Applies the safe fixes of the file before the user. */
export async function fixFile(client: BaseLanguageClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const edit = await request(client, { uri: client.code2ProtocolConverter.asUri(document.uri) });
  if (edit && edit.size > 0) await vscode.workspace.applyEdit(edit);
  else await vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to fix safely in this file.'));
}

/** Shows the safe fixes of all files in the editor's preview of refactorings, where each can be left out. */
export async function fixWorkspace(client: BaseLanguageClient): Promise<void> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for safe fixes') };
  const edit = await vscode.window.withProgress(progress, () => request(client, {}));
  if (!edit || edit.size === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to fix safely in this workspace.'));
    return;
  }
  const preview = new vscode.WorkspaceEdit();
  const metadata = { needsConfirmation: true, label: vscode.l10n.t('Safe fixes of Azure GitOps') };
  for (const [uri, edits] of edit.entries())
    preview.set(
      uri,
      edits.map((e): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [e, metadata]),
    );
  await vscode.workspace.applyEdit(preview, { isRefactoring: true });
}
