import type { Connection } from 'vscode-languageserver';
import { isManifestName } from '../model/file-names.ts';
import { basename } from '../text/uri.ts';
import { FILES, type FilesResult, READ_FILE, type ReadFileResult } from './messages.ts';

/** Where the files of the workspace come from: the client, or the file system of the machine the server runs on. */
export interface FileSource {
  /** The files that may hold manifests, at most `maxFiles` of them. Never rejects for a single bad file or folder. */
  list(folders: readonly string[], limits: Limits): Promise<FileList>;
  /** The texts in the order of the URIs; `undefined` for what cannot be read, is no file or is too large. */
  read(uris: readonly string[]): Promise<readonly (string | undefined)[]>;
}

export interface Limits {
  readonly maxFiles: number;
  /** Tells whether a file or folder (by URI) is left out, as the user's settings have it. */
  readonly excluded: (uri: string) => boolean;
}

export interface FileList {
  readonly uris: readonly string[];
  /** True where files were left out because of the limit. */
  readonly capped: boolean;
  /** What could not be looked at, in words for the log. */
  readonly problems: readonly string[];
}

/** Files through the editor, so that virtual file systems work and what the user excludes stays out. */
export const clientFiles = (connection: Connection): FileSource => ({
  async list(_folders, { maxFiles, excluded }) {
    const { files, capped } = await connection.sendRequest<FilesResult>(FILES);
    const uris = files.filter((uri) => isManifestName(basename(uri)) && !excluded(uri));
    return { uris: uris.slice(0, maxFiles), capped: capped || uris.length > maxFiles, problems: [] };
  },
  read: (uris) =>
    Promise.all(
      uris.map(async (uri) => {
        const { text } = await connection.sendRequest<ReadFileResult>(READ_FILE, { uri });
        return text ?? undefined;
      }),
    ),
});
