import type { Workspace } from '../context.ts';
import type { KubernetesObject } from '../object.ts';
import { byText } from '../object-index.ts';

/**
 * The complete objects of these kinds (`group/Kind`) that name an object at a path, which ends in the name, in what may be
 * the same namespace. Where a namespace is unknown the name decides alone, if only one object has it.
 */
export function referrersOf(
  target: KubernetesObject,
  kinds: readonly string[],
  path: readonly string[],
  workspace: Workspace,
): KubernetesObject[] {
  const { name } = target;
  if (name === undefined) return [];
  const found: KubernetesObject[] = [];
  for (const type of kinds) {
    const slash = type.lastIndexOf('/');
    for (const object of workspace.having(type.slice(0, slash), type.slice(slash + 1), byText(...path), name)) {
      const own = workspace.namespacesOf(target);
      const theirs = workspace.namespacesOf(object);
      const same =
        own.known && theirs.known
          ? [...own.names].some((n) => theirs.names.has(n))
          : workspace.having(target.group, target.kind, byText('metadata', 'name'), name).length === 1;
      if (same) found.push(object);
    }
  }
  return found;
}
