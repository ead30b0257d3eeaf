import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startClient } from './client.ts';
import type { Running } from './entry.ts';

/** The client of desktop and remote hosts: the server is a process of its own. */
export function start(context: ExtensionContext): Running {
  const module = context.asAbsolutePath('dist/server.js');
  return startClient(
    context.extensionUri,
    (id, name, options) =>
      new LanguageClient(
        id,
        name,
        {
          run: { module, transport: TransportKind.ipc },
          debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
        },
        options,
      ),
    (client) => (client as LanguageClient).restart(),
  );
}
