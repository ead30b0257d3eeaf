import { embeddedDocuments } from '../embed/embedded.ts';
import { type EmbeddedLanguage, embedSites } from '../embed/registry.ts';
import { get, text } from '../yaml/navigate.ts';
import type { Node, Tree } from '../yaml/tree.ts';
import { objectOfJson6902, typeOfTarget } from './kustomize/json6902.ts';
import { readTarget } from './kustomize/patch-list.ts';
import { isKind, type KubernetesObject, type ObjectType, type PatchTarget, readObject, readObjects } from './object.ts';
import type { SourceDocument } from './source-file.ts';

/** The languages a document can be in. `yaml` is any other document: only rules about encrypted files look at it. */
export type Language =
  | 'kubernetes'
  | 'kustomization'
  | 'sops-config'
  | 'azure-gitops-config'
  | 'yaml'
  | EmbeddedLanguage;

/** One thing to look at: a document, an object, or a document inside a string of an object. */
export interface Unit {
  readonly document: SourceDocument;
  readonly tree: Tree;
  readonly root: Node | undefined;
  readonly language: Language;
  /** Set for `kubernetes`: the object, which may be partial. Also for a kustomization.yaml. */
  readonly object: KubernetesObject | undefined;
  /** The unit whose string holds this one. */
  readonly owner: Unit | undefined;
}

/** What other files say of a file: that it is a patch, and for what. */
export interface FileRole {
  readonly patch: boolean;
  readonly targets: readonly PatchTarget[];
}

export const NO_ROLE: FileRole = { patch: false, targets: [] };

const KUSTOMIZATION_FILE = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;
const KUSTOMIZATION: ObjectType = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  group: 'kustomize.config.k8s.io',
  version: 'v1beta1',
  kind: 'Kustomization',
};

export const languageOfFile = (uri: string): Language | undefined => {
  if (/(^|\/)\.sops\.ya?ml$/.test(uri)) return 'sops-config';
  if (/(^|\/)\.azure-gitops\.ya?ml$/.test(uri)) return 'azure-gitops-config';
  return undefined;
};

/** All units of a document, those inside strings after the one that holds them. */
export const unitsOf = (document: SourceDocument, role: FileRole = NO_ROLE): Unit[] =>
  outerUnits(document, document.tree, role, 0);

function outerUnits(document: SourceDocument, tree: Tree, role: FileRole, depth: number): Unit[] {
  const language = languageOfFile(document.uri);
  if (language) return [{ document, tree, root: tree.root, language, object: undefined, owner: undefined }];
  const units: Unit[] = [];
  if (role.patch) addPatch(units, document, tree, role.targets[0], undefined, depth);
  else {
    const type = KUSTOMIZATION_FILE.test(document.uri) ? KUSTOMIZATION : undefined;
    const objects = type
      ? [readObject(document, tree.root, { type })].filter((o) => o !== undefined)
      : readObjects(document, tree.root);
    for (const object of objects) addObject(units, object, undefined, depth);
  }
  if (units.length === 0 && tree.root) {
    // clientcmd takes a kubeconfig without an apiVersion for one of v1.
    const language = text(get(tree.root, 'kind')) === 'Config' && hasUsers(tree.root) ? 'kubeconfig' : 'yaml';
    units.push({ document, tree, root: tree.root, language, object: undefined, owner: undefined });
  }
  return units;
}

/**
 * The units of a tree that stands in for one of the document: the text that is being typed, repaired. `owner` is the unit
 * whose string it is in. What is inside strings of it is left out.
 */
export function standInUnits(
  document: SourceDocument,
  tree: Tree,
  owner: Unit | undefined,
  role: FileRole = NO_ROLE,
): Unit[] {
  if (!tree.host) {
    return outerUnits(document, tree, role, MAX_DEPTH + 1);
  }
  const units: Unit[] = [];
  if (tree.host.language === 'kustomize-patch')
    addPatch(units, document, tree, targetBeside(tree.host.node), owner, MAX_DEPTH + 1);
  if (units.length === 0)
    units.push({
      document,
      tree,
      root: tree.root,
      language: tree.host.language as EmbeddedLanguage,
      object: undefined,
      owner,
    });
  return units;
}

/** True for a kubeconfig; others call their own files Config too. */
const hasUsers = (root: Node): boolean => {
  const users = get(root, 'users');
  return users !== undefined && users.kind !== 'map';
};

/** Strings in strings deeper than this are not looked into. */
const MAX_DEPTH = 4;

function addObject(units: Unit[], object: KubernetesObject, owner: Unit | undefined, depth = 0): void {
  const kustomization = object.group === 'kustomize.config.k8s.io';
  const kubeconfig = isKind(object, '', 'Config') && hasUsers(object.root);
  const language: Language = kustomization ? 'kustomization' : kubeconfig ? 'kubeconfig' : 'kubernetes';
  const unit: Unit = { document: object.document, tree: object.tree, root: object.root, language, object, owner };
  units.push(unit);
  if (depth > MAX_DEPTH) return;
  for (const embedded of embeddedDocuments(object.root, object)) {
    if (embedded.language === 'kustomize-patch')
      addPatch(units, object.document, embedded.tree, targetBeside(embedded.node), unit, depth + 1);
    else
      units.push({
        document: object.document,
        tree: embedded.tree,
        root: embedded.tree.root,
        language: embedded.language,
        object: undefined,
        owner: unit,
      });
  }
}

function addPatch(
  units: Unit[],
  document: SourceDocument,
  tree: Tree,
  target: PatchTarget | undefined,
  owner: Unit | undefined,
  depth = 0,
): void {
  const { root } = tree;
  if (root?.kind === 'seq') {
    const object = objectOfJson6902(document, root, target);
    if (object) addObject(units, object, owner, depth);
    return;
  }
  const type = typeOfTarget(target);
  const object = readObject(document, root, {
    partial: true,
    ...(target ? { target } : {}),
    ...(type ? { type } : {}),
  });
  if (object) addObject(units, object, owner, depth);
}

/** The `target` that stands beside an inline `patch`. */
function targetBeside(node: Node): PatchTarget | undefined {
  return node.parent?.kind === 'map' ? readTarget(get(node.parent, 'target')) : undefined;
}

/** True where an object holds strings with documents in them. */
export const hasEmbedded = (object: KubernetesObject): boolean => embedSites(object.root, object).length > 0;
