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
