import * as vscode from 'vscode';
import type { SchemaChecks } from './coexist.ts';

export const schemaChecks = (uri: vscode.Uri | undefined): SchemaChecks =>
  vscode.workspace.getConfiguration('azureGitops', uri).get<SchemaChecks>('schemaChecks', 'auto');

export const maxFiles = (): number =>
  Math.max(1, vscode.workspace.getConfiguration('azureGitops').get<number>('maxFiles', 2000));
