import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { canonicalUri } from '../text/uri.ts';

export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  /** Text and positions of the version the client has now. */
  readonly content: TextDocument;
}

/** The documents the client has open, by canonical URI. */
export class OpenDocuments {
  readonly #documents = new Map<string, OpenDocument>();

  open(uri: string, languageId: string, version: number, text: string): string {
    const canonical = canonicalUri(uri);
    this.#documents.set(canonical, { uri, content: TextDocument.create(uri, languageId, version, text) });
    return canonical;
  }

  /** Applies changes in their order; `undefined` for a document that is not open. */
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): string | undefined {
    const canonical = canonicalUri(uri);
    const document = this.#documents.get(canonical);
    if (!document) return undefined;
    TextDocument.update(document.content, changes, version);
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
