import { lstatSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Session } from '../engine/session.ts';
import { configurationAbove, readText, scanFolder, toPath, toUri } from './scan.ts';

/** What a command says to a person. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly color: boolean;
}

/** A command line that cannot be carried out. Its message is one line. */
export class UsageError extends Error {}

export interface OpenedWorkspace {
  readonly session: Session;
  /** The files that were named or found; settings from folders above are in the session but not here. */
  readonly uris: readonly string[];
}

/** The path of a file for a person: relative to the current folder, with slashes. */
export const shownPath = (uri: string): string => relative(process.cwd(), toPath(uri)).replaceAll('\\', '/');

/**
 * Reads one argument, a folder, a file or `-` for standard input, into a session of its own. What cannot be read is
 * skipped and told. Throws a UsageError where the argument itself cannot be read.
 */
export function openWorkspace(path: string, stdinName: string, io: Io): OpenedWorkspace {
  const session = new Session({ trusted: true });
  session.onRuleFailure = ({ rule, uri, error }) =>
    io.err(`azure-gitops: rule ${rule} failed on ${shownPath(uri)}: ${(error as Error)?.stack ?? error}\n`);
  if (path === '-') {
    const uri = toUri(stdinName);
    addConfiguration(session, resolve(stdinName));
    session.setFile(uri, readFileSync(0, 'utf8'));
    return { session, uris: [uri] };
  }
  const folder = isFolder(path);
  const scan = folder ? scanFolder(path) : { files: [{ path: resolve(path), uri: toUri(path) }], skipped: [] };
  for (const line of scan.skipped) io.err(`azure-gitops: skipped ${line}\n`);
  addConfiguration(session, resolve(path));
  const uris: string[] = [];
  for (const { path: file, uri } of scan.files) {
    try {
      session.setFile(uri, readText(file));
      uris.push(uri);
    } catch (error) {
      io.err(`azure-gitops: skipped ${file}: ${(error as Error).message}\n`);
    }
  }
  return { session, uris };
}

function isFolder(path: string): boolean {
  try {
    if (statSync(path).isDirectory()) return true;
    if (!lstatSync(path).isFile() && !statSync(path).isFile()) throw new Error('not a file or folder');
    return false;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(`cannot read '${path}': ${missing ? 'no such file or folder' : (error as Error).message}`);
  }
}

/** Settings and SOPS configuration of the folders above hold for what is below; for a file also those beside it. */
function addConfiguration(session: Session, path: string): void {
  for (const { path: file, uri } of configurationAbove(path)) {
    try {
      session.setFile(uri, readText(file));
    } catch {
      // Unreadable settings above the workspace are somebody else's.
    }
  }
}
