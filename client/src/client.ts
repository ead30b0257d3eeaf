import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, Middleware } from 'vscode-languageclient';
import { State } from 'vscode-languageclient';
import { hasForeignSchema, visibleItems } from './coexist.ts';
import { runCommand } from './commands/index.ts';
import { isForeignScheme, isServed, languageIds } from './documents.ts';
import type { Running } from './entry.ts';
import {
  FILES,
  type InitializationOptions,
  READ_FILE,
  type ReadFileParams,
  STATUS,
  type Status,
  TRUSTED,
} from './protocol.ts';
import { registerRulePages } from './rule-pages.ts';
import { maxFiles, schemaChecks } from './settings.ts';
import { ShownDiagnostics } from './shown-diagnostics.ts';
import { StatusItems } from './status.ts';
import { listFiles, readFile, WatchedFiles } from './workspace-files.ts';

/** Makes the client of a host: `id` is the section of its settings, `name` is for people. */
export type MakeClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Starts the language client and all that hangs on it. It ends with `stop()`. */
export function startClient(
  extensionUri: vscode.Uri,
  make: MakeClient,
  restart: (client: BaseLanguageClient) => Promise<void>,
): Running {
  const log = vscode.window.createOutputChannel('Azure GitOps', { log: true });
  const shown = new ShownDiagnostics();
  const status = new StatusItems();
  const watched = new WatchedFiles();
  const initializationOptions = (): InitializationOptions => ({
    trusted: vscode.workspace.isTrusted,
    maxFiles: maxFiles(),
    rulePages: `${vscode.Uri.joinPath(extensionUri, 'docs/rules')}/`,
  });
  const client = make('azureGitops', 'Azure GitOps', {
    documentSelector: languageIds.map((language) => ({ language })),
    outputChannel: log,
    initializationOptions,
    diagnosticCollectionProvider: shown,
    diagnosticPullOptions: {
      onChange: true,
      onTabs: true,
      filter: (document) => !isServed(document),
      match: (_, uri) => /\.(?:ya?ml|json)$/i.test(uri.path) && !isForeignScheme(uri),
    },
    synchronize: {
      configurationSection: 'azureGitops',
      fileEvents: vscode.workspace.createFileSystemWatcher(
        '**/{*.yaml,*.yml,*.json,*.kubeconfig,Kustomization,kubeconfig}',
      ),
    },
    middleware: middleware(watched),
    markdown: { supportHtml: false },
  });
  const subscriptions = [
    registerRulePages(extensionUri),
    client.onRequest(FILES, async (token: vscode.CancellationToken) => {
      const result = await listFiles(token);
      watched.listed(result.files);
      return result;
    }),
    client.onRequest(READ_FILE, ({ uri }: ReadFileParams) => readFile(vscode.Uri.parse(uri))),
    client.onNotification(STATUS, (value: Status) => status.update(value)),
    client.onDidChangeState(({ newState }) => status.setRunning(newState === State.Running)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(TRUSTED)),
  ];
  const ready = client.start();
  ready.catch((error) => log.error(`The language server did not start: ${error}`));
  return {
    ready,
    restart: () => restart(client),
    showLog: () => log.show(),
    async command(name, ...args) {
      await ready;
      await runCommand(name, { client }, args);
    },
    async stop() {
      await client.stop().catch(() => undefined); // it may be starting, or gone
      vscode.Disposable.from(...subscriptions, shown, status, watched, log).dispose();
    },
  };
}

function middleware(watched: WatchedFiles): Middleware {
  return {
    // Copies of files (the left side of a diff, a commit) are nobody's manifests: the server never hears of them.
    didOpen: async (document, next) => {
      if (isServed(document)) await next(document);
    },
    didChange: async (event, next) => {
      if (isServed(event.document)) await next(event);
    },
    didClose: async (document, next) => {
      if (isServed(document)) await next(document);
    },
    provideCompletionItem: async (document, position, context, token, next) => {
      const result = await next(document, position, context, token);
      if (!result) return result;
      const foreign = hasForeignSchema(document.getText(), {
        yamlExtension: vscode.extensions.getExtension('redhat.vscode-yaml')?.isActive === true,
        kubernetesExtension:
          vscode.extensions.getExtension('ms-kubernetes-tools.vscode-kubernetes-tools') !== undefined,
        schemas: vscode.workspace.getConfiguration('yaml', document.uri).get<Record<string, unknown>>('schemas', {}),
      });
      const mode = schemaChecks(document.uri);
      if (Array.isArray(result)) return visibleItems(result, foreign, mode);
      result.items = visibleItems(result.items, foreign, mode);
      return result;
    },
    workspace: {
      didChangeWatchedFile: async (event, next) => {
        // 1 is "created", 2 "changed", 3 "deleted".
        if (await watched.concerns(event.uri, event.type === 1)) await next(event);
      },
    },
  };
}
