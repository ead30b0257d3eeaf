import { canonicalUri, dirname, joinPath } from '../../text/uri.ts';
import type { SourceDocument } from '../source-file.ts';
import { type FluxKustomization, fluxKustomizationsIn } from './flux-kustomization.ts';
import type { Generator } from './generator.ts';
import type { PatchEntry } from './patch-list.ts';
import {
  isKustomizationFileName,
  KUSTOMIZATION_FILE_NAMES,
  type KustomizationFile,
  readKustomization,
} from './read.ts';

/** Where the files come from. One state of them: after a change, links are made anew. */
export interface GraphSource {
  uris(): Iterable<string>;
  /** The documents of a file; none for a file that is not there. The same array while the file is the same. */
  documents(uri: string): readonly SourceDocument[];
  /** Another one whenever a document has changed. Without it, a graph looks at its patch files with every question. */
  readonly revision?: number;
  /** The roots that paths of Flux may be relative to; without them, the folder that all files share. */
  roots?(): Iterable<string>;
}

/** That a kustomization names a file or a folder among its resources or components. */
export interface Inclusion {
  readonly by: KustomizationFile;
  readonly via: 'resources' | 'components';
  /** The place in the list. */
  readonly index: number;
}

export interface PatchUse {
  readonly by: KustomizationFile;
  readonly entry: PatchEntry;
}

export interface InputUse {
  readonly by: KustomizationFile;
  readonly generator: Generator;
  /** `undefined` for a file of `KEY=value` lines. */
  readonly key: string | undefined;
}

/**
 * Which file names which: what all kustomization files say, by the canonical address of what they name. The address of a
 * folder stands for its kustomization file.
 */
export interface FileLinks {
  readonly kustomizations: readonly KustomizationFile[];
  readonly byUri: ReadonlyMap<string, KustomizationFile>;
  /** The kustomization file of a folder. */
  readonly byFolder: ReadonlyMap<string, KustomizationFile>;
  /** The folders with a file of that name, whatever is in it: Flux makes up none for them. */
  readonly ownFolders: ReadonlySet<string>;
  readonly includedBy: ReadonlyMap<string, readonly Inclusion[]>;
  readonly patchUses: ReadonlyMap<string, readonly PatchUse[]>;
  readonly inputUses: ReadonlyMap<string, readonly InputUse[]>;
  /** Values of Helm charts. */
  readonly valuesUses: ReadonlyMap<string, readonly KustomizationFile[]>;
  /** Transformers, generators, validators, transformer configuration, replacements, CRDs. */
  readonly configurationUses: ReadonlyMap<string, readonly KustomizationFile[]>;
  readonly fluxKustomizations: readonly FluxKustomization[];
  /** The address the source uses for a canonical one. */
  readonly uris: ReadonlyMap<string, string>;
}

interface FileScan {
  readonly kustomization: KustomizationFile | undefined;
  readonly flux: readonly FluxKustomization[];
}

const scans = new WeakMap<readonly SourceDocument[], FileScan>();

/** What a file means here. Kept with its documents: an unchanged file costs one look-up. */
function scan(documents: readonly SourceDocument[]): FileScan {
  const known = scans.get(documents);
  if (known) return known;
  const files = documents.flatMap((document) => readKustomization(document) ?? []);
  const found: FileScan = {
    // kustomize reads one document of a file.
    kustomization: files[0],
    flux: files.length > 0 ? [] : documents.flatMap(fluxKustomizationsIn),
  };
  scans.set(documents, found);
  return found;
}

export function linkFiles(source: GraphSource): FileLinks {
  const kustomizations: KustomizationFile[] = [];
  const fluxKustomizations: FluxKustomization[] = [];
  const byFolder = new Map<string, KustomizationFile>();
  const ownFolders = new Set<string>();
  const uris = new Map<string, string>();
  for (const uri of source.uris()) {
    const canonical = canonicalUri(uri);
    uris.set(canonical, uri);
    if (isKustomizationFileName(canonical)) ownFolders.add(dirname(canonical));
    const { kustomization, flux } = scan(source.documents(uri));
    fluxKustomizations.push(...flux);
    if (!kustomization) continue;
    kustomizations.push(kustomization);
    const rival = byFolder.get(kustomization.folder);
    if (kustomization.named && (!rival || rank(kustomization) < rank(rival)))
      byFolder.set(kustomization.folder, kustomization);
  }
  const links = {
    kustomizations,
    byUri: new Map(kustomizations.map((file) => [file.uri, file])),
    byFolder,
    ownFolders,
    includedBy: new Map<string, Inclusion[]>(),
    patchUses: new Map<string, PatchUse[]>(),
    inputUses: new Map<string, InputUse[]>(),
    valuesUses: new Map<string, KustomizationFile[]>(),
    configurationUses: new Map<string, KustomizationFile[]>(),
    fluxKustomizations,
    uris,
  };
  for (const file of kustomizations) link(file, links);
  return links;
}

/** kustomize refuses a folder with several; the first of its names is the likeliest to stay. */
const rank = (file: KustomizationFile): number =>
  KUSTOMIZATION_FILE_NAMES.findIndex((name) => file.uri.endsWith(`/${name}`));

type MutableLinks = {
  [K in keyof FileLinks]: FileLinks[K] extends ReadonlyMap<string, readonly (infer V)[]>
    ? Map<string, V[]>
    : FileLinks[K];
};

function link(by: KustomizationFile, links: MutableLinks): void {
  const at = (path: string): string => addressOf(by.folder, path, links.byFolder);
  for (const [index, { text }] of [...by.resources, ...by.bases].entries())
    if (isLocal(text)) add(links.includedBy, at(text), { by, via: 'resources', index });
  for (const [index, { text }] of by.components.entries())
    if (isLocal(text)) add(links.includedBy, at(text), { by, via: 'components', index });
  for (const entry of by.patches)
    if (entry.path) add(links.patchUses, joinPath(by.folder, entry.path.text), { by, entry });
  for (const generator of by.configMapsAndSecrets) {
    for (const { key, path } of generator.files)
      add(links.inputUses, joinPath(by.folder, path), { by, generator, key });
    for (const { text } of generator.envs)
      add(links.inputUses, joinPath(by.folder, text), { by, generator, key: undefined });
  }
  for (const chart of by.helmCharts)
    for (const { text } of chart.valuesFiles) add(links.valuesUses, joinPath(by.folder, text), by);
  const others = [...by.transformers, ...by.generators, ...by.validators, ...by.configurations, ...by.crds];
  for (const { text } of others) if (!text.includes('\n')) add(links.configurationUses, at(text), by);
  for (const { path } of by.replacements) if (path) add(links.configurationUses, joinPath(by.folder, path.text), by);
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Addresses of other repositories are nothing we see: `https://…`, `git@host:…`, `host.com/org/repo//path?ref=v1`. */
const isLocal = (path: string): boolean => !/:\/\/|^git@|^git::|[?&](?:ref|version)=/.test(path);

/** The canonical address that a path of a kustomization stands for: of the kustomization file where it names a folder. */
export function addressOf(folder: string, path: string, byFolder: ReadonlyMap<string, KustomizationFile>): string {
  const address = joinPath(folder, path);
  return byFolder.get(address)?.uri ?? address;
}

/** The folders from one up to the root of its address, itself first. */
export function foldersUp(folder: string): string[] {
  const folders = [folder];
  for (let current = folder; folders.length < 200; ) {
    const parent = dirname(current);
    if (parent === current || parent === '') break;
    folders.push(parent);
    current = parent;
  }
  return folders;
}
