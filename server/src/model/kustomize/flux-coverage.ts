import { maskTemplates } from '../../azure/text-kinds.ts';
import { canonicalUri, dirname, isBelow, joinPath, relativePath } from '../../text/uri.ts';
import { type FileLinks, foldersUp } from './file-links.ts';
import type { FluxKustomization } from './flux-kustomization.ts';

/** That a Flux Kustomization builds a folder. */
export interface Coverage {
  readonly flux: FluxKustomization;
  readonly folder: string;
  /** False where the path holds a variable and this folder is one of those it may mean. */
  readonly certain: boolean;
}

/** A word that no folder is called: it stands for a template in a path. */
const HOLE = '\u0000';

/**
 * The folders that Flux Kustomizations build, by their canonical address.
 *
 * A path is relative to the root of the source's artifact, which is a repository as a rule: the workspace folder of the
 * file, or another one. The folder must exist. Which repository a source means nobody can tell from the files, so two
 * guesses are left out: a path that names the root itself, which exists everywhere, is taken only from a source that
 * other Kustomizations use for folders found here; and a folder above the file is taken for a repository inside the
 * workspace only for the source that Flux' bootstrap makes, which is the repository that holds the file.
 */
export function coverFolders(
  fluxKustomizations: readonly FluxKustomization[],
  links: FileLinks,
  roots: Iterable<string> | undefined,
): ReadonlyMap<string, readonly Coverage[]> {
  const byFolder = new Map<string, Coverage[]>();
  if (fluxKustomizations.length === 0) return byFolder;
  const shared = sharedFolder(links);
  const folders = new Set([...foldersOf(links)].filter((folder) => isBelow(shared, folder)));
  // Without roots the repository is the folder that all files share, or begins above it.
  const known = roots ? [...roots].map(canonicalUri) : foldersUp(shared);
  const atRoot: FluxKustomization[] = [];
  const ownSources = new Set<string>();
  const cover = (flux: FluxKustomization, folder: string, certain: boolean): void => {
    const list = byFolder.get(folder);
    if (list) list.push({ flux, folder, certain });
    else byFolder.set(folder, [{ flux, folder, certain }]);
  };
  for (const flux of fluxKustomizations) {
    const path = flux.path === undefined ? '.' : flux.path.text;
    // An ExternalArtifact is put together from parts of other sources: its paths are none of a repository.
    if (path === undefined || flux.sourceRef?.kind === 'ExternalArtifact') continue;
    // One that says neither what to build nor from where is a patch that nothing here applies.
    if (flux.path === undefined && flux.sourceRef === undefined) continue;
    const masked = maskTemplates(path, HOLE);
    if (masked.includes(HOLE)) {
      for (const folder of foldersLike(masked, folders, known)) cover(flux, folder, false);
    } else if (joinPath('x:/', path) === 'x:/') atRoot.push(flux);
    else {
      for (const folder of foldersAt(path, flux, folders, known)) {
        cover(flux, folder, true);
        ownSources.add(sourceKey(flux));
      }
    }
  }
  for (const flux of atRoot) {
    if (ownSources.size > 0 && !ownSources.has(sourceKey(flux))) continue;
    const file = canonicalUri(flux.object.document.uri);
    for (const root of nearest(known.filter((r) => isBelow(r, file)))) cover(flux, root, true);
  }
  return byFolder;
}

function sourceKey({ sourceRef, object }: FluxKustomization): string {
  // A source of another namespace is written with it, one of the own namespace need not be.
  return `${sourceRef?.kind}/${sourceRef?.namespace ?? object.namespace ?? ''}/${sourceRef?.name}`;
}

/** All folders with a file below them. */
function foldersOf(links: FileLinks): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const uri of links.uris.keys()) {
    for (let folder = dirname(uri); !folders.has(folder) && folder !== ''; folder = dirname(folder))
      folders.add(folder);
  }
  return folders;
}

/** The folder that all files share. */
function sharedFolder(links: FileLinks): string {
  let shared: string | undefined;
  for (const uri of links.uris.keys()) {
    const folder = dirname(uri);
    if (shared === undefined) shared = folder;
    else if (!isBelow(shared, folder)) shared = foldersUp(shared).find((above) => isBelow(above, folder)) ?? '';
  }
  return shared ?? '';
}

const nearest = (roots: readonly string[]): string[] =>
  roots.length === 0 ? [] : [roots.reduce((a, b) => (b.length > a.length ? b : a))];

/** The name that `flux bootstrap` and the Flux Operator give the source of the repository they sync. */
const BOOTSTRAP_SOURCE = 'flux-system';

/** Where a path leads: from the root that holds the file, else from a folder above the file, else from any other root. */
function foldersAt(
  path: string,
  flux: FluxKustomization,
  folders: ReadonlySet<string>,
  roots: readonly string[],
): string[] {
  const file = canonicalUri(flux.object.document.uri);
  const own = roots.filter((root) => isBelow(root, file));
  const inside = flux.sourceRef?.name === BOOTSTRAP_SOURCE ? foldersUp(dirname(file)) : [];
  const above = inside.filter((folder) => own.some((root) => isBelow(root, folder)));
  const candidates = [...nearest(own), ...above.reverse()];
  for (const candidate of candidates) {
    const folder = joinPath(candidate, path);
    if (folders.has(folder) && own.some((root) => isBelow(root, folder))) return [folder];
  }
  return roots.map((root) => joinPath(root, path)).filter((folder) => folders.has(folder));
}

/** The folders that a path with holes may mean; a hole stands for a part of one segment. */
function foldersLike(masked: string, folders: ReadonlySet<string>, roots: readonly string[]): string[] {
  const pattern = masked.split('/').filter((s) => s !== '' && s !== '.');
  // A path that is all variables says nothing.
  if (!pattern.some((segment) => !segment.includes(HOLE)) || pattern.includes('..')) return [];
  const found: string[] = [];
  for (const folder of folders)
    for (const root of roots) {
      if (!isBelow(root, folder)) continue;
      const segments = relativePath(root, folder)?.split('/') ?? [];
      if (segments.length === pattern.length && pattern.every((p, i) => fits(p, segments[i] as string)))
        found.push(folder);
    }
  return found;
}

/** Whether a segment has the parts between the holes, in their order. */
function fits(pattern: string, segment: string): boolean {
  const parts = pattern.split(HOLE);
  const [first = '', ...rest] = parts;
  if (parts.length === 1) return first === segment;
  const last = rest.pop() as string;
  if (segment.length < first.length + last.length || !segment.startsWith(first) || !segment.endsWith(last))
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = segment.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= segment.length - last.length;
}
