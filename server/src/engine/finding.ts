import type { Severity } from '../rules/define.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** What the engine says of a file. All spans are UTF-16 offsets into the file's text as it is now. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly { readonly uri: string; readonly span: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** True where a JSON Schema of the kind would find the same. */
  readonly schema: boolean;
}

export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly FileEdit[];
  /** A file to create, if there is none yet. */
  readonly create?: { readonly uri: string; readonly content: string } | undefined;
  /** A command for a person to run in a terminal. */
  readonly command?: string | undefined;
}

export interface FileEdit {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

export interface FileFindings {
  readonly findings: readonly Finding[];
  /** Equal ids mean equal findings. */
  readonly resultId: string;
}
