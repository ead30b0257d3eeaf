import * as vscode from 'vscode';
import type { Api } from '../../../client/src/entry.ts';
import { ok } from './assert.ts';

/** Our extension, as this host runs it. */
export function extension(): vscode.Extension<Api> {
  const found = vscode.extensions.getExtension<Api>('azure-gitops.azure-gitops');
  ok(found, 'the extension is not installed');
  return found;
}

/** A file of the workspace that the run was given. */
export const inWorkspace = (path: string): vscode.Uri =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
