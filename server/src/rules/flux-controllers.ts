import type { RuleContext } from '../model/context.ts';
import { readKustomization } from '../model/kustomize/read.ts';
import { fullMatch } from '../model/kustomize/selector.ts';
import { isKind, type KubernetesObject } from '../model/object.ts';
import { FLUX_CONTROLLERS, isFluxController, type PodTemplate, podTemplateOf } from '../model/views/pod-template.ts';
import { joinPath } from '../text/uri.ts';
import { view } from './views.ts';

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
}

export const fluxControllers = view<FluxController>(
  'Deployments of Flux controllers, and the patches of them',
  function* (unit, context) {
    const { object } = unit;
    if (!object || object.partial) return;
    if (isKind(object, 'apps', 'Deployment')) {
      const template = isFluxController(object) ? podTemplateOf(context.workspace.patched(object)) : undefined;
      const name = object.name;
      if (!template || name === undefined) return;
      const accounts = context.workspace.find('', 'ServiceAccount', name, object);
      yield {
        name,
        templates: [template],
        accounts: accounts.state === 'found' ? accounts.values.map((a) => context.workspace.patched(a)) : [],
        complete: true,
      };
    } else if (object.group === 'kustomize.config.k8s.io' || isKind(object, 'fluxcd.controlplane.io', 'FluxInstance'))
      yield* patchedControllers(object, context);
  },
);

function* patchedControllers(holder: KubernetesObject, { workspace }: RuleContext): Iterable<FluxController> {
  const files = patchFilesOf(holder);
  const own = (kind: 'Deployment' | 'ServiceAccount'): readonly KubernetesObject[] =>
    workspace
      .patches(kind === 'Deployment' ? 'apps' : '', kind)
      .filter((p) => p.document === holder.document || files.has(p.document.uri));
  const deployments = own('Deployment');
  if (deployments.length === 0) return;
  const accounts = own('ServiceAccount');
  for (const name of FLUX_CONTROLLERS) {
    const templates = deployments.filter((d) => concerns(d, name)).flatMap((d) => podTemplateOf(d) ?? []);
    if (templates.length > 0)
      yield { name, templates, accounts: accounts.filter((a) => concerns(a, name)), complete: false };
  }
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
export const environmentOf = (controller: FluxController) =>
  new Map(controller.templates.flatMap((t) => t.containers.flatMap((c) => c.env)).map((e) => [e.nameText, e] as const));
