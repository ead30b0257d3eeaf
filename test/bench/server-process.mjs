// A language server as a child process that speaks LSP over stdio, and what a measurement needs of it: no dependency, no
// work between the arrival of an answer and the time stamp but the parse of its JSON.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export const now = () => performance.now();
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What VS Code tells a server it can do, as far as either server looks at it. */
const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
    completion: {
      contextSupport: true,
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        resolveSupport: { properties: ['documentation', 'detail'] },
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

export class ServerProcess {
  #child;
  #pending = new Map();
  #nextId = 1;
  #head = [];
  #have = 0;
  #need = -1;
  #stderr = '';
  #exited;
  /** Called with each notification: (method, params, time). */
  listeners = new Set();
  spawned = now();

  constructor({ command, settings }) {
    this.settings = settings ?? {};
    this.#child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdout.on('data', (data) => this.#receive(data));
    this.#child.stderr.on('data', (data) => {
      this.#stderr = (this.#stderr + data).slice(-2000);
    });
    this.#child.stdin.on('error', () => {});
    this.#child.on('error', (error) => this.#end(String(error)));
    this.#child.on('exit', (code, signal) => this.#end(`exit ${code ?? signal}`));
  }

  #end(why) {
    this.#exited ??= why;
    for (const { reject } of this.#pending.values()) reject(new Error(`the server ended (${why}): ${this.#stderr}`));
    this.#pending.clear();
  }

  #receive(data) {
    this.#head.push(data);
    this.#have += data.length;
    for (;;) {
      if (this.#need < 0) {
        const buffer = Buffer.concat(this.#head);
        this.#head = [buffer];
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        this.#need = Number(/content-length: *(\d+)/i.exec(buffer.toString('latin1', 0, end))[1]);
        this.#head = [buffer.subarray(end + 4)];
        this.#have = buffer.length - end - 4;
      }
      if (this.#have < this.#need) return;
      const buffer = Buffer.concat(this.#head);
      const message = JSON.parse(buffer.toString('utf8', 0, this.#need));
      const time = now();
      this.#head = [buffer.subarray(this.#need)];
      this.#have = buffer.length - this.#need;
      this.#need = -1;
      this.#dispatch(message, time);
    }
  }

  #dispatch(message, time) {
    if (message.method === undefined) {
      const waiting = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) waiting?.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
      else waiting?.resolve({ result: message.result, time });
    } else if (message.id !== undefined)
      this.#send({ id: message.id, result: this.#answer(message.method, message.params) });
    else for (const listener of this.listeners) listener(message.method, message.params, time);
  }

  #answer(method, params) {
    if (method === 'workspace/configuration') return params.items.map(({ section }) => this.settings[section] ?? null);
    if (method === 'workspace/workspaceFolders') return this.folders;
    return null;
  }

  #send(message) {
    if (this.#exited) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** Answers `{ result, time }`, the time being that of the arrival. `.id` of the promise is what cancel() takes. */
  request(method, params, timeout = 300_000) {
    const id = this.#nextId++;
    const promise = new Promise((resolve, reject) => {
      if (this.#exited) return reject(new Error(`the server ended (${this.#exited}): ${this.#stderr}`));
      const timer = setTimeout(() => reject(new Error(`no answer to ${method} in ${timeout} ms`)), timeout);
      timer.unref?.();
      this.#pending.set(id, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
    this.#send({ id, method, params });
    return Object.assign(promise, { id });
  }

  cancel(id) {
    this.notify('$/cancelRequest', { id });
  }

  async initialize(rootUri) {
    this.folders = rootUri ? [{ uri: rootUri, name: 'bench' }] : null;
    const { result, time } = await this.request('initialize', {
      processId: process.pid,
      rootUri: rootUri ?? null,
      workspaceFolders: this.folders,
      capabilities: CAPABILITIES,
      initializationOptions: {},
    });
    this.capabilities = result.capabilities;
    this.notify('initialized', {});
    this.notify('workspace/didChangeConfiguration', { settings: this.settings });
    return time - this.spawned;
  }

  /** Resident memory in MiB of the process; Linux and macOS. */
  memory() {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
    } catch {
      try {
        return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(this.#child.pid)], { encoding: 'utf8' })) / 1024;
      } catch {
        return undefined;
      }
    }
  }

  #cpu() {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return 0;
    }
  }

  /** Waits until the process has used next to no processor time for `quiet` ms, so that one measurement does not leak into the next. */
  async idle(quiet = 300, limit = 60_000) {
    const end = now() + limit;
    let last = this.#cpu();
    let since = now();
    while (now() < end && !this.#exited) {
      await sleep(50);
      const cpu = this.#cpu();
      if (cpu > last) since = now();
      last = cpu;
      if (now() - since >= quiet) return;
    }
  }

  async stop() {
    if (this.#exited) return;
    try {
      await this.request('shutdown', null, 5000);
      this.notify('exit', null);
    } catch {}
    for (let i = 0; i < 40 && !this.#exited; i++) await sleep(25);
    if (!this.#exited) this.#child.kill('SIGKILL');
  }
}

/** An open document as an editor keeps it. Answers to changes come by pull where the server offers it, else by push. */
export class OpenDocument {
  #server;
  #waiting = new Set();
  #resultId;
  #version = 1;
  #inFlight;
  #again = false;
  /** The last diagnostics, as one string. */
  state;

  constructor(server, uri, text) {
    this.#server = server;
    this.uri = uri;
    this.text = text;
    this.lines = text.split('\n');
    this.pulls = server.capabilities.diagnosticProvider !== undefined;
    server.listeners.add((method, params, time) => {
      if (!this.pulls && method === 'textDocument/publishDiagnostics' && params.uri === uri)
        this.#arrived(params.diagnostics, time, params.version);
    });
  }

  #arrived(diagnostics, time, version) {
    if (diagnostics) {
      this.count = diagnostics.length;
      this.state = JSON.stringify(diagnostics.map((d) => [d.range, d.message]));
    }
    for (const waiter of [...this.#waiting]) waiter(time, version);
  }

  #pull() {
    if (!this.pulls) return;
    if (this.#inFlight !== undefined) {
      // As VS Code does: the change cancels the request that runs, and asks again when that has come back.
      this.#again = true;
      this.#server.cancel(this.#inFlight);
      return;
    }
    const version = this.#version;
    const done = () => {
      this.#inFlight = undefined;
      if (this.#again) {
        this.#again = false;
        this.#pull();
      }
    };
    const request = this.#server.request('textDocument/diagnostic', {
      textDocument: { uri: this.uri },
      previousResultId: this.#resultId,
    });
    this.#inFlight = request.id;
    request.then(
      ({ result, time }) => {
        this.#resultId = result.resultId;
        this.#arrived(result.kind === 'full' ? result.items : undefined, time, version);
        done();
      },
      (error) => {
        // Cancelled or overtaken by a change: asked again.
        if (error.code === -32802 || error.code === -32801) this.#again = true;
        done();
      },
    );
  }

  /** Resolves with the time at which the diagnostics were such that `accept` says yes. */
  #until(accept, timeout = 120_000) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(new Error(`no diagnostics in ${timeout} ms`));
      }, timeout);
      const waiter = (time, version) => {
        if (!accept(version)) return;
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(time);
      };
      this.#waiting.add(waiter);
    });
  }

  /** Opens the document; the ms until its first diagnostics. */
  async open() {
    const answer = this.#until(() => true);
    const start = now();
    this.#server.notify('textDocument/didOpen', {
      textDocument: { uri: this.uri, languageId: 'yaml', version: 1, text: this.text },
    });
    this.#pull();
    return (await answer) - start;
  }

  #change(line, from, to, text) {
    const old = this.lines[line];
    this.lines[line] = old.slice(0, from) + text + old.slice(to);
    this.#version++;
    const full =
      (this.#server.capabilities.textDocumentSync?.change ?? this.#server.capabilities.textDocumentSync) === 1;
    const change = full
      ? { text: this.lines.join('\n') }
      : { range: { start: { line, character: from }, end: { line, character: to } }, text };
    this.#server.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.#version },
      contentChanges: [change],
    });
    this.#pull();
  }

  /** Sends one edit and does not wait. */
  send(line, from, to, text) {
    const start = now();
    this.#change(line, from, to, text);
    return { start, version: this.#version };
  }

  /** One edit that is known to change the diagnostics; the ms until changed ones arrive. */
  async edit(line, from, to, text) {
    const before = this.state;
    const version = this.#version + 1;
    const answer = this.#until((v) => (v == null || v >= version) && this.state !== before);
    const { start } = this.send(line, from, to, text);
    return (await answer) - start;
  }

  /** Resolves with the time at which the next diagnostics that equal `state` arrive. */
  reaches(state) {
    return this.#until(() => this.state === state);
  }
}
