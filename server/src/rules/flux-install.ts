import type { Workspace } from '../model/context.ts';
import { type KubernetesObject, labelsOf } from '../model/object.ts';
import { type FLUX_CONTROLLERS, isFluxController, podTemplateOf } from '../model/views/pod-template.ts';
import { asScalar, get, items, text, textAt } from '../yaml/navigate.ts';
import type { ScalarNode } from '../yaml/tree.ts';
import { concerns } from './flux-controllers.ts';

export type FluxControllerName = (typeof FLUX_CONTROLLERS)[number];

/** The arguments of the containers of a Deployment, whole or in a patch. */
export const argumentsIn = (deployment: KubernetesObject): ScalarNode[] =>
  (podTemplateOf(deployment)?.containers ?? []).flatMap(({ node }) =>
    items(get(node, 'args')).flatMap((item) => {
      const argument = asScalar(item);
      return argument && typeof argument.value === 'string' ? [argument] : [];
    }),
  );

/**
 * The arguments that anything in the workspace gives to a controller: its Deployments, and every patch that is for it.
 * With several installs these are the arguments of all of them.
 */
export function argumentsOf(controller: string, workspace: Workspace): ScalarNode[] {
  const deployments = workspace
    .objects('apps', 'Deployment')
    .filter((d) => d.name === controller && isFluxController(d))
    .map((d) => workspace.patched(d));
  const patches = workspace.patches('apps', 'Deployment').filter((p) => concerns(p, controller));
  return [...new Set([...deployments, ...patches].flatMap(argumentsIn))];
}

/**
 * The value of a flag in an argument: what follows `=`, `true` where nothing does; `undefined` for another argument. pflag
 * takes `--flag` and `--flag=value` for booleans (and one hyphen for none of them).
 */
export function flagValue(argument: string, flag: string): string | undefined {
  const match = /^--([^=\s]+)(?:=(.*))?$/s.exec(argument.trim());
  return match?.[1] === flag ? (match[2] ?? 'true') : undefined;
}

/** The FluxInstances of the workspace, with their patches. */
export const fluxInstances = (workspace: Workspace): KubernetesObject[] =>
  workspace.objects('fluxcd.controlplane.io', 'FluxInstance').map((instance) => workspace.patched(instance));

/** True where what installs Flux is in the workspace; it may also be an extension of AKS, or in another repository. */
export const isInstallVisible = (workspace: Workspace): boolean =>
  workspace.objects('apps', 'Deployment').some(isFluxController) ||
  workspace.objects('fluxcd.controlplane.io', 'FluxInstance').length > 0 ||
  workspace.objects('', 'Namespace').some((n) => text(get(labelsOf(n), 'app.kubernetes.io/part-of')) === 'flux') ||
  workspace
    .objects('helm.toolkit.fluxcd.io', 'HelmRelease')
    .some((r) => /^flux2$/.test(textAt(r.root, 'spec', 'chart', 'spec', 'chart') ?? ''));
