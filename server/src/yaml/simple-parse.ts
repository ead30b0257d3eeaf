import type { Entry, MapNode, Node, ScalarNode, ScalarStyle, SeqNode, Tree } from './tree.ts';

/*
 * Most manifests use little of YAML: block maps and sequences, scalars on one line, literal blocks, comments. For these a
 * parser of that subset takes a twentieth of the time and of the memory that one of all of YAML takes. It gives the very
 * nodes that parse.ts makes of what the `yaml` package finds, spans included, and gives up at whatever it is not certain
 * of: tests hold the two together, on real files and on mutations of them.
 */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Collection = Mutable<MapNode> | Mutable<SeqNode>;

const LF = 10;
const SPACE = 32;
const HASH = 35;
const DASH = 45;
const COLON = 58;
const COMMA = 44;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
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
      if (c === 34 || c === 39) return this.#quotedValue(parent, at, indent);
      if (c === 124) return this.#literal(parent, at, indent);
      if (c === OPEN_BRACKET || c === OPEN_BRACE) return this.#flowValue(parent, at, indent);
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
    return this.#scalar(parent, at, at, 'plain', '', null);
  }

  #scalar(
    parent: Collection,
    start: number,
    end: number,
    style: ScalarStyle,
    content: string,
    value: ScalarNode['value'],
  ): ScalarNode {
    return {
      tree: this.tree,
      span: { start, end },
      parent,
      damaged: false,
      synthetic: false,
      anchor: undefined,
      tag: undefined,
      kind: 'scalar',
      style,
      text: content,
      value,
    };
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
    if (c === 34 || c === 39) {
      end = this.#closingQuote(at);
      if (end < 0 || text.charCodeAt(end) !== COLON) return undefined;
      const after = text.charCodeAt(end + 1);
      if (end + 1 < text.length && after !== SPACE && after !== LF) return undefined;
      if (!map) return PROBE;
      const content = this.#unquote(at, end);
      return content === undefined
        ? undefined
        : this.#scalar(map, at, end, c === 34 ? 'double' : 'single', content, content);
    }
    if (!this.#startsPlain(at)) return undefined;
    end = this.#plainEnd(at);
    if (text.charCodeAt(end) !== COLON || end - at > MAX_KEY || text.charCodeAt(end - 1) === SPACE) return undefined;
    if (!map) return PROBE;
    const content = text.slice(at, end);
    return this.#scalar(map, at, end, 'plain', content, plainValue(content));
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
    return this.#scalar(parent, at, end, 'plain', content, plainValue(content));
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

  /** Behind the closing quote of a scalar on one line; -1 where there is none. */
  #closingQuote(at: number): number {
    const { text } = this;
    const quote = text.charCodeAt(at);
    for (let i = at + 1; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF) return -1;
      if (c === 92 && quote === 34) i++;
      else if (c === quote) {
        if (quote === 39 && text.charCodeAt(i + 1) === 39) i++;
        else return i + 1;
      }
    }
    return -1;
  }

  /** The text between quotes; `undefined` for escapes that are not those of JSON. */
  #unquote(at: number, end: number): string | undefined {
    const inner = this.text.slice(at + 1, end - 1);
    if (this.text.charCodeAt(at) === 39) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
    if (!inner.includes('\\')) return inner;
    if (/\\(?!["\\/bfnrt])/.test(inner.replaceAll('\\\\', ''))) return undefined;
    return inner.replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c);
  }

  #quotedValue(parent: Collection, at: number, indent: number): Node | undefined {
    const end = this.#closingQuote(at);
    if (end < 0) return this.text.charCodeAt(at) === 39 ? this.#foldedQuotes(parent, at, indent) : this.#fail();
    if (!this.#endLine(end, indent)) return this.#fail();
    const content = this.#unquote(at, end);
    if (content === undefined) return this.#fail();
    return this.#scalar(parent, at, end, this.text.charCodeAt(at) === 34 ? 'double' : 'single', content, content);
  }

  /** Single quotes over several lines. */
  #foldedQuotes(parent: Collection, at: number, indent: number): Node | undefined {
    const { text } = this;
    const quoted = /'(?:[^']|'')*'/y;
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    if (!match) return this.#fail();
    const end = at + match[0].length;
    const [first = '', ...lines] = match[0].slice(1, -1).split('\n');
    let content = first.trimEnd();
    let blanks = 0;
    for (const [i, line] of lines.entries()) {
      const isLast = i === lines.length - 1;
      const trimmed = line.trimStart();
      if (trimmed !== '' || isLast) {
        // A line with nothing but the end, or less indented than it has to be.
        if (trimmed === '' || line.length - trimmed.length <= indent) return this.#fail();
        content += (blanks > 0 ? '\n'.repeat(blanks) : ' ') + (isLast ? trimmed : trimmed.trimEnd());
        blanks = 0;
      } else if (line !== '') return this.#fail();
      else blanks++;
    }
    if (first.trim() === '' || !this.#endLine(end, indent)) return this.#fail();
    content = content.replaceAll("''", "'");
    return this.#scalar(parent, at, end, 'single', content, content);
  }

  /** A flow collection on one line. */
  #flowValue(parent: Collection, at: number, indent: number): Node | undefined {
    const node = this.#flow(parent, at, 0);
    return node && this.#endLine(node.span.end, indent) ? node : this.#fail();
  }

  #flow(parent: Collection, at: number, depth: number): Node | undefined {
    const { text } = this;
    const isMap = text.charCodeAt(at) === OPEN_BRACE;
    const close = isMap ? CLOSE_BRACE : CLOSE_BRACKET;
    const span = { start: at, end: 0 };
    const entries: Entry[] = [];
    const items: Node[] = [];
    const base = {
      tree: this.tree,
      span,
      parent,
      damaged: false,
      synthetic: false,
      anchor: undefined,
      tag: undefined,
    };
    const map: Mutable<MapNode> = { ...base, kind: 'map', flow: true, entries };
    const seq: Mutable<SeqNode> = { ...base, kind: 'seq', flow: true, items };
    // `{{ value }}` is a template, which is for others to make out.
    if (depth > 20 || (isMap && text.charCodeAt(at + 1) === OPEN_BRACE)) return this.#fail();
    let i = at + 1;
    const skip = (): number => {
      while (text.charCodeAt(i) === SPACE) i++;
      return text.charCodeAt(i);
    };
    for (let first = true; ; first = false) {
      if (skip() === close) {
        // A comma before the end is allowed, and rare.
        if (!first) return this.#fail();
        break;
      }
      if (isMap) {
        const key = this.#flowScalar(map, i);
        if (!key || text.charCodeAt(key.span.end) !== COLON || text.charCodeAt(key.span.end + 1) !== SPACE)
          return this.#fail();
        i = key.span.end + 1;
        skip();
        const value = this.#flowNode(map, i, depth);
        if (!value) return this.#fail();
        entries.push({ key, value, map });
        i = value.span.end;
      } else {
        const item = this.#flowNode(seq, i, depth);
        if (!item) return this.#fail();
        items.push(item);
        i = item.span.end;
      }
      const next = skip();
      if (next === close) break;
      if (next !== COMMA) return this.#fail();
      i++;
    }
    span.end = i + 1;
    return isMap ? map : seq;
  }

  #flowNode(parent: Collection, at: number, depth: number): Node | undefined {
    const c = this.text.charCodeAt(at);
    return c === OPEN_BRACE || c === OPEN_BRACKET ? this.#flow(parent, at, depth + 1) : this.#flowScalar(parent, at);
  }

  #flowScalar(parent: Collection, at: number): ScalarNode | undefined {
    const { text } = this;
    const c = text.charCodeAt(at);
    if (c === 34 || c === 39) {
      const end = this.#closingQuote(at);
      const content = end < 0 ? undefined : this.#unquote(at, end);
      return content === undefined
        ? undefined
        : this.#scalar(parent, at, end, c === 34 ? 'double' : 'single', content, content);
    }
    // Plain words without anything that means something somewhere.
    const plain = /[A-Za-z0-9_./$+-](?:[A-Za-z0-9_./$+=@()*-]|:(?=[A-Za-z0-9_./-])| (?=[A-Za-z0-9_./$(]))*/y;
    plain.lastIndex = at;
    const content = plain.exec(text)?.[0];
    if (content === undefined || /^-(?: |$)/.test(content)) return undefined;
    return this.#scalar(parent, at, at + content.length, 'plain', content, plainValue(content));
  }

  /** A literal block without an explicit indentation. */
  #literal(parent: Collection, at: number, indent: number): Node | undefined {
    const { text } = this;
    let from = at + 1;
    const chomp = text[from] === '-' || text[from] === '+' ? text[from++] : '';
    if (text.charCodeAt(from) !== LF) return this.#fail();
    const contentStart = from + 1;
    let lineStart = contentStart;
    let column = -1;
    /** Behind the last line that is not blank, and behind the blank ones after it. */
    let end = -1;
    const lines: string[] = [];
    let blanks = 0;
    for (;;) {
      let i = lineStart;
      while (text.charCodeAt(i) === SPACE) i++;
      if (i >= text.length) {
        // Blanks at the very end are no line of their own; where they count is not simple.
        if (i > lineStart) return this.#fail();
        break;
      }
      const lineEnd = text.indexOf('\n', i);
      if (text.charCodeAt(i) === LF) {
        // Lines of blanks may belong to the content in part.
        if (i > lineStart) return this.#fail();
        blanks++;
        lineStart = i + 1;
        continue;
      }
      if (column < 0) {
        if (i - lineStart <= indent) break;
        column = i - lineStart;
      }
      if (i - lineStart < column) break;
      for (; blanks > 0; blanks--) lines.push('');
      const stop = lineEnd < 0 ? text.length : lineEnd;
      lines.push(text.slice(lineStart + column, stop));
      end = lineEnd < 0 ? text.length : lineEnd + 1;
      lineStart = end;
      if (lineEnd < 0) break;
    }
    // An empty literal, and kept blank lines, have rules of their own.
    if (end < 0 || (chomp === '+' && blanks > 0)) return this.#fail();
    this.#end = end;
    this.#next(end);
    if (this.failed || (this.#at >= 0 && this.#indent > indent)) return this.#fail();
    const content = lines.join('\n') + (chomp === '-' ? '' : '\n');
    return this.#scalar(parent, at, end, 'literal', content, content);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Stands for a key that was looked for and is there. */
const PROBE = {} as ScalarNode;

const NULL = /^(?:~|[Nn]ull|NULL)$/;
const TRUE = /^(?:[Tt]rue|TRUE)$/;
const FALSE = /^(?:[Ff]alse|FALSE)$/;
const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of a plain scalar by the core schema of YAML 1.2, as the `yaml` package has it. */
function plainValue(text: string): ScalarNode['value'] {
  const c = text.charCodeAt(0);
  // Digits, signs and the dot, `~`, and the letters of null, true and false.
  if ((c >= 48 && c <= 57) || c === 43 || c === DASH || c === 46) {
    if (INTEGER.test(text)) return Number.parseInt(text, 10);
    if (OCTAL.test(text)) return Number.parseInt(text.slice(2), 8);
    if (HEXADECIMAL.test(text)) return Number.parseInt(text.slice(2), 16);
    if (FLOAT.test(text)) return Number.parseFloat(text);
    if (SPECIAL.test(text))
      return text.toLowerCase() === '.nan'
        ? Number.NaN
        : c === DASH
          ? Number.NEGATIVE_INFINITY
          : Number.POSITIVE_INFINITY;
    return text;
  }
  if (c === 126 || c === 110 || c === 78) return NULL.test(text) ? null : text;
  if (c === 116 || c === 84) return TRUE.test(text) ? true : text;
  if (c === 102 || c === 70) return FALSE.test(text) ? false : text;
  return text;
}
