import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Node as YamlNode } from 'yaml';
import type { Span } from '../text/span.ts';
import { parseSimple } from './simple-parse.ts';
import type {
  AliasNode,
  Entry,
  Host,
  MapNode,
  Node,
  ScalarNode,
  ScalarStyle,
  SeqNode,
  SyntaxProblem,
  Tree,
} from './tree.ts';

/** Deeper nesting than this is not looked at; real manifests stay below 40. */
const MAX_DEPTH = 150;
/** An alias is followed only while all it stands for, aliases within it included, stays below this many nodes. */
const MAX_ALIAS_WEIGHT = 5_000;
/** A document larger than this many UTF-16 units is not parsed: the largest real one known (a CRD) has 1.4 million. */
const MAX_LENGTH = 8_000_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Parses one document (a chunk of splitDocuments, or the content of a string). `source` is what is parsed in place of
 * the text where that is not quite YAML; it has the same length. Never throws.
 */
export function parseTree(text: string, host?: Host, source = text): Tree {
  const tree: Mutable<Tree> = { text, root: undefined, errors: [], host };
  if (source === text) tree.root = parseSimple(tree);
  return tree.root ? tree : parseFully(text, host, source);
}

/** The same without the short cut for simple documents. */
export function parseFully(text: string, host?: Host, source = text): Tree {
  const tree: Mutable<Tree> = { text, root: undefined, errors: [], host };
  if (text.length > MAX_LENGTH || tooDeep(text)) {
    tree.errors = [
      {
        code: 'TOO_LARGE',
        message: 'The document is too large or nested too deeply to be looked at.',
        span: { start: 0, end: 0 },
      },
    ];
    return tree;
  }
  try {
    const document = parseDocument(source, {
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
      strict: false,
      merge: false,
    });
    tree.errors = document.errors.map(
      (e): SyntaxProblem => ({ code: e.code, message: e.message, span: { start: e.pos[0], end: e.pos[1] } }),
    );
    tree.root = new Converter(tree, tree.errors, source).root(document.contents);
  } catch (error) {
    tree.errors = [
      { code: 'UNPARSABLE', message: String((error as Error).message ?? error), span: { start: 0, end: 0 } },
    ];
    tree.root = undefined;
  }
  return tree;
}

/** Flow collections nest without a line break between them, which costs the parser one stack frame each. */
function tooDeep(text: string): boolean {
  return /(?:[[{][ \t]*){200}/.test(text) || /(?:- ){200}/.test(text) || /(?:\? ){200}/.test(text);
}

class Converter {
  readonly #anchors = new Map<string, Node>();
  readonly #weights = new WeakMap<Node, number>();

  constructor(
    readonly tree: Tree,
    readonly errors: readonly SyntaxProblem[],
    readonly source: string,
  ) {}

  root(contents: unknown): Node | undefined {
    if (!contents) return undefined;
    const node = this.#node(contents as YamlNode, undefined, 0, { start: 0, end: 0 });
    for (const error of this.errors) damage(node, error.span);
    return node;
  }

  #node(
    source: YamlNode | null | undefined,
    parent: MapNode | SeqNode | undefined,
    depth: number,
    fallback: Span,
  ): Node {
    const span: Span = source?.range ? { start: source.range[0], end: source.range[1] } : fallback;
    const base = {
      tree: this.tree,
      span,
      parent,
      damaged: false,
      synthetic: false,
      anchor: (source as { anchor?: string } | null)?.anchor,
      tag: (source as { tag?: string } | null)?.tag,
    };
    if (!source || depth > MAX_DEPTH) return this.#empty(base);
    if (isAlias(source)) return this.#alias(source, base);
    let node: Node;
    if (isScalar(source)) node = this.#scalar(source, base);
    else if (isMap(source)) {
      // `key: {{ value }}` is a template, though YAML reads it as a flow map that has a flow map for its key.
      if (source.flow && this.source.startsWith('{{', span.start)) node = this.#template(base);
      else node = this.#map(source.items as Pair[], !!source.flow, base, depth);
    } else if (isSeq(source)) {
      const seq: Mutable<SeqNode> = { ...base, kind: 'seq', flow: !!source.flow, items: [] };
      seq.items = source.items.map((item) => {
        // `- a: b` inside a flow sequence is a Pair without a map around it.
        if (item && typeof item === 'object' && 'key' in item && !('range' in item && item.range)) {
          const pair = item as Pair;
          const at = (pair.key as YamlNode | null)?.range?.[0] ?? span.start;
          return this.#map(
            [pair],
            true,
            {
              ...base,
              parent: seq,
              span: { start: at, end: (pair.value as YamlNode | null)?.range?.[1] ?? at },
              anchor: undefined,
              tag: undefined,
            },
            depth + 1,
          );
        }
        return this.#node(item as YamlNode, seq, depth + 1, { start: span.end, end: span.end });
      });
      node = seq;
    } else node = this.#empty(base);
    if (base.anchor) this.#anchors.set(base.anchor, node);
    return node;
  }

  #map(pairs: Pair[], flow: boolean, base: Omit<MapNode, 'kind' | 'flow' | 'entries'>, depth: number): MapNode {
    const map: Mutable<MapNode> = { ...base, kind: 'map', flow, entries: [] };
    const entries: Entry[] = [];
    for (const pair of pairs) {
      const keyNode = pair.key as YamlNode | null;
      const keySpan: Span = keyNode?.range
        ? { start: keyNode.range[0], end: keyNode.range[1] }
        : { start: map.span.start, end: map.span.start };
      const keyBase = {
        tree: this.tree,
        span: keySpan,
        parent: map,
        damaged: false,
        synthetic: false,
        anchor: undefined,
        tag: undefined,
      };
      const key: ScalarNode = isScalar(keyNode)
        ? this.#scalar(keyNode, keyBase)
        : {
            ...keyBase,
            kind: 'scalar',
            style: 'plain',
            text: this.tree.text.slice(keySpan.start, keySpan.end),
            value: null,
          };
      const value = this.#node(pair.value as YamlNode | null, map, depth + 1, { start: keySpan.end, end: keySpan.end });
      entries.push({ key, value, map });
    }
    map.entries = entries;
    return map;
  }

  #scalar(
    source: { value: unknown; type?: string; source?: string },
    base: Omit<ScalarNode, 'kind' | 'style' | 'text' | 'value'>,
  ): ScalarNode {
    const style = STYLES[source.type ?? 'PLAIN'] ?? 'plain';
    const value = source.value;
    const text = typeof value === 'string' ? value : (source.source ?? '');
    if (style === 'plain' && source.source?.startsWith('{{'))
      return { ...base, kind: 'scalar', style, text: source.source, value: source.source };
    const known =
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      typeof value === 'bigint';
    return { ...base, kind: 'scalar', style, text, value: known ? (value as string) : text };
  }

  #template(base: Omit<ScalarNode, 'kind' | 'style' | 'text' | 'value'>): ScalarNode {
    const end = lineEnd(this.tree.text, base.span.end);
    const raw = this.tree.text.slice(base.span.start, end).trimEnd();
    return {
      ...base,
      span: { start: base.span.start, end: base.span.start + raw.length },
      kind: 'scalar',
      style: 'plain',
      text: raw,
      value: raw,
    };
  }

  #empty(base: Omit<ScalarNode, 'kind' | 'style' | 'text' | 'value'>): ScalarNode {
    return { ...base, kind: 'scalar', style: 'plain', text: '', value: null };
  }

  #alias(source: Alias, base: Omit<AliasNode, 'kind' | 'name' | 'target'>): AliasNode {
    const target = this.#anchors.get(source.source);
    const fits = target !== undefined && this.#weight(target) <= MAX_ALIAS_WEIGHT;
    return { ...base, kind: 'alias', name: source.source, target: fits ? target : undefined };
  }

  /** How many nodes one would see who follows every alias: what a "billion laughs" document multiplies. */
  #weight(node: Node): number {
    const known = this.#weights.get(node);
    if (known !== undefined) return known;
    let sum = 1;
    if (node.kind === 'seq') for (const item of node.items) sum += this.#weight(item);
    else if (node.kind === 'map') for (const e of node.entries) sum += 1 + this.#weight(e.value);
    else if (node.kind === 'alias' && node.target) sum += this.#weight(node.target);
    this.#weights.set(node, sum);
    return sum;
  }
}

const STYLES: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function lineEnd(text: string, from: number): number {
  const match = /[\r\n]/g;
  match.lastIndex = from;
  return match.exec(text)?.index ?? text.length;
}

/** Marks the innermost node around an error, and the maps and sequences it ends: what they hold is not certain. */
function damage(node: Node, error: Span): void {
  let current: Mutable<Node> | undefined = node as Mutable<Node>;
  while (current) {
    const children: Node[] =
      current.kind === 'map'
        ? current.entries.flatMap((e) => [e.key, e.value])
        : current.kind === 'seq'
          ? [...current.items]
          : [];
    const inner = children.find(
      (c) => c.span.start <= error.start && error.start <= c.span.end && c.span.end > c.span.start,
    );
    if (!inner || inner.kind === 'scalar' || inner.kind === 'alias') {
      current.damaged = true;
      if (inner) (inner as Mutable<Node>).damaged = true;
      // `key: value: x` begins a map that takes the keys below from the map around it.
      if (current.span.start === error.start && current.parent) (current.parent as Mutable<Node>).damaged = true;
      return;
    }
    current = inner as Mutable<Node>;
  }
}
