/**
 * Paths of URIs as strings, whatever the scheme (`file:`, `vscode-vfs:`, `memfs:` …). Nothing here looks at a file system.
 *
 * Clients differ in what they percent-encode (`%3A` or `:`, `@` or `%40`), so addresses are compared in the form that
 * `canonicalUri` gives: every path character but letters, digits and `-._~/` encoded, hexadecimal digits in upper case.
 */

const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(.*)$/s;
const CANONICAL_PATH = /^[A-Za-z0-9\-._~/]*$/;

interface UriParts {
  /** Scheme and authority, as written: `file://`, `vscode-vfs://github`. */
  readonly head: string;
  readonly path: string;
  /** Query and fragment, with their marks. */
  readonly tail: string;
}

function split(uri: string): UriParts {
  const match = PARTS.exec(uri);
  return { head: (match?.[1] ?? '') + (match?.[2] ?? ''), path: match?.[3] ?? '', tail: match?.[4] ?? '' };
}

/** Decodes `%xx`; a sequence that is no UTF-8 stays as it is. */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function encodePath(path: string): string {
  if (CANONICAL_PATH.test(path)) return path;
  return path.replace(/[^A-Za-z0-9\-._~/]+/gu, (run) => {
    try {
      return encodeURIComponent(run).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    } catch {
      // A lone surrogate has no encoding.
      return encodeURIComponent(run.replace(/[\ud800-\udfff]/g, '\ufffd'));
    }
  });
}

const canonicalForms = new Map<string, string>();

/** The one form of a URI under which it is looked up; a slash at the end of its path is dropped, query and fragment too. */
export function canonicalUri(uri: string): string {
  const known = canonicalForms.get(uri);
  if (known !== undefined) return known;
  const { head, path } = split(uri);
  // Editors write the letter of a Windows drive in lower case, Node writes it as it is given.
  const decoded = decodePath(trimSlash(path)).replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  const canonical = head.toLowerCase() + encodePath(decoded);
  // The addresses of a workspace are few and asked for again and again; the bound is against a flood of other ones.
  if (canonicalForms.size > 50_000) canonicalForms.clear();
  canonicalForms.set(uri, canonical);
  return canonical;
}

const trimSlash = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

/** The folder that holds what the URI names; a root is its own folder. */
export function dirname(uri: string): string {
  // Asked for every file of a workspace: no expression for an address as every client writes it.
  const scheme = uri.indexOf('://');
  const start = scheme > 0 && uri.indexOf('/') > scheme && !/[?#]/.test(uri) ? uri.indexOf('/', scheme + 3) : -1;
  if (start >= 0) {
    const slash = uri.lastIndexOf('/', uri.length - 2);
    return slash <= start ? uri.slice(0, start + 1) : uri.slice(0, slash);
  }
  const { head, path } = split(uri);
  const trimmed = trimSlash(path);
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return head;
  return head + (slash === 0 ? '/' : trimmed.slice(0, slash));
}

/** The last segment of the path, decoded. */
export function basename(uri: string): string {
  const trimmed = trimSlash(split(uri).path);
  return decodePath(trimmed.slice(trimmed.lastIndexOf('/') + 1));
}

/**
 * A path as it stands in a file, seen from a folder: `.` and `..` are resolved, an absolute path starts at the root of
 * the URI. The path is not percent-encoded; the result is canonical.
 */
export function joinPath(folder: string, path: string): string {
  const key = `${folder}\u0000${path}`;
  const known = joined.get(key);
  if (known !== undefined) return known;
  const address = join(folder, path);
  if (joined.size > 50_000) joined.clear();
  joined.set(key, address);
  return address;
}

/** The same paths are asked for whenever the files of a workspace change. */
const joined = new Map<string, string>();

function join(folder: string, path: string): string {
  const { head, path: base } = split(canonicalUri(folder));
  const segments = path.startsWith('/') ? [] : base.split('/').filter((s) => s !== '');
  for (const segment of path.replace(/\\/g, '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encodePath(segment));
  }
  return `${head}/${segments.join('/')}`;
}

/** True where `uri` is the folder itself or lies below it. Both must be canonical. */
export const isBelow = (folder: string, uri: string): boolean =>
  uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/**
 * The path that leads from a folder to a URI, decoded (`../b/c.yaml`, `.` for the folder itself); `undefined` where they
 * do not share scheme and authority.
 */
export function relativePath(folder: string, uri: string): string | undefined {
  const from = split(canonicalUri(folder));
  const to = split(canonicalUri(uri));
  if (from.head !== to.head) return undefined;
  const a = from.path.split('/').filter((s) => s !== '');
  const b = to.path.split('/').filter((s) => s !== '');
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  const steps = [...a.slice(shared).map(() => '..'), ...b.slice(shared).map(decodePath)];
  return steps.length === 0 ? '.' : steps.join('/');
}
