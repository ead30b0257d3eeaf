import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type PublishDiagnosticsParams,
  ResponseError,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { FileFindings } from '../engine/finding.ts';
import { canonicalUri } from '../text/uri.ts';
import { Converter, type DiagnosticOptions, toDiagnostic } from './convert.ts';
import { attempt, cancelled, guarded, type Log } from './guard.ts';
import type { Change, LiveWorkspace, Ready } from './live-workspace.ts';
import { Debounce, Slices } from './turns.ts';

export interface DiagnosticSettings extends DiagnosticOptions {
  /** YAML syntax errors are reported too: there may be nobody else to do it. */
  readonly yamlSyntax: boolean;
  /** The client asks for diagnostics; without, they are sent. */
  readonly pull: boolean;
  readonly refresh: boolean;
}

/** How long things must be quiet before diagnostics are sent that nobody asked for. */
const PUSH_DELAY = 50;
/** How long before the client is asked to ask again, and before a waiting workspace request looks again. */
const REFRESH_DELAY = 200;
const EMPTY: DocumentDiagnosticReport = { kind: 'full', resultId: 'none', items: [] };

/** What is found in a file as the client gets to see it, with an id that changes with it. */
class Findings {
  constructor(
    readonly live: LiveWorkspace,
    readonly settings: DiagnosticSettings,
  ) {}

  of({ session, analysis }: Ready, uri: string): FileFindings {
    const found = session.diagnostics(uri);
    if (!this.settings.yamlSyntax || !this.live.documents.has(uri)) return found;
    const syntax = analysis.syntaxFindings(session, uri);
    if (syntax.length === 0) return found;
    const id = syntax.map(({ span, message }) => `${span.start}-${span.end} ${message}`).join('\n');
    return { resultId: `${found.resultId} ${id}`, findings: [...found.findings, ...syntax] };
  }

  toDiagnostics(ready: Ready, uri: string, { findings }: FileFindings): Diagnostic[] {
    const converter = new Converter(this.live, ready);
    return findings.map((finding) => toDiagnostic(converter, uri, finding, this.settings));
  }
}

export function registerDiagnostics(
  connection: Connection,
  log: Log,
  live: LiveWorkspace,
  settings: DiagnosticSettings,
): void {
  const findings = new Findings(live, settings);
  if (settings.pull) registerPull(connection, log, live, findings);
  else new Push(connection, log, live, findings).start();
}

function registerPull(connection: Connection, log: Log, live: LiveWorkspace, findings: Findings): void {
  /** The last report of each file that had findings: the client may show them until told otherwise. */
  const told = new Set<string>();
  connection.languages.diagnostics.on(
    guarded<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      log,
      'textDocument/diagnostic',
      EMPTY,
      async ({ textDocument, previousResultId }) => {
        const uri = canonicalUri(textDocument.uri);
        const ready = await live.settled();
        if (!ready?.session.file(uri)) return unchangedOr(previousResultId, 'none', () => []);
        const found = findings.of(ready, uri);
        return unchangedOr(previousResultId, found.resultId, () => {
          const items = findings.toDiagnostics(ready, uri, found);
          if (items.length > 0) told.add(uri);
          return items;
        });
      },
    ) as never,
  );
  const polls = new WorkspacePolls(log, live, findings, told);
  connection.languages.diagnostics.onWorkspace(async (params, token, _progress, partial) => {
    try {
      return await polls.answer(params, token, partial);
    } catch (error) {
      if (error instanceof ResponseError) return error;
      log.error('workspace/diagnostic', error);
      return { items: [] };
    }
  });
  if (!findings.settings.refresh) return;
  const refresh = new Debounce(REFRESH_DELAY, () =>
    attempt(log, 'workspace/diagnostic/refresh', () => connection.languages.diagnostics.refresh()),
  );
  live.onChange(({ kind }) => {
    if (kind === 'files') refresh.trigger();
  });
}

const unchangedOr = (
  previous: string | undefined,
  resultId: string,
  items: () => Diagnostic[],
): DocumentDiagnosticReport =>
  previous === resultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items: items() };

/**
 * Answers workspace diagnostics: a report for each file that has findings, or had some when the client was last told. A
 * client that takes partial results asks again as soon as it is answered, so that all but its first request wait until
 * there is news.
 */
class WorkspacePolls {
  readonly #waiting = new Set<() => void>();
  #answered = false;
  readonly #wake = new Debounce(REFRESH_DELAY, () => {
    for (const wake of [...this.#waiting]) wake();
  });

  constructor(
    readonly log: Log,
    readonly live: LiveWorkspace,
    readonly findings: Findings,
    readonly told: Set<string>,
  ) {
    live.onChange(() => {
      if (this.#waiting.size > 0) this.#wake.trigger();
    });
  }

  async answer(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    partial: ResultProgressReporter<WorkspaceDiagnosticReport> | undefined,
  ): Promise<WorkspaceDiagnosticReport | ResponseError<void>> {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
    for (;;) {
      if (token.isCancellationRequested) return cancelled();
      const { revision } = this.live;
      if (this.live.awake && !this.live.indexing) {
        const news = await this.#news(previous, token, partial);
        if (!partial) return { items: news };
        if (token.isCancellationRequested) return cancelled();
        if (news.length > 0 || !this.#answered) {
          this.#answered = true;
          return { items: [] };
        }
      } else if (!partial && !this.live.awake) return { items: [] };
      await this.#change(token, this.live.revision === revision);
    }
  }

  /** The reports that differ from what the client has; sent as they come where it takes partial results. */
  async #news(
    previous: ReadonlyMap<string, string>,
    token: CancellationToken,
    partial: ResultProgressReporter<WorkspaceDiagnosticReport> | undefined,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const news: WorkspaceDocumentDiagnosticReport[] = [];
    let sent = 0;
    const send = () => {
      if (partial && sent < news.length) partial.report({ items: news.slice(sent) });
      sent = news.length;
    };
    const slices = new Slices();
    const ready = await this.live.ready();
    if (!ready) return news;
    for (const uri of [...ready.session.uris()]) {
      if (slices.over) {
        send();
        await slices.pause();
        // A text that came in between is part of what follows.
        this.live.current();
        if (token.isCancellationRequested) return news;
      }
      const found = this.findings.of(ready, uri);
      const before = previous.get(uri);
      if (before === found.resultId) continue;
      const items = this.findings.toDiagnostics(ready, uri, found);
      if (items.length === 0 && before === undefined && !this.told.has(uri)) continue;
      if (items.length > 0) this.told.add(uri);
      else this.told.delete(uri);
      news.push(this.#report(uri, found.resultId, items));
    }
    for (const uri of new Set([...previous.keys(), ...this.told]))
      if (!ready.session.file(uri) && previous.get(uri) !== 'none') {
        this.told.delete(uri);
        news.push(this.#report(uri, 'none', []));
      }
    send();
    return news;
  }

  #report(uri: string, resultId: string, items: Diagnostic[]): WorkspaceDocumentDiagnosticReport {
    const version = this.live.documents.get(uri)?.version ?? null;
    return { kind: 'full', uri: this.live.spelling(uri), version, resultId, items };
  }

  /** Waits for the next change, or, where there was one already, for things to calm down; and for a cancellation. */
  #change(token: CancellationToken, next: boolean): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        listener.dispose();
        resolve();
      };
      const listener = token.onCancellationRequested(wake);
      this.#waiting.add(wake);
      if (!next) this.#wake.trigger();
    });
  }
}

/** For clients that do not ask: the diagnostics of every open document, sent when it is opened and after changes. */
class Push {
  /** By canonical URI: the id and version that the client was told last, and how it spells the URI. */
  readonly #sent = new Map<string, { uri: string; resultId: string; version: number }>();
  readonly #timer = new Debounce(PUSH_DELAY, () => attempt(this.log, 'Sending diagnostics', () => this.#send()));

  constructor(
    readonly connection: Connection,
    readonly log: Log,
    readonly live: LiveWorkspace,
    readonly findings: Findings,
  ) {}

  start(): void {
    this.live.onChange((change) => this.#changed(change));
  }

  #changed(change: Change): void {
    let isNew = false;
    if (change.kind === 'text') {
      const isOpen = this.live.documents.has(change.uri);
      const last = this.#sent.get(change.uri);
      isNew = isOpen && !last;
      if (!isOpen && last) {
        this.#sent.delete(change.uri);
        this.#publish({ uri: last.uri, diagnostics: [] });
      }
    }
    this.#timer.trigger(isNew ? 0 : undefined);
  }

  async #send(): Promise<void> {
    const slices = new Slices();
    for (const uri of [...this.live.documents.entries()].map(([key]) => key)) {
      await slices.pause();
      const ready = await this.live.settled();
      const document = this.live.documents.get(uri);
      if (!ready || !document) continue;
      const { uri: spelling, version } = document;
      const found = this.findings.of(ready, uri);
      const last = this.#sent.get(uri);
      if (last?.resultId === found.resultId && last.version === version) continue;
      this.#sent.set(uri, { uri: spelling, resultId: found.resultId, version });
      this.#publish({ uri: spelling, version, diagnostics: this.findings.toDiagnostics(ready, uri, found) });
    }
  }

  #publish(params: PublishDiagnosticsParams): void {
    attempt(this.log, 'Sending diagnostics', () => this.connection.sendDiagnostics(params));
  }
}
