import type { TextEdit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

export type ItemKind = 'key' | 'value' | 'name' | 'snippet' | 'suggestion';

/** One thing to offer. Offsets are UTF-16 and of the file. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: ItemKind;
  /** Stands right behind the label, less prominent: a namespace, a type. */
  readonly detail: string | undefined;
  /** Stands at the end of the row. */
  readonly description: string;
  /** Markdown, made when it is asked for. */
  readonly documentation: () => string | undefined;
  /** In LSP snippet syntax where `snippet` is set. Its further lines are indented already: insert it as it is. */
  readonly insertText: string;
  readonly snippet: boolean;
  readonly replace: Span;
  /** Edits elsewhere in the file that go with it: a comma before, a line above. */
  readonly additionalEdits: readonly TextEdit[];
  readonly sortText: string;
  readonly filterText: string;
  /** True where a JSON Schema of the kind alone would offer the same. */
  readonly bare: boolean;
  readonly deprecated: boolean;
  /** True where what is inserted ends where the next completion begins. */
  readonly retrigger: boolean;
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
}

export const DESCRIPTION = 'Azure GitOps';

/** An item before it is known where and how it is inserted. Further lines are indented from the key's column. */
export interface Proposal {
  readonly label: string;
  readonly kind: ItemKind;
  readonly detail?: string | undefined;
  readonly documentation?: (() => string | undefined) | undefined;
  /** A key, for `kind: 'key'`: its value follows from `value`. */
  readonly key?: string;
  /**
   * What is inserted, in snippet syntax: a value, or what follows the colon of a key (with the blank or line break that
   * belongs there).
   */
  readonly value: string;
  readonly order: string;
  readonly bare?: boolean;
  readonly deprecated?: boolean;
  readonly retrigger?: boolean;
  /** Lines to insert above the line of the cursor, at the same column. */
  readonly above?: string;
  /** True for a value that stands as it is, without quotes of JSON around it. */
  readonly raw?: boolean;
}
