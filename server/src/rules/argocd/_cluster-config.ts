import type { Unit } from '../../model/unit.ts';
import { asMap, asScalar, asSeq, get, text } from '../../yaml/navigate.ts';
import type { MapNode, Node } from '../../yaml/tree.ts';
import { view } from '../views.ts';

/** The configuration of an Argo CD cluster: JSON in a Secret, or a YAML map in values of the argo-cd chart. */
export interface ClusterConfig {
  readonly unit: Unit;
  readonly root: MapNode;
  readonly exec: MapNode | undefined;
  readonly env: Node | undefined;
  /** The last part of the command's path. */
  readonly command: string | undefined;
  /** True where the command is `argocd-k8s-auth azure`. */
  readonly azure: boolean;
}

export const clusterConfigs = view<ClusterConfig>('the config of an Argo CD cluster Secret', function* (unit) {
  const root = unit.language === 'argocd-cluster-config' ? asMap(unit.root) : undefined;
  if (!root) return;
  const exec = asMap(get(root, 'execProviderConfig'));
  const command = text(get(exec, 'command'))?.split('/').pop();
  const args = asSeq(get(exec, 'args'));
  yield {
    unit,
    root,
    exec,
    env: get(exec, 'env'),
    command,
    azure: command === 'argocd-k8s-auth' && asScalar(args?.items[0])?.value === 'azure',
  };
});
