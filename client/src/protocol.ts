/**
 * What client and server say to each other beyond LSP: the names and shapes are the server's own, and here are those of
 * its answers that it builds from more than the protocol. The extension tests hold the two together.
 */
export * from '../../server/src/lsp/messages.ts';

/** A generator as it is offered: what GENERATORS answers is a list of these. */
export interface Offer {
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  /** Why it cannot serve the versions of this workspace. */
  readonly refused?: string;
}

/** The step to ask next: what GENERATE_STEP answers, `null` where all are answered. */
export interface AskedStep {
  readonly key: string;
  readonly title: string;
  readonly prompt: string;
  readonly kind: 'text' | 'choice' | 'choices' | 'flag';
  readonly choices?: readonly {
    readonly value: string;
    readonly title: string;
    readonly detail?: string;
    readonly refused?: string;
  }[];
  readonly suggestions?: readonly string[];
  readonly default?: string;
  readonly example?: string;
  readonly optional: boolean;
  /** From 1; how many steps there are may change with the answers. */
  readonly number: number;
  readonly total: number;
}

/** What GENERATE answers. */
export type Generated =
  | { readonly ok: true; readonly files: readonly GeneratedFile[] }
  | { readonly ok: false; readonly errors: readonly { readonly key?: string; readonly reason: string }[] };

export interface GeneratedFile {
  /** Relative to the folder the user chooses. */
  readonly path: string;
  /** The editor's language id. */
  readonly language: string;
  readonly content: string;
  /** What to do with the file. */
  readonly note?: string;
}
