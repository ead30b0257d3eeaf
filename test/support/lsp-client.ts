import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach } from 'node:test';
import {
  type CancellationToken,
  type ClientCapabilities,
  createMessageConnection,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type MessageConnection,
  ProgressType,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';

export interface StartOptions {
  /** Absolute paths or URIs; none by default. */
  readonly folders?: readonly string[];
  /** Merged over {@link EDITOR}, one level deep. */
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What `workspace/configuration` answers. */
  readonly settings?: unknown;
  /** Requests of the server beyond those every client answers. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
  /** The script, with its arguments. */
  readonly command?: readonly string[];
}

/** An editor that can do what the server makes use of. Tests take away what they are about. */
export const EDITOR: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    diagnostic: { relatedDocumentSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: {
      completionItem: { snippetSupport: true, labelDetailsSupport: true, insertReplaceSupport: true },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

const running = new Set<ChildProcess>();
// A test that fails leaves no server behind: it would keep the test run from ending.
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** A server of the built bundle in a process of its own, and the editor's side of the conversation. */
export class LspClient {
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  readonly requests: { readonly method: string; readonly params: unknown }[] = [];
  readonly #waiting = new Set<() => void>();
  settings: unknown;
  initialized!: InitializeResult;

  private constructor(
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
  ) {}

  static async start(options: StartOptions = {}): Promise<LspClient> {
    const client = LspClient.spawn(options);
    const { folders = [], capabilities = {}, initializationOptions } = options;
    const workspaceFolders = folders.map((f) => ({ uri: f.includes('://') ? f : uriOf(f), name: f }));
    client.initialized = await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: workspaceFolders[0]?.uri ?? null,
      workspaceFolders: workspaceFolders.length > 0 ? workspaceFolders : null,
      capabilities: {
        ...EDITOR,
        ...capabilities,
        workspace: { ...EDITOR.workspace, ...capabilities.workspace },
        textDocument: { ...EDITOR.textDocument, ...capabilities.textDocument },
      },
      initializationOptions,
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  /** The process with a connection, before `initialize`. */
  static spawn({ command = [SERVER, '--stdio'], answers = {}, settings }: StartOptions = {}): LspClient {
    requireBuild();
    const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    running.add(child);
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new LspClient(child, connection);
    client.settings = settings ?? {};
    connection.onRequest((method, params) => {
      client.requests.push({ method, params });
      client.#notice();
      const answer = answers[method];
      if (answer) return answer(params as never);
      if (method === 'workspace/configuration')
        return (params as { items: unknown[] }).items.map(() => client.settings);
      return null;
    });
    connection.onNotification((method, params) => {
      client.notifications.push({ method, params });
      client.#notice();
    });
    connection.listen();
    return client;
  }

  #notice(): void {
    for (const check of [...this.#waiting]) check();
  }

  /** Waits for something the server sends to make `find` answer; fails after ten seconds. */
  until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find();
        if (found === undefined) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`Waited for ${what} in vain. Log: ${this.log().join('\n')}`));
      }, 10_000);
      this.#waiting.add(check);
      check();
    });
  }

  /** The messages the server has logged, warnings and errors only. */
  log(): string[] {
    return this.notifications
      .filter(({ method, params }) => method === 'window/logMessage' && (params as { type: number }).type <= 2)
      .map(({ params }) => (params as { message: string }).message);
  }

  request<T>(method: string, params: unknown, token?: CancellationToken): Promise<T> {
    // What is passed as undefined would be taken for a second positional parameter.
    return token
      ? this.connection.sendRequest<T>(method, params, token)
      : this.connection.sendRequest<T>(method, params);
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.connection.sendNotification(method, params);
  }

  async open(uri: string, text: string, version = 1): Promise<void> {
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
  }

  async change(uri: string, version: number, ...changes: { range?: Range; text: string }[]): Promise<void> {
    await this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
  }

  async close(uri: string): Promise<void> {
    await this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  diagnostics(uri: string, previousResultId?: string, token?: CancellationToken): Promise<DocumentDiagnosticReport> {
    return this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId }, token);
  }

  /** The rules found in a file, in order. */
  async rules(uri: string): Promise<unknown[]> {
    const report = await this.diagnostics(uri);
    if (report.kind !== 'full') throw new Error('expected a full report');
    return report.items.map((item) => item.code);
  }

  workspaceDiagnostics(
    previousResultIds: readonly { uri: string; value: string }[] = [],
    partialResultToken?: string,
    token?: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    return this.request('workspace/diagnostic', { previousResultIds, partialResultToken }, token);
  }

  /** Partial results and progress under a token. */
  onProgress(token: string, listener: (value: unknown) => void): void {
    this.connection.onProgress(new ProgressType(), token, (value) => {
      listener(value);
      this.#notice();
    });
  }

  /** Waits until the server has read the files of the workspace. */
  async indexed(): Promise<void> {
    await this.until('the index', () => this.requests.find(({ method }) => method === 'workspace/diagnostic/refresh'));
  }

  /** Ends the server as an editor does and answers its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    await this.request('shutdown', undefined);
    const exit = once(this.process, 'exit');
    await this.notify('exit', undefined);
    const [code] = await exit;
    this.connection.dispose();
    return code as number | null;
  }
}

export const SERVER = resolve('dist/server.js');

export const uriOf = (path: string): string => new URL(`file://${encodeURI(resolve(path))}`).href;

/** Tests that speak to the bundle fail early, and say why, where there is none. */
function requireBuild(): void {
  if (!existsSync(SERVER)) throw new Error('dist/server.js is missing: run `npm run build`.');
  if (statSync(SERVER).size === 0) throw new Error('dist/server.js is empty.');
}
