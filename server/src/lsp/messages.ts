/**
 * What client and server say to each other beyond LSP. Names and shapes only, shared with the client, and the
 * extension tests hold the two together. Another editor needs none of it.
 */

/** What may stand in `initializationOptions`; everything is optional. */
export interface InitializationOptions {
  /** Whether the user trusts the workspace. An editor without the notion says nothing and is trusted. */
  readonly trusted?: boolean;
  /** Set by a client that answers {@link FILES} and {@link READ_FILE}: the most files it lists. */
  readonly maxFiles?: number;
  /** Whether YAML syntax errors in documents of ours are reported. By default where the server reads the files itself. */
  readonly yamlSyntax?: boolean;
  /** Where the pages of the rules are: a URI with a slash at the end. By default those that come with the server. */
  readonly rulePages?: string;
  /** The settings, for a client that does not answer `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Server → client request without parameters: the files of the workspace that may hold manifests. */
export const FILES = 'azureGitops/files';

export interface FilesResult {
  readonly files: readonly string[];
  /** True where there were more than may be listed: the rest is left out. */
  readonly capped: boolean;
}

/** Server → client request: the text of a file through the editor's file systems, so that virtual ones work. */
export const READ_FILE = 'azureGitops/readFile';

export interface ReadFileParams {
  readonly uri: string;
}

export interface ReadFileResult {
  /** `null` where the file cannot be read, is a folder, or is too large. */
  readonly text: string | null;
}

/** Client → server notification without parameters: the user has granted trust. */
export const TRUSTED = 'azureGitops/trusted';

/** Server → client notification: what there is to know, for a status item. */
export const STATUS = 'azureGitops/status';

export interface Status {
  /** Objects of ours that the index knows, and the files they are in. */
  readonly objects: number;
  readonly files: number;
  readonly indexing: boolean;
  /** The versions the findings are measured by, and why it is these. */
  readonly fluxVersion?: VersionFact;
  readonly argocdVersion?: VersionFact;
  /** A notice that wants to be read: not every file was read. */
  readonly message?: string;
}

export interface VersionFact {
  readonly value: string;
  readonly why: string;
}

/**
 * Client → server requests of the generators. A client lists them, asks one step after the other, checks answers as they
 * are typed, and takes the files at the end. Nothing is kept on the server: every request holds all answers so far.
 */
export const GENERATORS = 'azureGitops/generators';
export const GENERATE_STEP = 'azureGitops/generateStep';
export const GENERATE_PROBLEM = 'azureGitops/generateProblem';
export const GENERATE = 'azureGitops/generate';

/** Of all four requests; GENERATORS needs `uri` alone. */
export interface GenerateParams {
  /** A file or folder that what is written is for: its settings and versions count. */
  readonly uri?: string;
  readonly name: string;
  /** Answers by the key of their step; flags are `true` or `false`, several choices are joined by commas. */
  readonly values: Readonly<Record<string, string>>;
}

/** Of GENERATE_PROBLEM, which answers `{ reason }`, `null` for a value that can be. */
export interface GenerateProblemParams extends GenerateParams {
  readonly key: string;
  readonly value: string;
}

export interface GenerateProblemResult {
  readonly reason: string | null;
}

/** Client → server request: the edits of all safe fixes as a WorkspaceEdit, of one file or of the whole workspace. */
export const SAFE_FIXES = 'azureGitops/safeFixes';

export interface SafeFixesParams {
  /** Absent: every file. */
  readonly uri?: string;
}
