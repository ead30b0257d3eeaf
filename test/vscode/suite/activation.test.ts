import * as vscode from 'vscode';
import { equal } from './assert.ts';

describe('activation', () => {
  it('has a host', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'plain.yaml'));
    equal(document.languageId, 'yaml');
    console.log(
      String(vscode.env.uiKind),
      vscode.version,
      vscode.extensions.getExtension('azure-gitops.azure-gitops')?.extensionKind,
      vscode.extensions.getExtension('azure-gitops.azure-gitops')?.extensionUri.toString(),
    );
  });
});
