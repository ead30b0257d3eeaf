import type { GraphSource } from '../../server/src/model/kustomize/graph.ts';
import { readFile, type SourceDocument, type SourceFile } from '../../server/src/model/source-file.ts';

/** The first document of a text. */
export const documentFrom = (text: string, uri = 'file:///repo/file.yaml'): SourceDocument =>
  readFile(uri, text).documents[0] as SourceDocument;

export interface TestFiles extends GraphSource {
  readonly texts: ReadonlyMap<string, string>;
  set(path: string, text: string): void;
}

/** Files below `file:///repo/`, by their paths there. */
export function files(content: Readonly<Record<string, string>>, roots?: readonly string[]): TestFiles {
  const texts = new Map(Object.entries(content));
  const read = new Map<string, SourceFile>();
  const uriOf = (path: string) => `file:///repo/${path}`;
  const source: TestFiles = {
    texts,
    uris: () => read.keys(),
    documents: (uri) => read.get(uri)?.documents ?? [],
    set(path, text) {
      texts.set(path, text);
      read.set(uriOf(path), readFile(uriOf(path), text, read.get(uriOf(path))));
    },
    ...(roots ? { roots: () => roots } : {}),
  };
  for (const [path, text] of texts) source.set(path, text);
  return source;
}
