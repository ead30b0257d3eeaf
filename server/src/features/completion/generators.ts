import { describeField } from '../../facts/describe.ts';
import { factsOfRole } from '../../facts/registry.ts';
import { rolesOfGenerated } from '../../facts/roles.ts';
import { asMap, get, items, text } from '../../yaml/navigate.ts';
import type { Proposal } from './item.ts';
import type { Target } from './target.ts';

/** Keys for the literals and files of a generator, by the part that the Secret or ConfigMap it makes plays. */
export function generatorProposals(target: Target): Proposal[] {
  const { unit, path, context } = target;
  const [list, index, field] = path;
  if (unit.language !== 'kustomization' || !unit.object || target.kind !== 'value' || typeof index !== 'number')
    return [];
  if ((list !== 'secretGenerator' && list !== 'configMapGenerator') || (field !== 'literals' && field !== 'files'))
    return [];
  const kind = list === 'secretGenerator' ? 'Secret' : 'ConfigMap';
  const generator = asMap(get(unit.root, list, index));
  const name = text(get(generator, 'name'));
  if (!name) return [];
  const present = new Set(
    ['literals', 'files'].flatMap((f) => items(get(generator, f)).map((i) => text(i)?.split('=')[0] ?? '')),
  );
  return rolesOfGenerated(kind, name, unit.object, context.workspace).flatMap((role) => {
    const facts = factsOfRole(role);
    return Object.entries(facts?.shape.fields ?? {})
      .filter(([key]) => !present.has(key))
      .map(
        ([key, shape], i): Proposal => ({
          label: key,
          kind: 'value',
          detail: field === 'files' ? '=file' : '=',
          documentation: () => describeField(shape),
          value: `${key}=`,
          order: `0${String(i).padStart(3, '0')}`,
        }),
      );
  });
}
