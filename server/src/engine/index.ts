import type { KubernetesObject } from '../model/object.ts';
import { worthParsing } from '../model/prefilter.ts';
import { readFile, type SourceDocument, type SourceFile } from '../model/source-file.ts';
import { type FileRole, languageOfFile, NO_ROLE, type Unit, unitsOf } from '../model/unit.ts';

/** Kinds whose objects decide how files become objects: a change in one renews the graph. */
const GRAPH = /kustomize\.config\.k8s\.io|kustomize\.toolkit\.fluxcd\.io|fluxcd\.controlplane\.io|postRenderers/;
const KUSTOMIZATION_FILE = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;

interface DocumentEntry {
  readonly units: readonly Unit[];
  readonly role: FileRole;
}

/** A number that changes whenever something of a class changes. */
export interface Stamp {
  value: number;
}

/**
 * All files of a workspace and what is in them. A document is parsed when it is first looked at, and only where its text
 * says that it may matter.
 */
export class WorkspaceIndex {
  readonly #files = new Map<string, SourceFile>();
  readonly #entries = new WeakMap<SourceDocument, DocumentEntry>();
  /** Units of whole and partial objects by `group/kind`, and of documents by language. */
  readonly #byClass = new Map<string, Map<SourceDocument, readonly Unit[]>>();
  /** The classes a document is registered under. */
  readonly #classes = new WeakMap<SourceDocument, readonly string[]>();
  readonly #stamps = new Map<string, Stamp>();
  #roles: (uri: string) => FileRole = () => NO_ROLE;
  #ids = new WeakMap<SourceDocument, number>();
  #nextId = 1;
  revision = 0;

  /** Says which files are patches; see KustomizeGraph.roleOf. */
  setRoles(roles: (uri: string) => FileRole): void {
    this.#roles = roles;
  }

  /** The folders that paths of Flux may be relative to, where they are known; see GraphSource. */
  roots?: () => Iterable<string>;

  setRoots(roots: readonly string[]): void {
    if (roots.length > 0) this.roots = () => roots;
    else delete this.roots;
    this.#bump('graph');
  }

  uris(): Iterable<string> {
    return this.#files.keys();
  }

  get size(): number {
    return this.#files.size;
  }

  file(uri: string): SourceFile | undefined {
    return this.#files.get(uri);
  }

  exists(uri: string): boolean {
    return this.#files.has(uri);
  }

  documents(uri: string): readonly SourceDocument[] {
    return this.#files.get(uri)?.documents ?? [];
  }

  stamp(name: string): number {
    return this.#stamps.get(name)?.value ?? 0;
  }

  /** The stamp of a class as a thing to hold on to: it shows what it is at any time. */
  liveStamp(name: string): Readonly<Stamp> {
    let stamp = this.#stamps.get(name);
    if (!stamp) {
      stamp = { value: 0 };
      this.#stamps.set(name, stamp);
    }
    return stamp;
  }

  /** A number for the text of a document: another text has another one. */
  idOf(document: SourceDocument): number {
    let id = this.#ids.get(document);
    if (id === undefined) {
      id = this.#nextId++;
      this.#ids.set(document, id);
    }
    return id;
  }

  setFile(uri: string, text: string): void {
    const before = this.#files.get(uri);
    if (before?.text === text) return;
    this.revision++;
    const after = readFile(uri, text, before);
    this.#files.set(uri, after);
    const kept = new Set(after.documents);
    const old = new Set(before?.documents ?? []);
    for (const document of old) if (!kept.has(document)) this.#leave(document);
    for (const document of after.documents) if (!old.has(document)) this.#enter(document);
    if (before?.documents.filter((d) => kept.has(d)).some(orderChanged(after.documents, old)))
      for (const document of after.documents) for (const name of this.#classes.get(document) ?? []) this.#bump(name);
    if (!before) this.#bump('files');
    // What a patch says decides names and namespaces of the objects it is for.
    if (this.#roles(uri).patch) this.#bump('graph');
    this.#bump(`file:${uri}`);
  }

  removeFile(uri: string): void {
    const before = this.#files.get(uri);
    if (!before) return;
    this.revision++;
    this.#files.delete(uri);
    for (const document of before.documents) this.#leave(document);
    this.#bump('files');
    this.#bump(`file:${uri}`);
  }

  /** The units of a document, in the role that its file has now. */
  unitsOf(document: SourceDocument): readonly Unit[] {
    const role = this.#roles(document.uri);
    const known = this.#entries.get(document);
    if (known && sameRole(known.role, role)) return known.units;
    const units = mattersAt(document) ? unitsOf(document, role) : [];
    this.#entries.set(document, { units, role });
    return units;
  }

  /**
   * The units registered under a class: `group/kind` for objects, `language:name` for documents. The same array as long as
   * nothing of the class changes, so that what is made of it can be kept with it.
   */
  unitsOfClass(name: string): readonly Unit[] {
    this.#register();
    const stamp = this.stamp(name);
    const known = this.#lists.get(name);
    if (known?.stamp === stamp) return known.units;
    // In the order of the files, whatever the order of edits was.
    const units = [...(this.#byClass.get(name) ?? [])]
      .sort(([a], [b]) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.start - b.start))
      .flatMap(([, own]) => own);
    this.#lists.set(name, { stamp, units });
    return units;
  }

  readonly #lists = new Map<string, { stamp: number; units: readonly Unit[] }>();

  /** Documents that came since the last look are registered when somebody asks: opening a file parses nothing yet. */
  #pending = new Set<SourceDocument>();

  #register(): void {
    for (const document of this.#pending) {
      this.#pending.delete(document);
      const units = this.unitsOf(document);
      const classes = new Set<string>();
      for (const unit of units) {
        const name = classOf(unit);
        classes.add(name);
        const members = this.#byClass.get(name) ?? new Map<SourceDocument, Unit[]>();
        this.#byClass.set(name, members);
        members.set(document, [...(members.get(document) ?? []), unit]);
      }
      this.#classes.set(document, [...classes]);
      for (const name of classes) this.#bump(name);
    }
  }

  /** Brings the stamps up to date: documents that came or went since count from now on. */
  refresh(): void {
    this.#register();
  }

  /** Registers the documents of a file anew, whose role has changed. */
  reregister(uri: string): void {
    for (const document of this.documents(uri)) {
      this.#leave(document);
      this.#enter(document);
    }
  }

  #enter(document: SourceDocument): void {
    if (!mattersAt(document)) return;
    this.#pending.add(document);
    if (isGraph(document)) this.#bump('graph');
  }

  #leave(document: SourceDocument): void {
    if (this.#pending.delete(document)) return;
    for (const name of this.#classes.get(document) ?? []) {
      this.#byClass.get(name)?.delete(document);
      this.#bump(name);
    }
    this.#classes.delete(document);
    if (isGraph(document)) this.#bump('graph');
  }

  #bump(name: string): void {
    (this.liveStamp(name) as Stamp).value++;
    this.revision++;
  }
}

/** For documents that stay in a file: tells whether each comes at the place it had among them. */
function orderChanged(
  after: readonly SourceDocument[],
  old: ReadonlySet<SourceDocument>,
): (document: SourceDocument, i: number) => boolean {
  const stayed = after.filter((d) => old.has(d));
  return (document, i) => stayed[i] !== document;
}

const isGraph = (document: SourceDocument): boolean =>
  KUSTOMIZATION_FILE.test(document.uri) || GRAPH.test(document.text);

const mattersAt = (document: SourceDocument): boolean =>
  languageOfFile(document.uri) !== undefined || KUSTOMIZATION_FILE.test(document.uri) || worthParsing(document.text);

const sameRole = (a: FileRole, b: FileRole): boolean =>
  a === b || (a.patch === b.patch && JSON.stringify(a.targets) === JSON.stringify(b.targets));

export const classOf = (unit: Unit): string =>
  unit.object ? `${unit.object.group}/${unit.object.kind}` : `language:${unit.language}`;

export const objectsIn = (units: readonly Unit[]): KubernetesObject[] =>
  units.flatMap((u) => (u.object ? [u.object] : []));
