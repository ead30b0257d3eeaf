import * as vscode from 'vscode';
import type { DiagnosticCollectionProvider } from 'vscode-languageclient';
import { isForeignSchemaFinding, isSchemaClass, type PlainDiagnostic, visibleDiagnostics } from './coexist.ts';
import { withRulePage } from './rule-pages.ts';
import { schemaChecks } from './settings.ts';

/**
 * Gives the language client collections that hold all of our findings and show those that the policy of coexistence
 * leaves. They are shown anew when the YAML extension reports for the same file, which may be before or after us.
 */
export class ShownDiagnostics implements DiagnosticCollectionProvider, vscode.Disposable {
  private readonly collections = new Set<Collection>();
  private readonly listeners: vscode.Disposable[];

  constructor() {
    this.listeners = [
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const collection of this.collections) for (const uri of uris) collection.showAgain(uri);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('azureGitops.schemaChecks')) return;
        for (const collection of this.collections) collection.showAllAgain();
      }),
    ];
  }

  create(name: string | undefined): vscode.DiagnosticCollection {
    const collection = new Collection(vscode.languages.createDiagnosticCollection(name));
    this.collections.add(collection);
    return collection;
  }

  dispose(collection?: vscode.DiagnosticCollection): void {
    if (collection instanceof Collection) {
      this.collections.delete(collection);
      collection.dispose();
    } else if (!collection) {
      vscode.Disposable.from(...this.listeners).dispose();
    }
  }
}

type Entries = readonly (readonly [vscode.Uri, readonly vscode.Diagnostic[] | undefined])[];

class Collection implements vscode.DiagnosticCollection {
  private readonly all = new Map<string, { uri: vscode.Uri; items: readonly vscode.Diagnostic[]; shown: number }>();

  constructor(private readonly inner: vscode.DiagnosticCollection) {}

  get name(): string {
    return this.inner.name;
  }

  set(first: vscode.Uri | Entries, items?: readonly vscode.Diagnostic[]): void {
    const entries: Entries = Array.isArray(first) ? first : [[first as vscode.Uri, items]];
    for (const [uri, list] of entries) {
      this.all.set(uri.toString(), { uri, items: (list ?? []).map(withRulePage), shown: -1 });
      this.show(uri);
    }
  }

  delete(uri: vscode.Uri): void {
    this.all.delete(uri.toString());
    this.inner.delete(uri);
  }

  clear(): void {
    this.all.clear();
    this.inner.clear();
  }

  forEach(
    callback: (
      uri: vscode.Uri,
      diagnostics: readonly vscode.Diagnostic[],
      collection: vscode.DiagnosticCollection,
    ) => void,
  ): void {
    for (const { uri, items } of [...this.all.values()]) callback(uri, items, this);
  }

  get(uri: vscode.Uri): readonly vscode.Diagnostic[] | undefined {
    return this.all.get(uri.toString())?.items;
  }

  has(uri: vscode.Uri): boolean {
    return this.all.has(uri.toString());
  }

  *[Symbol.iterator](): Iterator<[vscode.Uri, readonly vscode.Diagnostic[]]> {
    for (const { uri, items } of this.all.values()) yield [uri, items];
  }

  dispose(): void {
    this.all.clear();
    this.inner.dispose();
  }

  showAllAgain(): void {
    for (const { uri } of [...this.all.values()]) this.show(uri);
  }

  /** Only where another's findings can matter, so that our own change does not call us for ever. */
  showAgain(uri: vscode.Uri): void {
    if (this.all.get(uri.toString())?.items.some((item) => isSchemaClass(plain(item)))) this.show(uri);
  }

  private show(uri: vscode.Uri): void {
    const entry = this.all.get(uri.toString());
    if (!entry) return;
    const others = vscode.languages.getDiagnostics(uri).map(plain).filter(isForeignSchemaFinding);
    const shown = visibleDiagnostics(entry.items.map(plain), others, schemaChecks(uri)).map(({ item }) => item);
    // What is hidden depends on the mode and the others alone, so the same number of items means the same items.
    if (shown.length === entry.shown) return;
    entry.shown = shown.length;
    this.inner.set(uri, shown);
  }
}

const plain = (item: vscode.Diagnostic): PlainDiagnostic & { item: vscode.Diagnostic } => ({
  item,
  range: item.range,
  source: item.source,
  data: (item as { data?: unknown }).data,
});
