import type { Possible, Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { type ArgoChartValues, argoChartValuesOf } from '../../model/views/argo-helm.ts';
import { mayMeet } from '../../model/views/argocd-cluster.ts';
import { componentOf, namespacesOfChart } from '../../model/views/argocd-install.ts';
import {
  allRepositories,
  type RepositorySecret,
  repositoryNamespaces,
  usesWorkloadIdentity,
} from '../../model/views/argocd-repository.ts';
import { get } from '../../yaml/navigate.ts';
import type { Entry, Node } from '../../yaml/tree.ts';
import { amongObjects, view } from '../views.ts';

/** What fetches from repositories: the Deployment, or the values of the chart that makes it. */
export interface RepoServer {
  readonly object: KubernetesObject;
  readonly chart: ArgoChartValues | undefined;
}

export const repoServers = view<RepoServer>(
  'Deployment argocd-repo-server, values of the argo-cd chart',
  function* (unit) {
    const { object } = unit;
    if (!object || object.partial) return;
    if (componentOf(object) === 'repo-server') yield { object, chart: undefined };
    for (const chart of argoChartValuesOf(unit)) if (chart.complete) yield { object, chart };
  },
  amongObjects('apps/Deployment', 'apps/StatefulSet', 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'),
);

/** Where the repo-server ends up. */
export const namespacesOf = ({ object, chart }: RepoServer, workspace: Workspace): Possible =>
  chart ? namespacesOfChart(chart, workspace) : workspace.namespacesOf(object);

/** What to point at where the repo-server lacks something. */
export const placeOf = ({ object, chart }: RepoServer): Entry | Node | undefined =>
  chart
    ? (chart.values.entries.find((e) => e.key.text === 'repoServer') ?? chart.values.entries[0])
    : (get(object.root, 'metadata', 'name') ?? get(object.root, 'kind'));

/** The repositories that an Argo CD in these namespaces may read, with their patches. */
export const repositoriesIn = (namespaces: Possible, workspace: Workspace): RepositorySecret[] =>
  allRepositories(workspace).filter((secret) => mayMeet(namespaces, repositoryNamespaces(secret, workspace)));

/** The repositories that the repo-server is to fetch from with workload identity. */
export const withWorkloadIdentity = (namespaces: Possible, workspace: Workspace): RepositorySecret[] =>
  repositoriesIn(namespaces, workspace).filter(usesWorkloadIdentity);
