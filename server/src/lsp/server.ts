import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  type ServerCapabilities,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { type ClientInfo, readClientInfo } from './client-info.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { FEATURES } from './features.ts';
import { clientFiles, type FileSource } from './file-source.ts';
import { attempt, Log } from './guard.ts';
import { type IndexProgress, LiveWorkspace } from './live-workspace.ts';
import { TRUSTED } from './messages.ts';
import { StatusReporter } from './status.ts';

/** What a server gets from the place it runs in. */
export interface ServerHost {
  readonly version: string;
  /** The files of the machine, for clients that do not supply them; `undefined` where there is no file system. */
  readonly files?: FileSource;
  /** Where the pages of the rules are: a URI with a slash at the end. */
  readonly rulePages?: string;
}

const SECTION = 'azureGitops';
/** Indexing that takes no longer shows no progress. */
const PROGRESS_DELAY = 500;

/** Serves one client until it says exit. Nothing is loaded or awaited before `initialize` is answered. */
export function startServer(connection: Connection, host: ServerHost): void {
  const log = new Log(connection);
  connection.onInitialize((params) => initialize(connection, host, log, params));
  connection.listen();
}

function initialize(connection: Connection, host: ServerHost, log: Log, params: InitializeParams): InitializeResult {
  const client = readClientInfo(params);
  const rulePages = client.options.rulePages ?? host.rulePages;
  const live = new LiveWorkspace(
    {
      log,
      files: client.suppliesFiles ? clientFiles(connection) : host.files,
      load: () => import('./analysis.ts'),
      beginProgress: () => beginProgress(connection, log, client),
      notice: (text) => {
        // A client that shows our status shows the notice there.
        if (client.suppliesFiles) return;
        const message = { type: MessageType.Warning, message: text };
        attempt(log, 'window/showMessage', () => connection.sendNotification(ShowMessageNotification.method, message));
      },
    },
    client.folders,
    client.options.settings ?? {},
    client.options.trusted ?? true,
  );
  registerDocuments(connection, log, live);
  registerWorkspace(connection, log, live, client, host);
  registerDiagnostics(connection, log, live, {
    pull: client.pullsDiagnostics,
    refresh: client.refreshesDiagnostics,
    relatedInformation: client.showsRelatedInformation,
    yamlSyntax: client.options.yamlSyntax ?? !client.suppliesFiles,
    rulePage: (rule) => (rulePages ? `${rulePages}${rule}.md` : undefined),
  });
  const capabilities: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
    }),
  };
  for (const feature of FEATURES) Object.assign(capabilities, feature({ connection, log, live, client }));
  connection.onShutdown(() => live.stop());
  return { capabilities, serverInfo: { name: 'azure-gitops', version: host.version } };
}

function registerDocuments(connection: Connection, log: Log, live: LiveWorkspace): void {
  connection.onDidOpenTextDocument(({ textDocument }) =>
    attempt(log, 'textDocument/didOpen', () => live.open(textDocument.uri, textDocument.version, textDocument.text)),
  );
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    attempt(log, 'textDocument/didChange', () => live.change(textDocument.uri, textDocument.version, contentChanges)),
  );
  connection.onDidCloseTextDocument(({ textDocument }) =>
    attempt(log, 'textDocument/didClose', () => live.close(textDocument.uri)),
  );
}

function registerWorkspace(
  connection: Connection,
  log: Log,
  live: LiveWorkspace,
  client: ClientInfo,
  host: ServerHost,
): void {
  const askSettings = () => live.configureLater(connection.workspace.getConfiguration(SECTION));
  connection.onDidChangeConfiguration(({ settings }) =>
    attempt(log, 'workspace/didChangeConfiguration', () => {
      if (client.answersConfiguration) askSettings();
      else live.configure((settings as Record<string, unknown> | null)?.[SECTION] ?? {});
    }),
  );
  connection.onDidChangeWatchedFiles(({ changes }) =>
    attempt(log, 'workspace/didChangeWatchedFiles', () =>
      live.filesChanged(changes.map(({ uri, type }) => ({ uri, deleted: type === FileChangeType.Deleted }))),
    ),
  );
  connection.onInitialized(() =>
    attempt(log, 'initialized', async () => {
      if (client.answersConfiguration) askSettings();
      if (client.changesFolders)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
          attempt(log, 'workspace/didChangeWorkspaceFolders', () =>
            live.setFolders(
              added.map(({ uri }) => uri),
              removed.map(({ uri }) => uri),
            ),
          ),
        );
      if (client.registersConfiguration && client.answersConfiguration)
        await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
      // A client that supplies the files also watches them.
      if (client.registersWatchers && !client.suppliesFiles && host.files)
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: '**/{*.yaml,*.yml,*.json,*.kubeconfig,Kustomization,kubeconfig}' }],
        });
    }),
  );
  connection.onNotification(TRUSTED, () => attempt(log, TRUSTED, () => live.trust()));
  if (client.suppliesFiles) new StatusReporter(connection, log, live).start();
}

/** Progress in the client's own way, begun only when the work turns out to be long. */
function beginProgress(connection: Connection, log: Log, client: ClientInfo): IndexProgress {
  let reporter: Awaited<ReturnType<typeof connection.window.createWorkDoneProgress>> | undefined;
  let ended = !client.showsProgress;
  const timer = setTimeout(() => {
    if (!ended)
      attempt(log, 'window/workDoneProgress/create', async () => {
        const created = await connection.window.createWorkDoneProgress();
        if (ended) return;
        reporter = created;
        created.begin('Azure GitOps', 0, 'Reading the manifests of the workspace');
      });
  }, PROGRESS_DELAY);
  return {
    report: (done, total) => reporter?.report(Math.round((100 * done) / total), `${done} of ${total} files`),
    end: () => {
      ended = true;
      clearTimeout(timer);
      reporter?.done();
    },
  };
}
