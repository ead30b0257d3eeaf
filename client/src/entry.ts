import * as vscode from 'vscode';
import { concernsUs } from '../../server/src/model/prefilter.ts';
import { isServed } from './documents.ts';

/** The part of the extension that is loaded late. */
export interface Late {
  start(context: vscode.ExtensionContext, host: 'node' | 'web'): Running;
}

export interface Running {
  restart(): Promise<void>;
  showLog(): void;
  /** Runs a command of ours by the last part of its name. */
  command(name: string, ...args: unknown[]): Promise<void>;
  /** Resolves when the server has answered `initialize`. */
  readonly ready: Promise<void>;
  /** Ends the server. */
  stop(): Promise<void>;
}

/** What `activate` returns: enough for tests to see what happened. */
export interface Api {
  /** Whether the client was loaded, because something concerned us. */
  readonly loaded: boolean;
  /** How long `activate` took, in milliseconds. */
  readonly activation: number;
  /** Resolves when the server runs; undefined while nothing has concerned us. */
  readonly ready: Promise<void> | undefined;
}

/** The commands that the late part carries out: see commands/. */
const COMMANDS = [
  'generate',
  'fixFile',
  'fixWorkspace',
  'openRules',
  'toggleEncryptedValues',
  // Not in the palette: code actions and code lenses run them.
  'explain',
  'suppress',
  'typeCommand',
  'showReferences',
] as const;

let running: Promise<Running> | undefined;

/** Ends the server, if there is one. The editor waits for it. */
export const deactivateEntry = async (): Promise<void> => (await running)?.stop();

/**
 * Waits until a document concerns us or a command of ours runs, and only then loads the client: in a workspace that is
 * none of our business this file is all that ever runs.
 */
export function activateEntry(context: vscode.ExtensionContext, host: 'node' | 'web', load: () => Promise<Late>): Api {
  const began = performance.now();
  const waiting: vscode.Disposable[] = [];
  const client = (): Promise<Running> => {
    if (!running) {
      for (const disposable of waiting.splice(0)) disposable.dispose();
      running = load().then((late) => late.start(context, host));
      running.catch((error) => console.error('Azure GitOps could not load its client', error));
    }
    return running;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('azureGitops.restart', async () => {
      const already = running !== undefined;
      const it = await client();
      if (already) await it.restart();
    }),
    vscode.commands.registerCommand('azureGitops.showLog', async () => (await client()).showLog()),
    ...COMMANDS.map((name) =>
      vscode.commands.registerCommand(`azureGitops.${name}`, async (...args: unknown[]) =>
        (await client()).command(name, ...args),
      ),
    ),
    { dispose: () => vscode.Disposable.from(...waiting.splice(0)).dispose() },
  );

  const look = (document: vscode.TextDocument): void => {
    if (isServed(document) && concernsUs(document.uri.path, document.getText())) void client();
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Only the lines that changed: the rest was looked at before.
      if (!isServed(document)) return;
      const touched = contentChanges.map(({ range, text }) => {
        const first = document.lineAt(Math.min(range.start.line, document.lineCount - 1)).text;
        return `${first}\n${text}`;
      });
      if (concernsUs(document.uri.path, touched.join('\n'))) void client();
    }),
  );
  for (const document of vscode.workspace.textDocuments) {
    if (running !== undefined) break;
    look(document);
  }
  const activation = performance.now() - began;
  return {
    activation,
    get loaded() {
      return running !== undefined;
    },
    get ready() {
      return running?.then((it) => it.ready);
    },
  };
}
