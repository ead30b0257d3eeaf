import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/**
 * One parsed document: a YAML document of a file, or a document held inside a string of another one.
 * All spans inside it are offsets (UTF-16) into `text`.
 */
export interface Tree {
  readonly text: string;
  /** `undefined` for an empty document. */
  readonly root: Node | undefined;
  readonly errors: readonly SyntaxProblem[];
  /** Where this text lives when it is not a document of a file but the content of a string. */
  readonly host: Host | undefined;
}

/** The string an embedded tree was read from, and the way back. */
export interface Host {
  readonly node: ScalarNode;
  readonly map: TextMap;
  /** The language of the content, by its name in the embed registry. */
  readonly language: string;
  /** True where an edit inside has to re-encode the whole string (base64). */
  readonly encoded: boolean;
}

/** Maps between the decoded text of a string and the text of the tree that holds it. Offsets are UTF-16. */
export interface TextMap {
  /** The decoded text. */
  readonly text: string;
  /** Where a decoded offset stands in the host's text. Total: every offset from 0 to `text.length` has a place. */
  toHost(offset: number): number;
  /** The span of the host's text that shows the decoded span; never empty if the decoded span is not. */
  spanToHost(span: Span): Span;
  /** The decoded offset shown at an offset of the host's text, `undefined` outside the content. */
  fromHost(offset: number): number | undefined;
  /**
   * Edits of the decoded text as edits of the host's text, keeping its style (indentation of a block scalar, escapes of
   * a quoted one); `undefined` where the result cannot be written in that style.
   */
  edit(edits: readonly TextEdit[]): TextEdit[] | undefined;
}

export interface SyntaxProblem {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

export type Node = MapNode | SeqNode | ScalarNode | AliasNode;

interface NodeBase {
  readonly tree: Tree;
  /** The value as written, quotes and block scalar header included, anchors and tags not. */
  readonly span: Span;
  readonly parent: MapNode | SeqNode | undefined;
  /** Set where the parser reported an error inside this node itself: what it lacks is unknown. */
  readonly damaged: boolean;
  /** Set where the node is not written as such: a step of a JSON6902 path, say. Its span is where it comes from. */
  readonly synthetic: boolean;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: ScalarNode;
  /** A key without a value has a scalar of an empty span and the value `null`. */
  readonly value: Node;
  readonly map: MapNode;
}

export interface SeqNode extends NodeBase {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly Node[];
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** The decoded text: for a plain scalar as written, for the others without quotes, escapes and indentation. */
  readonly text: string;
  /** The value by the YAML 1.2 core schema. */
  readonly value: string | number | bigint | boolean | null;
}

/** An alias. The functions of navigate.ts follow it; without a target (an unknown anchor, a cycle) all about it is unknown. */
export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Node | undefined;
}
