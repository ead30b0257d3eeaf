import type { RuleContext, Workspace } from '../model/context.ts';
import { patchesOf } from '../model/kustomize/patch-list.ts';
import { readKustomization } from '../model/kustomize/read.ts';
import { fullMatch } from '../model/kustomize/selector.ts';
import { isKind, type KubernetesObject, readObject } from '../model/object.ts';
import { documentOf, type SourceDocument } from '../model/source-file.ts';
import {
  type EnvironmentVariable,
  FLUX_CONTROLLERS,
  isFluxController,
  type PodTemplate,
  podTemplateOf,
} from '../model/views/pod-template.ts';
import { joinPath } from '../text/uri.ts';
import { blockSource, columnOf, insertText, lineBreak, removeItem, type TreeEdit } from '../yaml/edits.ts';
import { textAt } from '../yaml/navigate.ts';
import type { Node } from '../yaml/tree.ts';
import { onlyTypes, view } from './views.ts';

/**
 * One of Flux's controllers, as a Deployment or as all patches of one kustomization.yaml or FluxInstance that are for
 * it, read together: a bootstrap kustomization sets up a controller in several patches.
 */
export interface FluxController {
  readonly name: string;
  /** The Deployment, patches applied, or the patches of the Deployment. */
  readonly templates: readonly PodTemplate[];
  /** The ServiceAccounts, patches applied, or the patches of the ServiceAccount. */
  readonly accounts: readonly KubernetesObject[];
  /** False where only patches are seen: what they do not say is unknown. */
  readonly complete: boolean;
  /** What is looked at: the document of the Deployment, of the patches, or of one patch in a file of its own. */
  readonly document: SourceDocument;
}

export const fluxControllers = view<FluxController>(
  'Deployments of Flux controllers, and the patches of them',
  function* ({ object, owner }, context) {
    const { workspace } = context;
    if (!object) return;
    if (isKind(object, 'apps', 'Deployment')) {
      // A patch in a file of its own, with what the kustomizations that name the file patch beside it.
      if (object.partial && !owner) {
        for (const holder of holdersOf(object, workspace))
          for (const controller of patchedControllers(holder, context))
            if (concerns(object, controller.name)) yield { ...controller, document: object.document };
        return;
      }
      const template =
        isFluxController(object) && !object.partial ? podTemplateOf(workspace.patched(object)) : undefined;
      const name = object.name;
      if (!template || name === undefined) return;
      const accounts = workspace.find('', 'ServiceAccount', name, object);
      yield {
        name,
        templates: [template],
        accounts: accounts.state === 'found' ? accounts.values.map((a) => workspace.patched(a)) : [],
        complete: true,
        document: object.document,
      };
    } else if (!object.partial && holdsPatches(object)) yield* patchedControllers(object, context);
  },
  onlyTypes([
    'apps/Deployment',
    'kustomize.config.k8s.io/Kustomization',
    'kustomize.config.k8s.io/Component',
    'fluxcd.controlplane.io/FluxInstance',
  ]),
);

const holdsPatches = (object: KubernetesObject): boolean =>
  isKind(object, 'kustomize.config.k8s.io', 'Kustomization', 'Component') ||
  isKind(object, 'fluxcd.controlplane.io', 'FluxInstance');

const KUSTOMIZATION = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  group: 'kustomize.config.k8s.io',
  version: 'v1beta1',
  kind: 'Kustomization',
};

/** The kustomizations that name the file of a patch. */
const holdersOf = (patch: KubernetesObject, workspace: Workspace): KubernetesObject[] =>
  workspace.overlaysOf(patch.document.uri).flatMap((document) => {
    const holder = readObject(document, document.tree.root, { type: KUSTOMIZATION });
    return holder && patchFilesOf(holder).has(patch.document.uri) ? [holder] : [];
  });

function* patchedControllers(holder: KubernetesObject, { workspace }: RuleContext): Iterable<FluxController> {
  if (patchesOf(holder).length === 0) return;
  const files = patchFilesOf(holder);
  const own = (kind: 'Deployment' | 'ServiceAccount'): readonly KubernetesObject[] =>
    workspace
      .patches(kind === 'Deployment' ? 'apps' : '', kind)
      .filter((p) => p.document === holder.document || files.has(p.document.uri));
  const deployments = own('Deployment');
  if (deployments.length === 0) return;
  const accounts = own('ServiceAccount');
  const { document } = holder;
  for (const name of FLUX_CONTROLLERS) {
    const templates = deployments.filter((d) => concerns(d, name)).flatMap((d) => podTemplateOf(d) ?? []);
    if (templates.length > 0)
      yield { name, templates, accounts: accounts.filter((a) => concerns(a, name)), complete: false, document };
  }
}

/** True for a node in the document that is looked at: what stands in others is for when they are. */
export const isHere = ({ document }: FluxController, node: Node): boolean => documentOf(node.tree) === document;

/**
 * The pods of a controller as far as the workspace shows: beside its patches also the Deployments that they are for, with
 * what other kustomizations patch.
 */
export function everythingOf({ name, templates, complete }: FluxController, workspace: Workspace): PodTemplate[] {
  if (complete) return [...templates];
  const behind = templates.flatMap(({ object }) => {
    const selected = workspace.selectedBy(object);
    return selected.state === 'found' ? selected.values.filter((d) => d.name === name) : [];
  });
  return [...templates, ...[...new Set(behind)].flatMap((d) => podTemplateOf(workspace.patched(d)) ?? [])];
}

function patchFilesOf(holder: KubernetesObject): ReadonlySet<string> {
  const kustomization = readKustomization(holder.document);
  if (!kustomization) return new Set();
  return new Set(kustomization.patches.flatMap((p) => (p.path ? [joinPath(kustomization.folder, p.path.text)] : [])));
}

/** True where a patch is for a controller: by its target, else by its own name. */
export function concerns(patch: KubernetesObject, controller: string): boolean {
  const { target } = patch;
  if (target?.name !== undefined) return fullMatch(target.name, controller) === true;
  // What bootstrap installs carries this label: such a target is for every controller.
  if (target?.labelSelector !== undefined)
    return target.labelSelector.replaceAll(' ', '') === 'app.kubernetes.io/part-of=flux';
  return patch.name === controller;
}

/** The environment variables of a controller by name, those of all its patches together. */
export const environmentOf = (controller: FluxController) => environmentIn(controller.templates);

export const environmentIn = (templates: readonly PodTemplate[]): ReadonlyMap<string, EnvironmentVariable> =>
  new Map(templates.flatMap((t) => t.containers.flatMap((c) => c.env)).map((e) => [e.nameText, e] as const));

/** Inserts variables behind another one, in a list in block style. In a JSON6902 patch each needs an operation: no fix. */
export function addVariables(after: EnvironmentVariable, names: readonly string[]): TreeEdit | undefined {
  const list = after.node.parent;
  const { tree, span } = after.node;
  if (list?.kind !== 'seq' || list.flow || list.synthetic || after.node.synthetic) return undefined;
  const dash = tree.text.lastIndexOf('-', span.start);
  const column = columnOf(tree.text, dash);
  const eol = lineBreak(tree.text);
  const variables = names.map((name) => ({
    name,
    value: name === 'AZURE_AUTHORITY_HOST' ? 'https://login.microsoftonline.com/' : '',
  }));
  const end = span.start + tree.text.slice(span.start, span.end).trimEnd().length;
  return insertText(tree, end, `${eol}${' '.repeat(column)}${blockSource(variables, ' '.repeat(column), eol)}`);
}

/** Removes a variable: the item of its list, or the operation of a JSON6902 patch that adds it. */
export function removeVariable({ node }: EnvironmentVariable): TreeEdit | undefined {
  const { parent } = node;
  if (parent?.kind === 'seq' && !parent.synthetic && !node.synthetic) return removeItem(node);
  const isOperation = parent?.kind === 'map' && textAt(parent, 'op') === 'add' && parent.parent?.kind === 'seq';
  return isOperation ? removeItem(parent) : undefined;
}
