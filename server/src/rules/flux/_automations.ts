import { isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { textAt } from '../../yaml/navigate.ts';
import { isSet } from './_sources.ts';

/** The GitRepositories that an ImageUpdateAutomation may work on, patched; none where nobody can tell. */
export function sourcesOf(automation: KubernetesObject, workspace: Workspace): readonly KubernetesObject[] {
  const { root } = workspace.patched(automation);
  const name = textAt(root, 'spec', 'sourceRef', 'name');
  const namespace = textAt(root, 'spec', 'sourceRef', 'namespace');
  if (name === undefined || isTemplate(name)) return [];
  if (isSet(root, 'spec', 'sourceRef', 'namespace') && (namespace === undefined || isTemplate(namespace))) return [];
  const found = workspace.find(
    'source.toolkit.fluxcd.io',
    'GitRepository',
    name,
    namespace === undefined ? automation : { namespace },
  );
  return found.state === 'found' ? found.values.map((source) => workspace.patched(source)) : [];
}
