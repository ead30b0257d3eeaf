import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
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
  const spans = splitDocuments(text);
  const old = before?.documents ?? [];
  const documents = new Array<SourceDocument | undefined>(spans.length);
  // An edit touches one place: the documents before and behind it are the same, which one comparison tells.
  const same = before ? sharedEnds(before.text, text) : { head: 0, tail: 0 };
  const reuse = (i: number, document: SourceDocument | undefined): boolean => {
    const { start, end } = spans[i] as Span;
    if (document?.text.length !== end - start) return false;
    const shift = text.length - (before?.text.length ?? 0);
    const isSame =
      (end <= same.head && document.start === start) ||
      (start >= text.length - same.tail && document.start + shift === start);
    if (!isSame) return false;
    document.start = start;
    documents[i] = document;
    return true;
  };
  const most = Math.min(spans.length, old.length);
  let first = 0;
  while (first < most && reuse(first, old[first])) first++;
  let last = 0;
  while (last < most - first && reuse(spans.length - 1 - last, old[old.length - 1 - last])) last++;
  const known = new Map<string, SourceDocument[]>();
  // The first of equal documents is taken first, so that none changes places with another without need.
  for (const document of old.slice(first, old.length - last)) {
    const equal = known.get(document.text);
    if (equal) equal.push(document);
    else known.set(document.text, [document]);
  }
  for (let i = first; i < spans.length - last; i++) {
    const { start, end } = spans[i] as Span;
    const chunk = text.slice(start, end);
    const reused = known.get(chunk)?.shift();
    if (reused) reused.start = start;
    documents[i] = reused ?? new SourceDocument(uri, before ? detached(chunk) : chunk, start);
  }
  return new SourceFile(uri, text, documents as SourceDocument[]);
}

/** How much two texts have in common at their start and, without that, at their end. */
function sharedEnds(a: string, b: string): { head: number; tail: number } {
  const most = Math.min(a.length, b.length);
  const head = longest(most, (from, to) => a.slice(from, to) === b.slice(from, to));
  const fromEnd = (text: string, from: number, to: number) => text.slice(text.length - to, text.length - from);
  const tail = longest(most - head, (from, to) => fromEnd(a, from, to) === fromEnd(b, from, to));
  return { head, tail };
}

/** How far something holds at most, of which one part after the other can be looked at. */
function longest(most: number, holds: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * A copy of a part of a text. Engines keep a whole text for any part of it; documents of many versions of a large file
 * would keep them all.
 */
const detached = (part: string): string => JSON.parse(JSON.stringify(part)) as string;
