import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SKIPPED = new Set(['node_modules', '.git', '.terraform', '.venv', 'vendor', '.vscode-test', '.bench']);
const FILE = /\.(ya?ml|json)$|(^|[\\/])Kustomization$/;
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

/** The YAML and JSON files below a folder. Links are not followed, so that none leads in circles. */
export function scanFolder(folder: string, limits: { readonly files: number } = { files: 100_000 }): Scan {
  const scan = { files: [] as Scan['files'], skipped: [] as string[], truncated: false };
  const queue = [resolve(folder)];
  for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
    let names: string[];
    try {
      names = readdirSync(current).sort();
    } catch (error) {
      scan.skipped.push(`${current}: ${(error as Error).message}`);
      continue;
    }
    for (const name of names) {
      const path = join(current, name);
      try {
        const stat = lstatSync(path);
        if (stat.isDirectory()) {
          if (!SKIPPED.has(name)) queue.push(path);
        } else if (FILE.test(name) && (stat.isFile() || (stat.isSymbolicLink() && statSync(path).isFile()))) {
          if (scan.files.length >= limits.files) scan.truncated = true;
          else if (stat.size > MAX_FILE) scan.skipped.push(`${path}: larger than ${MAX_FILE / 1e6} MB`);
          else scan.files.push({ path, uri: toUri(path) });
        }
      } catch (error) {
        scan.skipped.push(`${path}: ${(error as Error).message}`);
      }
    }
  }
  return scan;
}

/** The text of a file; bytes that are no UTF-8 become replacement characters. A byte order mark is kept: offsets count it. */
export function readText(path: string): string {
  const bytes = readFileSync(path);
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
