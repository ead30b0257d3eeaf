import type { Possible, Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { allClusterConfigs, clusterNamespaces, mayMeet } from '../../model/views/argocd-cluster.ts';
import { argoWorkloads, isClusterComponent, patchedTemplate } from '../../model/views/argocd-install.ts';
import type { PodTemplate } from '../../model/views/pod-template.ts';
import { get } from '../../yaml/navigate.ts';
import { type AzureLogin, azureLoginOf, isReplaced } from './_cluster-config.ts';

export const USE = 'azure.workload.identity/use';

/** The logins with workload identity that Argo CD in one of these namespaces may have to make. */
export function identityLogins(workspace: Workspace, namespaces: Possible): AzureLogin[] {
  return allClusterConfigs(workspace)
    .filter((config) => !config.cluster.object?.partial && !isReplaced(config, workspace))
    .flatMap(azureLoginOf)
    .filter(
      (login) =>
        login.method === 'workloadidentity' && mayMeet(clusterNamespaces(login.config.cluster, workspace), namespaces),
    );
}

/** The workloads of Argo CD that connect to clusters, in one of these namespaces. */
export function clusterWorkloads(workspace: Workspace, namespaces: Possible): KubernetesObject[] {
  return argoWorkloads(workspace).flatMap(({ object, component }) =>
    isClusterComponent(component) && mayMeet(workspace.namespacesOf(object), namespaces) ? [object] : [],
  );
}

/** What the pods of a workload have of workload identity; `undefined` where it cannot be told. */
export function podsOf(
  object: KubernetesObject,
  workspace: Workspace,
): { readonly template: PodTemplate; readonly labelled: boolean; readonly variables: ReadonlySet<string> } | undefined {
  const template = patchedTemplate(object, workspace);
  if (!template || !workspace.isComplete(object)) return undefined;
  const containers = template.containers.filter((c) => !c.init);
  // What comes from ConfigMaps and Secrets may set any variable.
  if (containers.some((c) => get(c.node, 'envFrom'))) return undefined;
  const added = workspace.addedTo(object).some((a) => a.kind === 'label' && a.inTemplate && a.entry.key.text === USE);
  return {
    template,
    labelled: added || template.label(USE) !== undefined,
    variables: new Set(containers.flatMap((c) => c.env.map((e) => e.nameText))),
  };
}
