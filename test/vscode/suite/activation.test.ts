import * as vscode from 'vscode';
import type { Api } from '../../../client/src/entry.ts';
import { equal, eventually, ok } from './assert.ts';

const folder = vscode.workspace.workspaceFolders![0]!.uri;

export const extension = (): vscode.Extension<Api> => {
  const found = vscode.extensions.getExtension<Api>('azure-gitops.azure-gitops');
  ok(found, 'the extension is installed');
  return found;
};

describe('activation', () => {
  it('does not load the client for YAML that is none of our business', async () => {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'plain.yaml'));
    await eventually('the entry to activate', () => extension().isActive);
    await new Promise((resolve) => setTimeout(resolve, 300));
    equal(extension().exports.loaded, false, 'loaded');
  });

  it('costs next to nothing', () => {
    // The budget is 5 ms at the median over many starts; this is one start on a machine that does other things.
    ok(extension().exports.activation < 50, `activate took ${extension().exports.activation} ms`);
  });

  it('loads the client for one of ours, and the server answers', async () => {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'source.yaml'));
    await eventually('the client to load', () => extension().exports.loaded);
    await extension().exports.ready;
  });

  it('offers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const name of ['azureGitops.restart', 'azureGitops.showLog']) {
      ok(commands.includes(name), `${name} is there`);
    }
  });
});
