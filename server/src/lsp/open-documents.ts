import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { EditableText } from '../text/editable-text.ts';
import { canonicalUri } from '../text/uri.ts';

export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly version: number;
  readonly content: EditableText;
}

/** The documents the client has open, by canonical URI. */
export class OpenDocuments {
  readonly #documents = new Map<string, OpenDocument>();

  open(uri: string, version: number, text: string): string {
    const canonical = canonicalUri(uri);
    this.#documents.set(canonical, { uri, version, content: new EditableText(text) });
    return canonical;
  }

  /** Applies changes in their order; `undefined` for a document that is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): string | undefined {
    const canonical = canonicalUri(uri);
    const document = this.#documents.get(canonical);
    if (!document) return undefined;
    let { content } = document;
    for (const change of changes)
      if ('range' in change)
        content.replace(content.offset(change.range.start), content.offset(change.range.end), change.text);
      else content = new EditableText(change.text);
    this.#documents.set(canonical, { uri: document.uri, version, content });
    return canonical;
  }

  close(uri: string): string | undefined {
    const canonical = canonicalUri(uri);
    return this.#documents.delete(canonical) ? canonical : undefined;
  }

  get(canonical: string): OpenDocument | undefined {
    return this.#documents.get(canonical);
  }

  has(canonical: string): boolean {
    return this.#documents.has(canonical);
  }

  entries(): Iterable<[string, OpenDocument]> {
    return this.#documents.entries();
  }
}
