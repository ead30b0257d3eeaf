import { LineIndex } from '../text/line-index.ts';
import { parseTree } from '../yaml/parse.ts';
import { splitDocuments } from '../yaml/split.ts';
import type { Tree } from '../yaml/tree.ts';

/**
 * One YAML document of a file. It lives as long as its text is unchanged; an edit elsewhere in the file only moves it.
 */
export class SourceDocument {
  #tree: Tree | undefined;

  constructor(
    readonly uri: string,
    /** The text of the document, `---` line included. */
    readonly text: string,
    /** Where the document starts in the file (UTF-16). Offsets of its tree are relative to this. */
    public start: number,
  ) {}

  get tree(): Tree {
    if (!this.#tree) {
      this.#tree = parseTree(this.text);
      owners.set(this.#tree, this);
    }
    return this.#tree;
  }
}

const owners = new WeakMap<Tree, SourceDocument>();

/** The document that a tree, or the tree that holds it in a string, was parsed from. */
export function documentOf(tree: Tree): SourceDocument | undefined {
  let current = tree;
  while (current.host) current = current.host.node.tree;
  return owners.get(current);
}

/** The text of a file, cut into documents. Immutable, but for documents that move to the next version. */
export class SourceFile {
  #lines: LineIndex | undefined;

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly documents: readonly SourceDocument[],
  ) {}

  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines;
  }

  /** The document at an offset of the file. */
  documentAt(offset: number): SourceDocument | undefined {
    let found: SourceDocument | undefined;
    for (const document of this.documents) {
      if (document.start > offset) break;
      found = document;
    }
    return found;
  }
}

/** Reads a text as a file, reusing the documents of the version before whose text is the same. */
export function readFile(uri: string, text: string, before?: SourceFile): SourceFile {
  const known = new Map<string, SourceDocument[]>();
  // The first of equal documents is taken first, so that none changes places with another without need.
  for (const document of before?.documents ?? []) {
    const same = known.get(document.text);
    if (same) same.push(document);
    else known.set(document.text, [document]);
  }
  const documents = splitDocuments(text).map(({ start, end }) => {
    const chunk = text.slice(start, end);
    const reused = known.get(chunk)?.shift();
    if (reused) {
      reused.start = start;
      return reused;
    }
    return new SourceDocument(uri, chunk, start);
  });
  return new SourceFile(uri, text, documents);
}
