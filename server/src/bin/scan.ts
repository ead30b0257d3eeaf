import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isManifestName, isSkippedFolder } from '../model/file-names.ts';

/** A larger file is no manifest that anybody wrote. */
const MAX_FILE = 8_000_000;

export interface Scan {
  readonly files: { readonly path: string; readonly uri: string }[];
  /** What was left out and why, a line each. */
  readonly skipped: string[];
  readonly truncated: boolean;
}

export const toUri = (path: string): string => pathToFileURL(resolve(path)).href;
export const toPath = (uri: string): string => fileURLToPath(uri);

export interface ScanLimits {
  readonly files: number;
  /** Tells what is left out, by URI, as the user's settings have it. */
  readonly excluded?: (uri: string) => boolean;
}

/**
 * Finds the YAML and JSON files below a folder, a folder a step, so that a server can do other things in between. Links to
 * folders are not followed: none leads in circles, and nothing is found twice.
 */
export function* scanSteps(folder: string, limits: ScanLimits): Generator<undefined, Scan> {
  const scan = { files: [] as Scan['files'], skipped: [] as string[], truncated: false };
  const queue = [resolve(folder)];
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(current, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      scan.skipped.push(`${current}: ${(error as Error).message}`);
      continue;
    }
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name) && !limits.excluded?.(toUri(path))) queue.push(path);
        continue;
      }
      if (!isManifestName(entry.name)) continue;
      try {
        // What a link leads to counts; a pipe or a device would never end.
        const stat = statSync(path);
        if (!stat.isFile() || limits.excluded?.(toUri(path))) continue;
        if (stat.size > MAX_FILE) scan.skipped.push(`${path}: larger than ${MAX_FILE / 1e6} MB`);
        else if (scan.files.length < limits.files) scan.files.push({ path, uri: toUri(path) });
        else {
          scan.truncated = true;
          return scan;
        }
      } catch (error) {
        scan.skipped.push(`${path}: ${(error as Error).message}`);
      }
    }
    yield;
  }
  return scan;
}

/** All steps at once, for who has nothing else to do. */
export function scanFolder(folder: string, limits: ScanLimits = { files: 100_000 }): Scan {
  const steps = scanSteps(folder, limits);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The text of a file; bytes that are no UTF-8 become replacement characters. A byte order mark is kept: offsets count it. */
export const readText = (path: string): string => decodeText(readFileSync(path));

export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Settings and SOPS configuration in the folders above, which hold for what is below. */
export function configurationAbove(folder: string): { path: string; uri: string }[] {
  const found: { path: string; uri: string }[] = [];
  let current = dirname(resolve(folder));
  for (let i = 0; i < 40; i++) {
    for (const name of ['.azure-gitops.yaml', '.azure-gitops.yml', '.sops.yaml']) {
      const path = join(current, name);
      try {
        if (statSync(path).isFile()) found.push({ path, uri: toUri(path) });
      } catch {
        // No such file: the usual case.
      }
    }
    if (dirname(current) === current) break;
    current = dirname(current);
  }
  return found;
}
