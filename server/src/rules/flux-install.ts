import type { Workspace } from '../model/context.ts';
import type { KubernetesObject } from '../model/object.ts';
import { byCondition, byText } from '../model/object-index.ts';
import { isFluxController, podTemplateOf } from '../model/views/pod-template.ts';
import { asScalar, get, items, textAt } from '../yaml/navigate.ts';
import type { ScalarNode } from '../yaml/tree.ts';
import { concerns } from './flux-controllers.ts';

/** The arguments of the containers of a Deployment, whole or in a patch. */
export const argumentsIn = (deployment: KubernetesObject): ScalarNode[] =>
  (podTemplateOf(deployment)?.containers ?? []).flatMap(({ node }) =>
    items(get(node, 'args')).flatMap((item) => {
      const argument = asScalar(item);
      return argument && typeof argument.value === 'string' ? [argument] : [];
    }),
  );

/** The Deployments of a controller, one an install. One without an image is a patch that nothing here applies. */
export const controllerDeployments = (controller: string, workspace: Workspace): readonly KubernetesObject[] =>
  workspace
    .having('apps', 'Deployment', byText('metadata', 'name'), controller)
    .filter(
      (object) => isFluxController(object) && podTemplateOf(object)?.containers.some((c) => get(c.node, 'image')),
    );

/**
 * The arguments that anything in the workspace gives to a controller: its Deployments, and every patch that is for it.
 * With several installs these are the arguments of all of them.
 */
export function argumentsOf(controller: string, workspace: Workspace): ScalarNode[] {
  const deployments = workspace
    .having('apps', 'Deployment', byText('metadata', 'name'), controller)
    .filter(isFluxController)
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

const INSTALLS_FLUX = byCondition('installs Flux', ({ root, name }) => {
  const chart = textAt(root, 'spec', 'chart', 'spec', 'chart') ?? textAt(root, 'spec', 'chartRef', 'name') ?? name;
  return chart !== undefined && /(^|\/)(flux2|flux-instance)$/.test(chart);
});

/**
 * Whether the workspace shows how a controller is installed: by its Deployment or a FluxInstance, all patches known. It may
 * also be an extension of AKS, or be in another repository; the values of a chart are not read.
 */
export function installOf(controller: string, workspace: Workspace): 'visible' | 'absent' | 'unknown' {
  const charts = workspace.having('helm.toolkit.fluxcd.io', 'HelmRelease', INSTALLS_FLUX, 'yes').length > 0;
  if (charts) return 'unknown';
  const installs = [
    ...controllerDeployments(controller, workspace),
    ...workspace.objects('fluxcd.controlplane.io', 'FluxInstance'),
  ];
  if (installs.length === 0) return 'absent';
  return installs.every((object) => workspace.isComplete(object)) ? 'visible' : 'unknown';
}
