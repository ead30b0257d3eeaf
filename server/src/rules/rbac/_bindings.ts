import type { KubernetesObject } from '../../model/object.ts';
import { asMap, get, items } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { kinds } from '../views.ts';

export const RBAC = 'rbac.authorization.k8s.io';
export const bindings = kinds(`${RBAC}/RoleBinding`, `${RBAC}/ClusterRoleBinding`);

/** `subjects` of a binding, whole or partial. */
export const subjectsOf = (binding: KubernetesObject): MapNode[] =>
  items(get(binding.root, 'subjects')).flatMap((item) => asMap(item) ?? []);
