import * as vscode from 'vscode';
import { rulePage } from '../rule-pages.ts';

/** Shows the list of all rules, which comes with the extension: it works offline. */
export async function openRules(): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', rulePage('README'));
}
