import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { startClient } from './client.ts';
import type { Running } from './entry.ts';

/** The part of the worker's interface that is used: the project compiles without the DOM's types. */
declare const Worker: new (script: string) => { terminate(): void };

/** The client of the web worker host: the server is a worker within it. */
export function start(context: vscode.ExtensionContext): Running {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist/language-server.js').toString(true);
  let worker: InstanceType<typeof Worker> | undefined;
  const stopWorker = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  const running = startClient(
    context.extensionUri,
    (id, name, options) =>
      new LanguageClient(
        id,
        name,
        async () => {
          stopWorker();
          worker = new Worker(script);
          return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
        },
        options,
      ),
    async (client) => {
      await client.stop().catch(() => undefined); // a server that hangs is no reason not to start another
      await client.start();
    },
  );
  return {
    ...running,
    async stop() {
      await running.stop();
      stopWorker();
    },
  };
}
