import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { Session } from '../engine/session.ts';
import type { Settings } from '../model/context.ts';
import { mayHoldManifests } from '../model/file-names.ts';
import { concernsUs } from '../model/prefilter.ts';
import { canonicalUri } from '../text/uri.ts';
import type { FileList, FileSource } from './file-source.ts';
import { attempt, type Log } from './guard.ts';
import { OpenDocuments } from './open-documents.ts';
import { Debounce, nextTurn, Slices } from './turns.ts';

/** The part of the server that is loaded when there is something to do. */
export type Analysis = typeof import('./analysis.ts');

/** A session that is up to date with every open document. */
export interface Ready {
  readonly session: Session;
  readonly analysis: Analysis;
}

/** `text`: an open document has changed, been opened or closed; `files`: anything else has, in any number of files. */
export type Change = { readonly kind: 'text'; readonly uri: string } | { readonly kind: 'files' };

export interface IndexProgress {
  report(done: number, total: number): void;
  end(): void;
}

export interface Surroundings {
  readonly log: Log;
  /** `undefined`: there are no files but the open ones. */
  readonly files: FileSource | undefined;
  readonly load: () => Promise<Analysis>;
  readonly beginProgress: () => IndexProgress;
  readonly notice: (text: string) => void;
}

/** How long answers that depend on other files wait for these at most, from when a document of ours was first open. */
const PATIENCE = 1_000;
const DEFAULT_MAX_FILES = 2_000;
/** In UTF-16 units; a file of ASCII has as many bytes. */
const MAX_TOTAL = 64 * 1024 * 1024;
const BATCH = 32;

/**
 * The open documents and the files of the workspace, fed into one session. Until a document that concerns us is open,
 * nothing is loaded, listed or read.
 */
export class LiveWorkspace {
  readonly documents = new OpenDocuments();
  /** Counts every change, so that one can tell whether there was any. */
  revision = 0;
  indexing = false;
  /** Why not every file was read, if so. */
  noticeText: string | undefined;
  #folders: readonly string[];
  #rawSettings: unknown;
  #trusted: boolean;
  #settings = { maxFiles: undefined as number | undefined, exclude: [] as readonly string[] };
  #configured: Promise<unknown> = Promise.resolve();
  #ready: Promise<Ready> | undefined;
  #known: Ready | undefined;
  /** Open documents whose text the session does not have yet. */
  readonly #stale = new Set<string>();
  /** Files of the workspace by canonical URI, as their source spells them, and the size of what was read. */
  readonly #listed = new Map<string, string>();
  #indexRun = 0;
  /** Resolves when the files of the workspace have been read for the first time, or that takes too long. */
  #settled: Promise<void> | undefined;
  #settle = () => {};
  readonly #listeners: ((change: Change) => void)[] = [];
  readonly #changedFiles = new Map<string, string>();
  readonly #readChanged = new Debounce(50, () =>
    attempt(this.surroundings.log, 'Reading changed files', () => this.#readChangedFiles()),
  );
  /** While nothing of ours is open, a document that is typed into is looked at again now and then. */
  readonly #lookAgain = new Debounce(300, () => this.#wakeIfConcerned());

  constructor(
    readonly surroundings: Surroundings,
    folders: readonly string[],
    rawSettings: unknown,
    trusted: boolean,
  ) {
    this.#folders = folders;
    this.#trusted = trusted;
    this.#applySettings(rawSettings);
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  get awake(): boolean {
    return this.#ready !== undefined;
  }

  /** The session, brought up to date; `undefined` while nothing of ours has been open. */
  async ready(): Promise<Ready | undefined> {
    if (!this.#ready) {
      // A document may have come to concern us since it was last looked at.
      this.#wakeIfConcerned();
      if (!this.#ready) return undefined;
    }
    const ready = this.#known ?? (await this.#ready);
    this.#flush(ready);
    return ready;
  }

  /**
   * The same, with the files of the workspace where they come soon: what is said of a manifest without the patches and
   * accounts around it would be taken back a moment later.
   */
  async settled(): Promise<Ready | undefined> {
    if (await this.ready()) await this.#settled;
    return this.ready();
  }

  /** The session for a command of the user, who waits for an answer though nothing of ours is open. */
  async wake(): Promise<Ready> {
    if (!this.#ready) this.#wake();
    const ready = this.#known ?? (await (this.#ready as Promise<Ready>));
    this.#flush(ready);
    return ready;
  }

  /** The session if it is there already, brought up to date. */
  current(): Ready | undefined {
    if (this.#known) this.#flush(this.#known);
    return this.#known;
  }

  /** A canonical URI as the client spells it. */
  spelling(canonical: string): string {
    return this.documents.get(canonical)?.uri ?? this.#listed.get(canonical) ?? canonical;
  }

  open(uri: string, version: number, text: string): void {
    const canonical = this.documents.open(uri, version, text);
    if (!this.#ready && concernsUs(canonical, text)) this.#wake();
    this.#textChanged(canonical);
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const canonical = this.documents.change(uri, version, changes);
    if (canonical === undefined) {
      this.surroundings.log.warn(`A change came for ${uri}, which is not open.`);
      return;
    }
    if (!this.#ready) this.#lookAgain.trigger();
    this.#textChanged(canonical);
  }

  close(uri: string): void {
    const canonical = this.documents.close(uri);
    if (canonical === undefined) return;
    this.#stale.delete(canonical);
    const listed = this.#listed.get(canonical);
    // What counts now is what is on disk: the editor may have thrown its changes away.
    if (listed !== undefined) this.#fileChanged(canonical, listed);
    else this.#known?.session.removeFile(canonical);
    this.#emit({ kind: 'text', uri: canonical });
  }

  /** Files that something else has created, changed or deleted. */
  filesChanged(changes: readonly { uri: string; deleted: boolean }[]): void {
    if (!this.#ready) return;
    let removed = false;
    for (const { uri, deleted } of changes) {
      const canonical = canonicalUri(uri);
      if (deleted) removed = this.#removed(canonical) || removed;
      else if (this.#isOurs(canonical)) this.#fileChanged(canonical, uri);
    }
    if (removed) this.#emit({ kind: 'files' });
  }

  setFolders(added: readonly string[], removed: readonly string[]): void {
    const gone = new Set(removed.map(canonicalUri));
    this.#folders = [...new Set([...this.#folders.filter((f) => !gone.has(f)), ...added.map(canonicalUri)])];
    if (!this.#known) return;
    this.#known.session.setRoots(this.#folders);
    this.#startIndex(this.#known);
  }

  /** Settings that are being asked for: the first index waits for them. */
  configureLater(raw: Promise<unknown>): void {
    this.#configured = raw.then(
      (settings) => this.configure(settings),
      (error) => this.surroundings.log.error('workspace/configuration', error),
    );
  }

  configure(raw: unknown): void {
    const known = this.#known;
    const print = () => JSON.stringify([this.#settings, known && this.#sessionSettings(known.analysis)]);
    const before = print();
    const { maxFiles, exclude } = this.#settings;
    this.#applySettings(raw);
    // Editors send the settings more often than they change.
    if (!known || print() === before) return;
    known.session.setSettings(this.#sessionSettings(known.analysis));
    if (maxFiles !== this.#settings.maxFiles || exclude.join('\n') !== this.#settings.exclude.join('\n'))
      this.#startIndex(known);
    this.#emit({ kind: 'files' });
  }

  /** The user has come to trust the workspace. */
  trust(): void {
    this.#trusted = true;
    const known = this.#known;
    if (!known) return;
    known.session.setSettings(this.#sessionSettings(known.analysis));
    this.#emit({ kind: 'files' });
  }

  stop(): void {
    this.#indexRun++;
    this.#readChanged.stop();
    this.#lookAgain.stop();
  }

  #applySettings(raw: unknown): void {
    this.#rawSettings = raw;
    const { maxFiles, exclude } = (raw ?? {}) as { maxFiles?: unknown; exclude?: unknown };
    this.#settings = {
      maxFiles: typeof maxFiles === 'number' && maxFiles >= 0 ? maxFiles : undefined,
      exclude: Array.isArray(exclude) ? exclude.filter((part) => typeof part === 'string' && part !== '') : [],
    };
  }

  #sessionSettings({ readSettings }: Analysis): Settings {
    return { ...readSettings(this.#rawSettings), trusted: this.#trusted };
  }

  #wakeIfConcerned(): void {
    if (this.#ready) return;
    for (const [uri, { content }] of this.documents.entries())
      if (concernsUs(uri, content.text)) {
        this.#wake();
        return;
      }
  }

  #wake(): void {
    const { load, log } = this.surroundings;
    this.#settled = new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      this.#settle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#ready = load().then((analysis) => {
      const session = new analysis.Session(this.#sessionSettings(analysis));
      session.onRuleFailure = ({ rule, uri, error }) => log.error(`${rule} failed on ${uri}`, error);
      session.setRoots(this.#folders);
      const ready = { session, analysis };
      this.#known = ready;
      for (const [uri] of this.documents.entries()) this.#stale.add(uri);
      attempt(log, 'Indexing', async () => {
        await this.#configured;
        this.#startIndex(ready);
      });
      return ready;
    });
    this.#ready.catch((error) => log.error('Loading', error));
  }

  /** The session takes a text when somebody asks: of a burst of keys only the last counts. */
  #flush({ session }: Ready): void {
    for (const uri of this.#stale) {
      const document = this.documents.get(uri);
      if (document) session.setFile(uri, document.content.text);
    }
    this.#stale.clear();
  }

  #textChanged(uri: string): void {
    this.#stale.add(uri);
    this.#emit({ kind: 'text', uri });
  }

  #emit(change: Change): void {
    this.revision++;
    for (const listener of this.#listeners) attempt(this.surroundings.log, 'After a change', () => listener(change));
  }

  #excluded = (uri: string): boolean => this.#settings.exclude.some((part) => uri.includes(part));

  #isOurs = (uri: string): boolean =>
    !this.#excluded(uri) && this.#folders.some((folder) => mayHoldManifests(folder, uri));

  #startIndex(ready: Ready): void {
    const run = ++this.#indexRun;
    attempt(this.surroundings.log, 'Indexing', () => this.#index(ready, () => run === this.#indexRun));
  }

  /** Lists and reads the files of the workspace, in batches between which requests have their turn. */
  async #index(ready: Ready, isCurrent: () => boolean): Promise<void> {
    const { files, log, notice } = this.surroundings;
    this.indexing = true;
    const progress = this.surroundings.beginProgress();
    try {
      if (!files) return;
      const maxFiles = this.#settings.maxFiles ?? DEFAULT_MAX_FILES;
      const list = await files.list(this.#folders, { maxFiles, excluded: (uri) => this.#excluded(canonicalUri(uri)) });
      if (!isCurrent()) return;
      for (const problem of list.problems) log.warn(problem);
      const { read, total } = await this.#readAll(ready, files, list, isCurrent, progress);
      if (!isCurrent()) return;
      for (const uri of [...this.#listed.keys()]) if (!read.has(uri)) this.#removed(uri);
      for (const [uri, spelling] of read) this.#listed.set(uri, spelling);
      this.noticeText = undefined;
      if (list.capped || total > MAX_TOTAL) {
        this.noticeText =
          total > MAX_TOTAL
            ? `Only ${read.size} files of the workspace were read: they hold more than ${MAX_TOTAL / 1024 / 1024} MB. Exclude folders with azureGitops.exclude.`
            : `Only ${read.size} YAML and JSON files of the workspace were read. Raise azureGitops.maxFiles, or exclude folders with azureGitops.exclude.`;
        log.warn(this.noticeText);
        notice(this.noticeText);
      }
    } finally {
      progress.end();
      if (isCurrent()) {
        this.indexing = false;
        this.#settle();
        this.#emit({ kind: 'files' });
      }
    }
  }

  async #readAll(
    { session }: Ready,
    files: FileSource,
    { uris }: FileList,
    isCurrent: () => boolean,
    progress: IndexProgress,
  ): Promise<{ read: ReadonlyMap<string, string>; total: number }> {
    const read = new Map<string, string>();
    let total = 0;
    for (let i = 0; i < uris.length && total <= MAX_TOTAL && isCurrent(); i += BATCH) {
      const batch = uris.slice(i, i + BATCH);
      const texts = await files.read(batch);
      if (!isCurrent()) break;
      for (const [j, uri] of batch.entries()) {
        const canonical = canonicalUri(uri);
        const text = texts[j];
        if (text === undefined) {
          this.surroundings.log.warn(`${uri} could not be read and is left out.`);
          continue;
        }
        total += text.length;
        read.set(canonical, uri);
        if (!this.documents.has(canonical)) session.setFile(canonical, text);
      }
      progress.report(i + batch.length, uris.length);
      await nextTurn();
    }
    return { read, total };
  }

  #fileChanged(canonical: string, uri: string): void {
    this.#changedFiles.set(canonical, uri);
    this.#readChanged.trigger();
  }

  async #readChangedFiles(): Promise<void> {
    const { files, log } = this.surroundings;
    const ready = this.#known;
    if (!files || !ready) return;
    const changed = [...this.#changedFiles];
    this.#changedFiles.clear();
    const limit = this.#settings.maxFiles ?? DEFAULT_MAX_FILES;
    const slices = new Slices();
    for (let i = 0; i < changed.length; i += BATCH) {
      const batch = changed.slice(i, i + BATCH);
      const texts = await files.read(batch.map(([, uri]) => uri));
      for (const [j, [canonical, uri]] of batch.entries()) {
        const text = texts[j];
        if (text === undefined) {
          // It may be gone by now, or have become a folder.
          this.#removed(canonical);
          continue;
        }
        if (!this.#listed.has(canonical)) {
          if (this.#listed.size >= limit) {
            log.warn(`${uri} is new and left out: ${limit} files have been read already.`);
            continue;
          }
          this.#listed.set(canonical, uri);
        }
        if (!this.documents.has(canonical)) ready.session.setFile(canonical, text);
      }
      await slices.pause();
    }
    this.#emit({ kind: 'files' });
  }

  /** Forgets a file, or all files of a folder: some editors report only the folder. True if there was any. */
  #removed(canonical: string): boolean {
    let any = false;
    for (const uri of this.#listed.has(canonical) ? [canonical] : [...this.#listed.keys()])
      if (uri === canonical || uri.startsWith(`${canonical}/`)) {
        this.#listed.delete(uri);
        this.#changedFiles.delete(uri);
        if (!this.documents.has(uri)) this.#known?.session.removeFile(uri);
        any = true;
      }
    return any;
  }
}
