/**
 * What client and server say to each other beyond LSP. Names and shapes only: the server answers to the same ones.
 * The extension tests hold the two together.
 */

/** Sent in `initializationOptions`. */
export interface InitializationOptions {
  /** Whether the user trusts the workspace. It may become true later, see {@link TRUSTED}; it never becomes false. */
  readonly trusted: boolean;
  /** How many files the client lists at most, see {@link FILES}. */
  readonly maxFiles: number;
  /** The language in which the editor speaks, as in `vscode.env.language`. */
  readonly locale: string;
  /** The folder of the pages of the rules, as a URI with a slash at its end. */
  readonly rulePages: string;
}

/** Server → client request without parameters: the files of the workspace that may hold manifests. */
export const FILES = 'azureGitops/files';

export interface FilesResult {
  /** URIs as strings, sorted; what the user excludes from search or the explorer is not among them. */
  readonly files: readonly string[];
  /** True where there were more than `azureGitops.maxFiles`: the rest is left out. */
  readonly capped: boolean;
}

/** Server → client request: the text of a file through the editor's file systems, so that virtual ones work. */
export const READ_FILE = 'azureGitops/readFile';

export interface ReadFileParams {
  readonly uri: string;
}

export interface ReadFileResult {
  /** `null` where the file cannot be read, is a folder, or is larger than 4 MiB. */
  readonly text: string | null;
}

/** Client → server notification without parameters: the user has granted trust. */
export const TRUSTED = 'azureGitops/trusted';

/** Server → client notification: what there is to know, for the language status item. */
export const STATUS = 'azureGitops/status';

export interface Status {
  /** Objects of ours that the index knows, and the files they are in. */
  readonly objects: number;
  readonly files: number;
  readonly indexing: boolean;
  /** The Flux version the findings are measured by, and why it is that one. */
  readonly fluxVersion?: VersionFact;
  readonly argocdVersion?: VersionFact;
  /** A notice that wants to be read: the cap was reached, a configuration file is broken. */
  readonly message?: string;
}

export interface VersionFact {
  readonly value: string;
  readonly why: string;
}

/**
 * Client → server requests of the generators. A client lists them, asks one step after the other, checks answers as they
 * are typed, and takes the files at the end. Every request holds all answers so far: the server keeps nothing.
 */
export const GENERATORS = 'azureGitops/generators';
export const GENERATE_STEP = 'azureGitops/generateStep';
export const GENERATE_PROBLEM = 'azureGitops/generateProblem';
export const GENERATE = 'azureGitops/generate';

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

/** What GENERATE_PROBLEM answers: `null` for a value that can be. */
export interface GenerateProblemResult {
  readonly reason: string | null;
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

/** Client → server request: the edits of all safe fixes, of one file or of the whole workspace. */
export const SAFE_FIXES = 'azureGitops/safeFixes';

export interface SafeFixesParams {
  /** Absent: every file. */
  readonly uri?: string;
}
