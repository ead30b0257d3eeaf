import { embeddedDocuments, textMapOf } from '../../embed/embedded.ts';
import { canonicalUri, joinPath } from '../../text/uri.ts';
import { asMap, get, getEntry, text } from '../../yaml/navigate.ts';
import { parseTree } from '../../yaml/parse.ts';
import type { MapNode, Node, ScalarNode, SeqNode, Tree } from '../../yaml/tree.ts';
import { type ObjectType, type PatchTarget, readObject, splitApiVersion } from '../object.ts';
import type { SourceDocument } from '../source-file.ts';
import { isJson6902, operationsOf } from './json6902.ts';
import type { PatchEntry } from './patch-list.ts';
import { isKustomizationFileName } from './read.ts';

/** One patch that is read: a document of an entry of a patch list. */
export interface Patch {
  readonly entry: PatchEntry;
  /** The document of the file that the patch stands in. */
  readonly document: SourceDocument;
  /** `undefined` where nobody can tell what is selected. */
  readonly target: PatchTarget | undefined;
  readonly body:
    | { readonly kind: 'operations'; readonly seq: SeqNode }
    | { readonly kind: 'merge'; readonly map: MapNode; readonly type: ObjectType | undefined };
  /** True where it writes into metadata.name or metadata.namespace of what it selects. */
  readonly renames: boolean;
}

export interface PatchSet {
  readonly patches: readonly Patch[];
  /** False where an entry could not be read: its file is not here, or holds no patch. */
  readonly complete: boolean;
}

/** What holds a list of patches: a kustomization.yaml, a Flux object. */
export interface PatchHolder {
  readonly document: SourceDocument;
  readonly patches: readonly PatchEntry[];
  /** The folder that paths are relative to; `undefined` where files cannot be named. */
  readonly folder: string | undefined;
}

export type Documents = (canonical: string) => readonly SourceDocument[];

interface Loaded {
  readonly set: PatchSet;
  readonly files: readonly { readonly uri: string; readonly documents: readonly SourceDocument[] }[];
}

const loaded = new WeakMap<readonly PatchEntry[], Loaded>();

/** Reads the patches of a holder. Kept until one of the files it read has changed. */
export function loadPatches(holder: PatchHolder, documents: Documents): PatchSet {
  const known = loaded.get(holder.patches);
  if (known?.files.every((f) => documents(f.uri) === f.documents)) return known.set;
  const files: { uri: string; documents: readonly SourceDocument[] }[] = [];
  let complete = true;
  const patches = holder.patches.flatMap((entry) => {
    const found: Patch[] = [];
    for (const { document, root } of roots(holder, entry, documents, files)) {
      const patch = readPatch(entry, document, root);
      if (patch) found.push(patch);
      else if (root !== undefined) complete = false;
    }
    if (found.length === 0) complete = false;
    return found;
  });
  const set = { patches, complete };
  loaded.set(holder.patches, { set, files });
  return set;
}

function roots(
  holder: PatchHolder,
  entry: PatchEntry,
  documents: Documents,
  files: { uri: string; documents: readonly SourceDocument[] }[],
): { document: SourceDocument; root: Node | undefined }[] {
  if (entry.structured) return [{ document: holder.document, root: entry.structured }];
  if (entry.inline)
    return treesIn(holder.document, entry.inline).map(({ root }) => ({ document: holder.document, root }));
  if (!entry.path || holder.folder === undefined) return [];
  const uri = canonicalUri(joinPath(holder.folder, entry.path.text));
  const content = documents(uri);
  files.push({ uri, documents: content });
  return content.map((document) => ({ document, root: document.tree.root }));
}

function readPatch(entry: PatchEntry, document: SourceDocument, root: Node | undefined): Patch | undefined {
  const { target } = entry;
  if (isJson6902(root))
    return { entry, document, target, body: { kind: 'operations', seq: root }, renames: operationsRename(root) };
  const map = asMap(root);
  if (!map || map.damaged) return undefined;
  const object = readObject(document, map);
  const type = object && {
    apiVersion: object.apiVersion,
    group: object.group,
    version: object.version,
    kind: object.kind,
  };
  // A strategic merge changes the name only where it may, and the namespace never (kustomize, api/resource/resource.go).
  const renames = entry.allowNameChange && getEntry(map, 'metadata', 'name') !== undefined;
  return { entry, document, target, body: { kind: 'merge', map, type }, renames };
}

const operationsRename = (seq: SeqNode): boolean =>
  operationsOf(seq).some(({ steps: [first, second], op }) => {
    if (op === 'test' || first === undefined) return op !== 'test';
    return first.key === 'metadata' && (second === undefined || second.key === 'name' || second.key === 'namespace');
  });

const parsedStrings = new WeakMap<ScalarNode, readonly Tree[]>();

/** The documents of a string that holds a patch: the same trees as everybody else is given. */
function treesIn(document: SourceDocument, node: ScalarNode): readonly Tree[] {
  const known = parsedStrings.get(node);
  if (known) return known;
  const owner = asMap(node.tree.root);
  const type = owner && typeOfOwner(document, owner);
  let trees = owner && type ? embeddedDocuments(owner, type).flatMap((e) => (e.node === node ? [e.tree] : [])) : [];
  if (trees.length === 0) {
    const map = textMapOf(node, false);
    if (map) trees = [parseTree(map.text, { node, map, language: 'kustomize-patch', encoded: false })];
  }
  parsedStrings.set(node, trees);
  return trees;
}

function typeOfOwner(document: SourceDocument, root: MapNode): { group: string; kind: string } | undefined {
  const apiVersion = text(get(root, 'apiVersion'));
  const kind = text(get(root, 'kind'));
  if (apiVersion !== undefined && kind !== undefined) return { group: splitApiVersion(apiVersion).group, kind };
  return root.tree === document.tree && isKustomizationFileName(document.uri)
    ? { group: 'kustomize.config.k8s.io', kind: 'Kustomization' }
    : undefined;
}
