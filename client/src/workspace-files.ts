import * as vscode from 'vscode';
import { withoutBraces } from './globs.ts';
import type { FilesResult, ReadFileResult } from './protocol.ts';
import { maxFiles } from './settings.ts';

/** A manifest larger than this is generated; to read it would cost more than it tells. */
const largest = 4 * 1024 * 1024;

/** Manifests first: where there are too many files, JSON is what is left out. */
const patterns = ['**/{*.yaml,*.yml,*.kubeconfig,Kustomization,kubeconfig}', '**/*.json'];

/** Files of tools that are common and never manifests: they must not use up the places. */
const toolFile = /\/(?:package(?:-lock)?|npm-shrinkwrap|tsconfig[^/]*|pnpm-lock)\.(?:json|yaml)$/i;

/** Never read, whatever the user excludes. */
const never = ['**/node_modules', '**/.git'];

/** The files of the workspace that may hold manifests, without what the user excludes from the explorer or search. */
export async function listFiles(token?: vscode.CancellationToken): Promise<FilesResult> {
  const most = maxFiles();
  const files: string[] = [];
  for (const pattern of patterns) {
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (files.length > most || token?.isCancellationRequested) break;
      const found = await findIn(folder, pattern, most + 1 - files.length, token);
      for (const uri of found) if (!toolFile.test(uri.path)) files.push(uri.toString());
    }
  }
  const unique = [...new Set(files)]; // a folder of a multi-root workspace may lie in another
  return { files: unique.slice(0, most).sort(), capped: unique.length > most };
}

async function findIn(
  folder: vscode.WorkspaceFolder,
  pattern: string,
  most: number,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const excluded = vscode.workspace.getConfiguration('search', folder.uri).get<Record<string, unknown>>('exclude', {});
  // findFiles honours files.exclude by itself, search.exclude it does not. A value that is an object makes the
  // pattern depend on a sibling file: it is left to search itself.
  const excludes = [...never, ...Object.keys(excluded).filter((glob) => excluded[glob] === true)].flatMap(
    withoutBraces,
  );
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, pattern),
    `{${excludes.join(',')}}`,
    most,
    token,
  );
  if (found.length > 0 || folder.uri.scheme === 'file' || folder.uri.scheme === 'vscode-remote') return found;
  return walk(folder.uri, pattern.includes('json') ? /\.json$/i : /\.ya?ml$|^Kustomization$/i, most); // a file system without search
}

async function walk(root: vscode.Uri, name: RegExp, most: number): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder && found.length < most; folder = folders.shift()) {
    const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
    for (const [entry, type] of entries) {
      const uri = vscode.Uri.joinPath(folder, entry);
      // A symbolic link is not followed: it may lead back.
      if (type === vscode.FileType.Directory && entry !== 'node_modules' && entry !== '.git') folders.push(uri);
      else if (type === vscode.FileType.File && name.test(entry)) found.push(uri);
    }
  }
  return found.slice(0, most);
}

/** The text of a file through the editor's file systems. */
export async function readFile(uri: vscode.Uri): Promise<ReadFileResult> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > largest) return { text: null };
    // TextDecoder drops a byte order mark, as the editor does.
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return { text: null };
  }
}

/**
 * Passes on the changes of files that {@link listFiles} would list. A new file is looked up among the listed ones,
 * together with the others that came at the same moment: a checkout brings many.
 */
export class WatchedFiles implements vscode.Disposable {
  private known: Promise<Set<string>> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];

  /** To be called with every list that is handed out. */
  listed(files: readonly string[]): void {
    this.known = Promise.resolve(new Set(files));
  }

  /** Resolves to whether a change of this file is of interest. */
  async concerns(uri: string, created: boolean): Promise<boolean> {
    const known = await this.known;
    if (!known) return false; // nothing was listed yet: the list to come will have it
    if (known.has(uri)) return true;
    if (!created) return false;
    await this.relist();
    return (await this.known)?.has(uri) === true;
  }

  private relist(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      clearTimeout(this.timer);
      this.timer = setTimeout(async () => {
        const waiting = this.waiting.splice(0);
        const { files } = await listFiles();
        this.known = Promise.resolve(new Set(files));
        for (const done of waiting) done();
      }, 100);
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
