import * as vscode from 'vscode';
import type { GeneratedFile } from '../protocol.ts';

type Where = 'open' | 'insert' | 'write';

/** Shows what was generated in editors, inserts it, or writes the files it names: as the user chooses. */
export async function place(title: string, files: readonly GeneratedFile[]): Promise<void> {
  const where = await chooseWhere(title, files);
  if (where === 'open') await openAll(files);
  else if (where === 'insert') await insert(files);
  else if (where === 'write') await write(files);
}

async function chooseWhere(title: string, files: readonly GeneratedFile[]): Promise<Where | undefined> {
  const { l10n } = vscode;
  const editor = vscode.window.activeTextEditor;
  const names = files.map((f) => f.path).join(', ');
  const items: (vscode.QuickPickItem & { where: Where })[] = [
    { label: l10n.t('Show in a new editor'), detail: names, where: 'open' },
  ];
  if (editor?.document.languageId === 'yaml' && files.length === 1 && files[0]?.language === 'yaml') {
    const name = vscode.workspace.asRelativePath(editor.document.uri);
    items.push({ label: l10n.t('Insert into {0}', name), where: 'insert' });
  }
  if (vscode.workspace.workspaceFolders?.length)
    items.push({ label: l10n.t('Write to a folder…'), detail: names, where: 'write' });
  const placeHolder = l10n.t('Where shall it go?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.where;
}

async function openAll(files: readonly GeneratedFile[]): Promise<void> {
  for (const { language, content } of files) {
    const document = await vscode.workspace.openTextDocument({ language, content });
    await vscode.window.showTextDocument(document, { preview: false });
  }
  const notes = files.flatMap((f) => f.note ?? []);
  if (notes.length > 0) await vscode.window.showInformationMessage(notes.join(' '));
}

/** At the end of the document that is being edited, as a document of its own. */
async function insert([file]: readonly GeneratedFile[]): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !file) return;
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const text = document.getText();
  const lead = text.trim() === '' ? '' : `${text.endsWith('\n') ? '' : '\n'}---\n`;
  await editor.edit((edit) => edit.insert(end, lead + file.content.replace(/^---\n/, '')));
  editor.revealRange(new vscode.Range(end, end), vscode.TextEditorRevealType.InCenter);
}

/** Writes below a folder of the workspace. What exists is shown beside what would replace it, and stays without a yes. */
async function write(files: readonly GeneratedFile[]): Promise<void> {
  const { l10n } = vscode;
  const active = vscode.window.activeTextEditor?.document.uri;
  const start =
    active && vscode.workspace.getWorkspaceFolder(active)
      ? vscode.Uri.joinPath(active, '..')
      : vscode.workspace.workspaceFolders?.[0]?.uri;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: l10n.t('Write here'),
      ...(start && { defaultUri: start }),
    })) ?? [];
  if (!folder) return;
  const plans = files.map((file) => ({ uri: vscode.Uri.joinPath(folder, file.path), file }));
  for (const { uri, file } of plans) if ((await exists(uri)) && !(await mayReplace(uri, file))) return;
  // All or nothing: nobody is left with half of it.
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, file } of plans)
    edit.createFile(uri, { overwrite: true, contents: new TextEncoder().encode(file.content) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    await vscode.window.showErrorMessage(l10n.t('The files could not be written.'));
    return;
  }
  for (const { uri } of plans) await vscode.window.showTextDocument(uri, { preview: false });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function mayReplace(uri: vscode.Uri, { language, content }: GeneratedFile): Promise<boolean> {
  const { l10n } = vscode;
  const proposed = await vscode.workspace.openTextDocument({ language, content });
  const name = vscode.workspace.asRelativePath(uri);
  await vscode.commands.executeCommand('vscode.diff', uri, proposed.uri, l10n.t('{0}: as it is ↔ generated', name));
  const replace = l10n.t('Replace');
  const detail = l10n.t('Its content will be replaced by what the editor shows on the right.');
  const message = l10n.t('{0} exists already.', name);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, replace)) === replace;
}
