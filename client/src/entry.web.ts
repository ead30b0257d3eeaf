import * as vscode from 'vscode';
import { type Api, activateEntry, deactivateEntry, type Late } from './entry.ts';

/** The entry for the web worker host. */
export const activate = (context: vscode.ExtensionContext): Api => activateEntry(context, 'web', () => load(context));

export const deactivate = deactivateEntry;

/**
 * A worker host gives an extension one file: its `require` knows `vscode` and nothing else. The client is therefore
 * read as a file and imported as a module of its own, which the host's content policy allows for blobs. Being CommonJS,
 * it is put into a function of CommonJS's three arguments, and so can be handed this host's `vscode`.
 */
async function load(context: vscode.ExtensionContext): Promise<Late> {
  const file = vscode.Uri.joinPath(context.extensionUri, 'dist/client.js');
  const bytes = await vscode.workspace.fs.readFile(file);
  const url = URL.createObjectURL(
    new Blob(['export default (module, exports, require) => {', bytes, '\n};'], { type: 'text/javascript' }),
  );
  try {
    const { default: define } = (await import(url)) as { default: CommonJs };
    const module = { exports: {} as Late };
    define(module, module.exports, () => vscode);
    return module.exports;
  } finally {
    URL.revokeObjectURL(url);
  }
}

type CommonJs = (module: { exports: Late }, exports: Late, require: (name: string) => unknown) => void;
