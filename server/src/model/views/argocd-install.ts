import { asMap, entries, get, items, text } from '../../yaml/navigate.ts';
import type { MapNode, Node } from '../../yaml/tree.ts';
import type { Possible, Workspace } from '../context.ts';
import type { KubernetesObject } from '../object.ts';
import { byCondition } from '../object-index.ts';
import { type ArgoChartValues, argoChartValuesOf } from './argo-helm.ts';
import { chartNamespaces, unitOf } from './argocd-cluster.ts';
import { type PodTemplate, podTemplateOf } from './pod-template.ts';

/** The parts of Argo CD that connect to clusters. Source: RESTConfig's callers in argo-cd v3.5.1 controller/ and server/. */
export type ClusterComponent = 'application-controller' | 'server';

/** A Deployment or StatefulSet of Argo CD. */
export interface ArgoWorkload {
  readonly object: KubernetesObject;
  /** `server`, `application-controller`, `repo-server` … */
  readonly component: string;
}

const COMPONENT = /^argocd-([a-z-]+)$/;

/** The part of Argo CD that a workload is, by its label or name; `undefined` for other workloads. */
export function componentOf(object: KubernetesObject): string | undefined {
  if (object.group !== 'apps' || (object.kind !== 'Deployment' && object.kind !== 'StatefulSet')) return undefined;
  const label = text(get(object.root, 'metadata', 'labels', 'app.kubernetes.io/name'));
  return COMPONENT.exec(label ?? '')?.[1] ?? COMPONENT.exec(object.name ?? '')?.[1];
}

export const isClusterComponent = (component: string | undefined): component is ClusterComponent =>
  component === 'application-controller' || component === 'server';

/** The workloads of Argo CD that are whole in the workspace. */
export function argoWorkloads(workspace: Workspace): ArgoWorkload[] {
  return ['Deployment', 'StatefulSet'].flatMap((kind) =>
    workspace.having('apps', kind, IS_COMPONENT, 'yes').flatMap((object) => {
      const component = componentOf(object);
      return component === undefined ? [] : [{ object, component }];
    }),
  );
}

const IS_COMPONENT = byCondition(
  'workload of Argo CD',
  (object) =>
    componentOf(object) !== undefined && get(object.root, 'spec', 'template', 'spec', 'containers') !== undefined,
);

/** The installations of the argo-cd chart. */
export function argoCharts(workspace: Workspace): ArgoChartValues[] {
  return [
    ...workspace.objects('helm.toolkit.fluxcd.io', 'HelmRelease'),
    ...workspace.objects('argoproj.io', 'Application'),
  ].flatMap((object) => argoChartValuesOf(unitOf(object)));
}

/** Where an installation of the chart ends up. */
export const namespacesOfChart = ({ object }: ArgoChartValues, workspace: Workspace): Possible =>
  object ? chartNamespaces(object, workspace) : { known: false };

/** The pods of a workload as overlays make them. */
export const patchedTemplate = (object: KubernetesObject, workspace: Workspace): PodTemplate | undefined =>
  podTemplateOf(workspace.patched(object));

const PODS_IN_CHART = ['controller', 'server', 'repoServer'] as const;

/** True where a visible installation of Argo CD has this command from elsewhere: a volume, or an image of its own. */
export function bringsCommand(workspace: Workspace, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.startsWith('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
  const isMounted = (mounts: Node | undefined): boolean =>
    items(mounts).some((mount) => {
      const at = text(get(mount, 'mountPath'))?.replace(/\/$/, '');
      return at !== undefined && (at === folder || at.endsWith(`/${name}`));
    });
  const isOwnImage = (image: string | undefined): boolean =>
    image !== undefined && !/(^|\/)argoproj\/argocd([:@]|$)/.test(image);
  const inWorkloads = argoWorkloads(workspace).some(({ object, component }) => {
    if (!isClusterComponent(component)) return false;
    return (patchedTemplate(object, workspace)?.containers ?? []).some(
      ({ node, init }) => isMounted(get(node, 'volumeMounts')) || (!init && isOwnImage(text(get(node, 'image')))),
    );
  });
  return (
    inWorkloads ||
    argoCharts(workspace).some(
      ({ values }) =>
        isOwnImage(text(get(values, 'global', 'image', 'repository'))) ||
        PODS_IN_CHART.some((part) => isMounted(get(values, part, 'volumeMounts'))),
    )
  );
}

/** The labels that the chart gives the pods of a component. */
export function podLabelsOfChart({ values }: ArgoChartValues, part: 'controller' | 'server' | 'repoServer'): MapNode[] {
  return [get(values, 'global', 'podLabels'), get(values, part, 'podLabels')].flatMap((node) => asMap(node) ?? []);
}

/** True where a map of labels has this one. */
export const hasLabel = (labels: MapNode, key: string): boolean => entries(labels).some((e) => e.key.text === key);
