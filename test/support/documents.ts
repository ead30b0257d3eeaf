import { readFile, type SourceDocument } from '../../server/src/model/source-file.ts';
import { parseTree } from '../../server/src/yaml/parse.ts';
import type { ScalarNode, TextMap, Tree } from '../../server/src/yaml/tree.ts';

/** The first document of a text. */
export const documentFrom = (text: string, uri = 'file:///repo/file.yaml'): SourceDocument =>
  readFile(uri, text).documents[0] as SourceDocument;

/** The documents of a string, for tests that do not look at positions inside it. */
export function treesIn(node: ScalarNode): Tree[] {
  const map: TextMap = {
    text: node.text,
    toHost: (offset) => Math.min(node.span.end, node.span.start + offset),
    spanToHost: () => node.span,
    fromHost: () => undefined,
    edit: () => undefined,
  };
  return readFile('', node.text).documents.map((d) =>
    parseTree(d.text, { node, map, language: 'kustomize-patch', encoded: false }),
  );
}
