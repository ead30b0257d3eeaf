import { opensFlow, parseFlow } from './simple-flow.ts';
import {
  type Collection,
  closingQuote,
  foldedQuotes,
  isQuote,
  LF,
  literalBlock,
  makePlain,
  makeScalar,
  quotedScalar,
  SPACE,
} from './simple-scalars.ts';
import type { Entry, MapNode, Node, ScalarNode, SeqNode, Tree } from './tree.ts';

/*
 * Most manifests use little of YAML: block maps and sequences, scalars on one line, literal blocks, comments. For these a
 * parser of that subset takes a tenth of the time that one of all of YAML takes, and less memory. It gives the very nodes
 * that parse.ts makes of what the `yaml` package finds, spans included, and gives up at whatever it is not certain of:
 * tests hold the two together.
 */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const HASH = 35;
const DASH = 45;
const COLON = 58;
const MAX_DEPTH = 100;
/** A key on one line may not be longer; see the YAML specification, 7.4.2. */
const MAX_KEY = 1000;

/** Nothing that this parser knows how to read contains one of these; a tab may, but where it may not is hard to tell. */
const UNKNOWN = /[\t\r\ufeff]|^%/;
/** What a plain scalar may not start with; `-`, `?` and `:` may before something else than white space. */
const INDICATORS = new Set([...',[]{}#&*!|>\'"%@`'].map((c) => c.charCodeAt(0)));

/** The root of a document in the simple subset; `undefined` where the text is not in it, or holds nothing. */
export function parseSimple(tree: Tree): Node | undefined {
  if (UNKNOWN.test(tree.text)) return undefined;
  const parser = new SimpleParser(tree);
  const root = parser.document();
  return parser.failed ? undefined : root;
}

class SimpleParser {
  readonly text: string;
  failed = false;
  /** Where the content of the current line starts; -1 at the end of the text. */
  #at = -1;
  /** How many columns the content of the current line is indented. */
  #indent = 0;
  /** Where the last node ends, with the rest of its line. */
  #end = 0;
  /** True where there were comments before the current line. */
  #comments = false;

  constructor(readonly tree: Tree) {
    this.text = tree.text;
  }

  document(): Node | undefined {
    this.#next(0);
    if (this.#isMarker('---')) {
      const rest = this.#blankUntil(this.#at + 3);
      // Content on the line of the marker is no simple document.
      if (rest < 0) return this.#fail();
      this.#next(rest);
    }
    if (this.#at < 0 || this.#indent !== 0) return this.#fail();
    const root = this.#block(undefined, 0, 0);
    return this.#at < 0 ? root : this.#fail();
  }

  #fail(): undefined {
    this.failed = true;
    this.#at = -1;
    return undefined;
  }

  /**
   * Goes to the next line with content, from the start of a line. Comments on lines of their own belong to nothing as long
   * as they stand where that content does; elsewhere they may count as part of what ends there.
   */
  #next(from: number): void {
    const { text } = this;
    let start = from;
    let comment = -1;
    this.#comments = false;
    for (;;) {
      let i = start;
      while (text.charCodeAt(i) === SPACE) i++;
      if (i >= text.length) {
        if (comment > 0) this.#fail();
        this.#at = -1;
        return;
      }
      const c = text.charCodeAt(i);
      if (c === HASH) {
        if (comment >= 0 && comment !== i - start) {
          this.#fail();
          return;
        }
        comment = i - start;
        this.#comments = true;
      } else if (c !== LF) {
        this.#indent = i - start;
        if (comment >= 0 && comment !== this.#indent) {
          this.#fail();
          return;
        }
        this.#at = i;
        return;
      }
      const end = text.indexOf('\n', i);
      if (end < 0) {
        if (comment > 0) this.#fail();
        this.#at = -1;
        return;
      }
      start = end + 1;
    }
  }

  /** The start of the next line where only blanks and a comment follow; -1 where something else does. */
  #blankUntil(from: number): number {
    const { text } = this;
    let i = from;
    while (text.charCodeAt(i) === SPACE) i++;
    if (i >= text.length) return text.length;
    const c = text.charCodeAt(i);
    if (c === LF) return i + 1;
    if (c !== HASH || i === from) return -1;
    const end = text.indexOf('\n', i);
    return end < 0 ? text.length : end + 1;
  }

  #isMarker(marker: string): boolean {
    return this.#at >= 0 && this.#indent === 0 && this.text.startsWith(marker, this.#at);
  }

  #isDash(at: number): boolean {
    const { text } = this;
    if (text.charCodeAt(at) !== DASH) return false;
    const c = text.charCodeAt(at + 1);
    return c === SPACE || c === LF || at + 1 >= text.length;
  }

  /** A map or sequence that starts at the current place, `indent` columns in. */
  #block(parent: Collection | undefined, indent: number, depth: number): Node | undefined {
    if (depth > MAX_DEPTH) return this.#fail();
    return this.#isDash(this.#at) ? this.#sequence(parent, indent, depth) : this.#map(parent, indent, depth);
  }

  #map(parent: Collection | undefined, indent: number, depth: number): Node | undefined {
    const entries: Entry[] = [];
    const span = { start: this.#at, end: 0 };
    const map: Mutable<MapNode> = {
      tree: this.tree,
      span,
      parent,
      damaged: false,
      synthetic: false,
      anchor: undefined,
      tag: undefined,
      kind: 'map',
      flow: false,
      entries,
    };
    while (this.#at >= 0 && this.#indent === indent) {
      if (this.#isDash(this.#at) || this.#isMarker('---') || this.#isMarker('...')) return this.#fail();
      const key = this.#key(map, this.#at);
      if (!key) return this.#fail();
      const value = this.#value(map, key.span.end + 1, indent, depth, indent);
      if (!value) return this.#fail();
      entries.push({ key, value, map });
    }
    if (this.#indent > indent && this.#at >= 0) return this.#fail();
    span.end = this.#end;
    return map;
  }

  #sequence(parent: Collection | undefined, indent: number, depth: number): Node | undefined {
    const items: Node[] = [];
    const span = { start: this.#at, end: 0 };
    const seq: Mutable<SeqNode> = {
      tree: this.tree,
      span,
      parent,
      damaged: false,
      synthetic: false,
      anchor: undefined,
      tag: undefined,
      kind: 'seq',
      flow: false,
      items,
    };
    while (this.#at >= 0 && this.#indent === indent && this.#isDash(this.#at)) {
      const item = this.#item(seq, this.#at + 1, indent, depth);
      if (!item) return this.#fail();
      items.push(item);
    }
    if (this.#indent > indent && this.#at >= 0) return this.#fail();
    span.end = this.#end;
    return seq;
  }

  /** What follows a dash: a map on the same line, or what may follow a key. */
  #item(seq: Mutable<SeqNode>, from: number, indent: number, depth: number): Node | undefined {
    const { text } = this;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    const c = text.charCodeAt(at);
    if (at < text.length && c !== LF && c !== HASH) {
      // A sequence in a sequence on one line is rare enough to leave it to others.
      if (this.#isDash(at)) return this.#fail();
      if (this.#key(undefined, at)) {
        const column = indent + (at - from) + 1;
        this.#at = at;
        this.#indent = column;
        return this.#map(seq, column, depth + 1);
      }
      if (this.failed) return undefined;
    }
    return this.#value(seq, from, indent, depth, indent + 1);
  }

  /**
   * The value after a colon or a dash. `nested` is how far a block on the lines below must be indented at least: a sequence
   * may stand right below the key it belongs to.
   */
  #value(parent: Collection, from: number, indent: number, depth: number, nested: number): Node | undefined {
    const { text } = this;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    const c = text.charCodeAt(at);
    if (at < text.length && c !== LF && !(c === HASH && at > from)) {
      if (isQuote(c)) return this.#quotedValue(parent, at, indent);
      if (c === 124) return this.#literal(parent, at, indent);
      if (opensFlow(c)) return this.#flowValue(parent, at, indent);
      return this.#plainValue(parent, at, indent);
    }
    const line = this.#blankUntil(from);
    if (line < 0) return this.#fail();
    const hasComment = c === HASH;
    this.#next(line);
    if (this.failed) return undefined;
    const isBelow =
      this.#at >= 0 &&
      (this.#indent > indent || (this.#indent === nested && parent.kind === 'map' && this.#isDash(this.#at)));
    if (isBelow) return this.#block(parent, this.#indent, depth + 1);
    // Where nothing is, comments make it hard to say where it is.
    if (hasComment || this.#comments) return this.#fail();
    this.#end = at;
    return makeScalar(this.tree, parent, at, at, 'plain', '', null);
  }

  /** Ends the line behind a scalar and goes on; false where something else follows, or more of the scalar may. */
  #endLine(from: number, indent: number): boolean {
    const line = this.#blankUntil(from);
    if (line < 0) return false;
    this.#end = line;
    this.#next(line);
    return !this.failed && (this.#at < 0 || this.#indent <= indent);
  }

  /** A key with its colon at `at`. Without a map it is only looked for. */
  #key(map: Mutable<MapNode> | undefined, at: number): ScalarNode | undefined {
    const { text } = this;
    const c = text.charCodeAt(at);
    let end: number;
    if (isQuote(c)) {
      end = closingQuote(text, at);
      if (end < 0 || text.charCodeAt(end) !== COLON) return undefined;
      const after = text.charCodeAt(end + 1);
      if (end + 1 < text.length && after !== SPACE && after !== LF) return undefined;
      if (!map) return PROBE;
      return quotedScalar(this.tree, map, at, end);
    }
    if (!this.#startsPlain(at)) return undefined;
    end = this.#plainEnd(at);
    if (text.charCodeAt(end) !== COLON || end - at > MAX_KEY || text.charCodeAt(end - 1) === SPACE) return undefined;
    if (!map) return PROBE;
    return makePlain(this.tree, map, at, end, text.slice(at, end));
  }

  #startsPlain(at: number): boolean {
    const { text } = this;
    const c = text.charCodeAt(at);
    if (INDICATORS.has(c)) return false;
    if (c !== DASH && c !== COLON && c !== 63) return true;
    const next = text.charCodeAt(at + 1);
    return at + 1 < text.length && next !== SPACE && next !== LF;
  }

  /** Where a plain scalar ends: at a colon before white space, at white space before a comment, at the end of the line. */
  #plainEnd(at: number): number {
    const { text } = this;
    let i = at;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF) break;
      if (c === COLON) {
        const next = text.charCodeAt(i + 1);
        if (i + 1 >= text.length || next === SPACE || next === LF) return i;
      } else if (c === HASH && text.charCodeAt(i - 1) === SPACE) break;
    }
    while (i > at && text.charCodeAt(i - 1) === SPACE) i--;
    return i;
  }

  #plainValue(parent: Collection, at: number, indent: number): Node | undefined {
    if (!this.#startsPlain(at)) return this.#fail();
    const { text } = this;
    let end = this.#plainEnd(at);
    if (text.charCodeAt(end) === COLON) return this.#fail();
    let content = text.slice(at, end);
    // Lines below that are indented more belong to it, as long as no comment ends it.
    for (let more = this.#continuation(end, indent); more !== undefined; more = this.#continuation(end, indent)) {
      end = this.#plainEnd(more.at);
      if (text.charCodeAt(end) === COLON) return this.#fail();
      content += (more.blanks > 0 ? '\n'.repeat(more.blanks) : ' ') + text.slice(more.at, end);
    }
    if (!this.#endLine(end, indent)) return this.#fail();
    return makePlain(this.tree, parent, at, end, content);
  }

  /** Where a scalar goes on, that has come to `end` on its line; `undefined` where it does not. */
  #continuation(end: number, indent: number): { at: number; blanks: number } | undefined {
    const { text } = this;
    let i = end;
    while (text.charCodeAt(i) === SPACE) i++;
    if (text.charCodeAt(i) !== LF) return undefined;
    let start = i + 1;
    for (let blanks = 0; ; blanks++) {
      i = start;
      while (text.charCodeAt(i) === SPACE) i++;
      if (i >= text.length || text.charCodeAt(i) === HASH) return undefined;
      if (text.charCodeAt(i) !== LF) return i - start > indent ? { at: i, blanks } : undefined;
      start = i + 1;
    }
  }

  #quotedValue(parent: Collection, at: number, indent: number): Node | undefined {
    const end = closingQuote(this.text, at);
    const scalar = end >= 0 ? quotedScalar(this.tree, parent, at, end) : this.#foldedQuotes(parent, at, indent);
    return scalar && this.#endLine(scalar.span.end, indent) ? scalar : this.#fail();
  }

  #foldedQuotes(parent: Collection, at: number, indent: number): ScalarNode | undefined {
    return this.text[at] === "'" ? foldedQuotes(this.tree, parent, at, indent) : undefined;
  }

  /** A flow collection on one line. */
  #flowValue(parent: Collection, at: number, indent: number): Node | undefined {
    const node = parseFlow(this.tree, parent, at);
    return node && this.#endLine(node.span.end, indent) ? node : this.#fail();
  }

  #literal(parent: Collection, at: number, indent: number): Node | undefined {
    const scalar = literalBlock(this.tree, parent, at, indent);
    if (!scalar) return this.#fail();
    this.#end = scalar.span.end;
    this.#next(this.#end);
    return this.failed || (this.#at >= 0 && this.#indent > indent) ? this.#fail() : scalar;
  }
}

/** Stands for a key that was looked for and is there. */
const PROBE = {} as ScalarNode;
