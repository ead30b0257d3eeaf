import { isKind, type KubernetesObject } from '../../model/object.ts';
import { asMap, entries, get, items } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node } from '../../yaml/tree.ts';
import { onlyTypes, view } from '../views.ts';

/** A generator of an ApplicationSet that asks a Git service. */
export interface ServiceGenerator {
  readonly object: KubernetesObject;
  readonly kind: 'scmProvider' | 'pullRequest';
  readonly root: MapNode;
}

/** Generators of repositories and pull requests, also inside matrix and merge generators. */
export const serviceGenerators = view<ServiceGenerator>(
  'generators of an ApplicationSet',
  function* ({ object }) {
    if (object && isKind(object, 'argoproj.io', 'ApplicationSet'))
      yield* generatorsIn(object, get(object.root, 'spec', 'generators'), 0);
  },
  onlyTypes(['argoproj.io/ApplicationSet']),
);

function* generatorsIn(object: KubernetesObject, list: Node | undefined, depth: number): Iterable<ServiceGenerator> {
  if (depth > 3) return;
  for (const generator of items(list)) {
    for (const kind of ['scmProvider', 'pullRequest'] as const) {
      const root = asMap(get(generator, kind));
      if (root) yield { object, kind, root };
    }
    for (const combination of ['matrix', 'merge'])
      yield* generatorsIn(object, get(generator, combination, 'generators'), depth + 1);
  }
}

/** How each generator spells Azure DevOps: argo-cd v3.5.1 pkg/apis/application/v1alpha1/applicationset_types.go. */
export const DEVOPS_KEY = { scmProvider: 'azureDevOps', pullRequest: 'azuredevops' } as const;

/** The entry with which a generator asks Azure DevOps. */
export const devOpsOf = ({ kind, root }: ServiceGenerator): Entry | undefined =>
  entries(root).find((e) => e.key.text === DEVOPS_KEY[kind]);

const SERVICES = [
  'github',
  'gitlab',
  'gitea',
  'bitbucket',
  'bitbucketserver',
  'awscodecommit',
  'azuredevops',
  'plugin',
];

/** The same, where the generator asks no other service: which of several wins is not for rules to guess. */
export const onlyDevOps = (generator: ServiceGenerator): Entry | undefined =>
  entries(generator.root).filter((e) => SERVICES.includes(e.key.text.toLowerCase())).length === 1
    ? devOpsOf(generator)
    : undefined;

/** What one generator calls otherwise than the other. */
export const OTHER_NAMES: Readonly<Record<ServiceGenerator['kind'], Readonly<Record<string, string>>>> = {
  scmProvider: { project: 'teamProject', tokenRef: 'accessTokenRef' },
  pullRequest: { teamProject: 'project', accessTokenRef: 'tokenRef' },
};
