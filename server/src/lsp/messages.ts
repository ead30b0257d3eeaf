/**
 * What client and server say to each other beyond LSP. Names and shapes only; client/src/protocol.ts has the same ones,
 * and the extension tests hold the two together. Another editor needs none of it.
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
