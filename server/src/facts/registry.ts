import type { RuleContext } from '../model/context.ts';
import type { KubernetesObject, ObjectType } from '../model/object.ts';
import type { Unit } from '../model/unit.ts';
import { isArgoRelease, isArgoValuesFile } from '../model/views/argo-helm.ts';
import { CHART_VALUES } from './argocd/_chart-values.ts';
import type { FormatFacts, KindFacts, RoleFacts } from './define.ts';
import { FACTS } from './index.generated.ts';
import { installedShapes } from './installed.ts';
import { cachedWithFacts } from './overlay.ts';
import { rolesOf } from './roles.ts';
import type { Shape } from './shape.ts';
import { newestVersion, structureOf } from './structure.ts';

const byKind = new Map<string, KindFacts>();
const byLanguage = new Map<string, FormatFacts>();
const byRole = new Map<string, RoleFacts>();
for (const facts of FACTS) {
  if (facts.type === 'kind') for (const kind of facts.kinds) byKind.set(`${facts.group}/${kind}`, facts);
  else if (facts.type === 'format') byLanguage.set(facts.language, facts);
  else byRole.set(facts.role, facts);
}

export const factsOfKind = (type: Pick<ObjectType, 'group' | 'kind'>): KindFacts | undefined =>
  byKind.get(`${type.group}/${type.kind}`);

export const factsOfLanguage = (language: Unit['language']): FormatFacts | undefined => byLanguage.get(language);

export const factsOfRole = (role: string): RoleFacts | undefined => byRole.get(role);

/** The parts a Secret or ConfigMap plays, with what we know of them. */
export const rolesWithFacts = (object: KubernetesObject, context: RuleContext): RoleFacts[] =>
  rolesOf(object, context.workspace).flatMap((role) => byRole.get(role) ?? []);

/**
 * What a unit may look like and what its fields mean: the structure of its kind in the Flux version at hand with the
 * facts laid over it, or the shape of its format. `undefined` for what nobody here knows.
 */
export function shapeOfUnit(unit: Unit, context: RuleContext): Shape | undefined {
  if (unit.language === 'kubernetes') return unit.object && shapeOfObject(unit.object, context);
  if (unit.language === 'yaml') return isArgoValuesFile(unit.root) ? CHART_VALUES : undefined;
  const format = byLanguage.get(unit.language);
  return format?.shapeFor?.(unit, context) ?? format?.shape;
}

/** The shape of a kind in a version; of one that is not known, or not there yet, the newest. */
export function shapeOfType(type: ObjectType, fluxMinor?: string): Shape | undefined {
  const facts = byKind.get(`${type.group}/${type.kind}`);
  const newest = newestVersion(type.group, type.kind);
  const structure =
    structureOf(type.group, type.version, type.kind, fluxMinor) ??
    (newest === undefined ? facts?.shape : structureOf(type.group, newest, type.kind, fluxMinor));
  return structure && facts ? cachedWithFacts(structure, facts.fields) : structure;
}

export function shapeOfObject(object: KubernetesObject, context: RuleContext): Shape | undefined {
  const [installed] = object.group.includes('.') ? installedShapes(object, context) : [];
  const facts = installed && factsOfKind(object);
  const shape = installed
    ? facts
      ? cachedWithFacts(installed, facts.fields)
      : installed
    : shapeOfType(object, context.flux.known ? context.flux.minor : undefined);
  if (shape && isArgoRelease(object)) return withArgoValues(shape);
  if (!shape || object.group !== '' || (object.kind !== 'Secret' && object.kind !== 'ConfigMap')) return shape;
  const roles = rolesWithFacts(object, context).filter((r) => r.kind === object.kind);
  return roles.length === 0 ? shape : withRoles(shape, roles);
}

const argoReleases = new WeakMap<Shape, Shape>();

/** The shape of a HelmRelease that installs Argo CD. */
function withArgoValues(shape: Shape): Shape {
  let found = argoReleases.get(shape);
  if (!found) {
    const spec = shape.fields?.['spec'];
    const values = spec?.fields?.['values'];
    const fact = values?.fact ? { fact: values.fact } : {};
    found = spec
      ? {
          ...shape,
          fields: {
            ...shape.fields,
            spec: { ...spec, fields: { ...spec.fields, values: { ...CHART_VALUES, ...fact } } },
          },
        }
      : shape;
    argoReleases.set(shape, found);
  }
  return found;
}

function withRoles(shape: Shape, roles: readonly RoleFacts[]): Shape {
  const keys: Record<string, Shape> = Object.create(null);
  for (const role of roles) Object.assign(keys, role.shape.fields);
  // A key is missing only where it is in neither map, and one part cannot ask for keys of another.
  const fields: Record<string, Shape> = { ...shape.fields };
  for (const field of ['data', 'stringData'] as const) {
    const own = fields[field];
    if (own) fields[field] = { ...own, fields: keys };
  }
  return { ...shape, fields };
}
