import { mayMeet, type Possible, type Workspace } from '../model/context.ts';
import { typeOfKind } from '../model/kustomize/well-known-kinds.ts';
import { type KubernetesObject, splitApiVersion } from '../model/object.ts';
import type { ObjectIndex } from '../model/object-index.ts';
import { asScalar, follow, get, items, text } from '../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../yaml/tree.ts';
import { FACTS } from './index.generated.ts';
import { factSteps } from './overlay.ts';
import type { Reference, Shape } from './shape.ts';

/** A name in an object that names another one. */
export interface FoundReference {
  readonly node: ScalarNode;
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  /** The namespace written beside the name; without one that of the object holds. */
  readonly namespace: string | undefined;
  readonly namespaceNode: ScalarNode | undefined;
  readonly reference: Reference;
  /** For docs and messages: `spec.secretRef.name`. */
  readonly path: string;
}

interface Place {
  readonly path: string;
  readonly steps: readonly string[];
  readonly reference: Reference;
}

/** All places where objects of a kind name others, from the facts. */
const places = new Map<string, Place[]>();
/** The kinds that may name an object of a kind (`group/Kind`). */
const referrers = new Map<string, Set<string>>();
/** Keys of Secrets and ConfigMaps that name others, by role. */
const placesOfRole = new Map<string, Place[]>();
let built = false;

function build(): void {
  if (built) return;
  built = true;
  for (const facts of FACTS) {
    if (facts.type === 'format') continue;
    const found: Place[] = [];
    if (facts.shape) collect(facts.shape, '', found);
    if (facts.type === 'role') {
      placesOfRole.set(facts.role, found);
      for (const { reference } of found) note(reference, `/${facts.kind}`);
      continue;
    }
    for (const [path, fact] of Object.entries(facts.fields))
      if (fact.refersTo) found.push({ path, steps: factSteps(path), reference: fact.refersTo });
    for (const kind of facts.kinds) {
      places.set(`${facts.group}/${kind}`, found);
      for (const { reference } of found) note(reference, `${facts.group}/${kind}`);
    }
  }
}

function note(reference: Reference, from: string): void {
  const targets = reference.kindField ? ['*'] : [typeName(reference)];
  for (const target of targets) {
    const list = referrers.get(target) ?? new Set<string>();
    list.add(from);
    referrers.set(target, list);
  }
}

function collect(shape: Shape, path: string, found: Place[], depth = 0): void {
  if (depth > 12) return;
  if (shape.fact?.refersTo && path !== '') found.push({ path, steps: factSteps(path), reference: shape.fact.refersTo });
  for (const [name, field] of Object.entries(shape.fields ?? {})) {
    const key = /[.[\]"]/.test(name) ? `"${name}"` : name;
    collect(field, path === '' ? key : `${path}.${key}`, found, depth + 1);
  }
  if (shape.items) collect(shape.items, `${path}[]`, found, depth + 1);
}

function typeName(reference: Reference): string {
  const group = reference.group ?? typeOfKind(reference.kind)?.group ?? '';
  return `${group}/${reference.kind}`;
}

/** The kinds whose objects may name an object of this one. */
export function kindsReferringTo(type: { readonly group: string; readonly kind: string }): readonly string[] {
  build();
  return [...new Set([...(referrers.get(`${type.group}/${type.kind}`) ?? []), ...(referrers.get('*') ?? [])])];
}

/**
 * The names by which an object, whole or partial, names others. `roles` are the parts it plays, where it is a Secret or
 * ConfigMap and they are known.
 */
export function referencesOf(object: KubernetesObject, roles: readonly string[] = []): readonly FoundReference[] {
  build();
  const own = fixedReferences(object);
  if (roles.length === 0) return own;
  const found = [...own];
  for (const role of roles)
    for (const place of placesOfRole.get(role) ?? [])
      for (const field of ['data', 'stringData'])
        for (const { node, holder } of nodesAt(object.root, [field, ...place.steps]))
          found.push(...[read(place, node, holder)].filter((r) => r !== undefined));
  return found;
}

const fixed = new WeakMap<MapNode, readonly FoundReference[]>();

/** Those that do not depend on who refers to the object itself. */
function fixedReferences(object: KubernetesObject): readonly FoundReference[] {
  const own = places.get(`${object.group}/${object.kind}`);
  if (!own) return [];
  let found = fixed.get(object.root);
  if (!found) {
    found = own.flatMap((place) =>
      nodesAt(object.root, place.steps).flatMap((at) => read(place, at.node, at.holder) ?? []),
    );
    fixed.set(object.root, found);
  }
  return found;
}

function read(place: Place, node: Node, holder: Node | undefined): FoundReference | undefined {
  const scalar = asScalar(node);
  const name = text(scalar);
  if (!scalar || !name || name === '*') return undefined;
  const { reference } = place;
  const type = typeBeside(reference, holder);
  if (!type) return undefined;
  const namespaceNode = reference.namespaceField ? asScalar(get(holder, reference.namespaceField)) : undefined;
  return {
    node: scalar,
    name,
    ...type,
    namespace: text(namespaceNode) || undefined,
    namespaceNode,
    reference,
    path: place.path,
  };
}

/** The type that a reference means where it stands: what is said beside it decides. */
export function typeBeside(
  reference: Reference,
  holder: Node | undefined,
): { readonly group: string; readonly kind: string } | undefined {
  const written = reference.kindField ? text(get(holder, reference.kindField)) : undefined;
  if (written === undefined && reference.kind === 'Source') return undefined;
  const kind = written ?? reference.kind;
  const apiVersion = reference.kindField ? text(get(holder, 'apiVersion')) : undefined;
  const group =
    (apiVersion?.includes('/') ? splitApiVersion(apiVersion).group : undefined) ??
    (kind === reference.kind ? reference.group : undefined) ??
    typeOfKind(kind)?.group;
  return group === undefined ? undefined : { group, kind };
}

function nodesAt(root: Node | undefined, steps: readonly string[]): { node: Node; holder: Node | undefined }[] {
  let current: { node: Node; holder: Node | undefined }[] = root ? [{ node: root, holder: undefined }] : [];
  for (const step of steps) {
    current = current.flatMap(({ node }) => {
      if (step === '[]') return items(node).map((item) => ({ node: item, holder: node }));
      const inner = follow(get(node, step));
      return inner ? [{ node: inner, holder: node }] : [];
    });
    if (current.length === 0) return [];
  }
  return current;
}

/** Objects by what they name. */
const BY_REFERENCE: ObjectIndex = {
  name: 'references',
  keysOf: (object) => new Set(referencesOf(object).map((r) => `${r.group}/${r.kind}/${r.name}`)),
};

const placesOfRoleIn = (type: string): boolean => type === '/ConfigMap' || type === '/Secret';

/** A reference, and the object that it stands in. */
export interface Referrer {
  readonly object: KubernetesObject;
  readonly found: FoundReference;
}

/** The references that name an object, where their namespaces may be the same. Patches count. */
export function referencesTo(
  object: KubernetesObject,
  workspace: Workspace,
  rolesFor?: (object: KubernetesObject) => readonly string[],
): Referrer[] {
  if (object.name === undefined) return [];
  const names = workspace.namesOf(object);
  const known = new Set([object.name, ...(names.known ? names.names : [])]);
  return referencesNaming(object, known, workspace.namespacesOf(object), workspace, rolesFor);
}

/** The references to one of these names of a kind, where the namespace may be one of these. */
export function referencesNaming(
  type: { readonly group: string; readonly kind: string },
  names: ReadonlySet<string>,
  namespaces: Possible,
  workspace: Workspace,
  rolesFor: (object: KubernetesObject) => readonly string[] = () => [],
): Referrer[] {
  return kindsReferringTo(type).flatMap((from) => {
    const slash = from.lastIndexOf('/');
    const [group, kind] = [from.slice(0, slash), from.slice(slash + 1)];
    // References by role are not in the index: they depend on who refers to the referrer.
    const whole = placesOfRoleIn(from)
      ? workspace.objects(group, kind)
      : [...names].flatMap((name) => workspace.having(group, kind, BY_REFERENCE, `${type.group}/${type.kind}/${name}`));
    return [...new Set([...whole, ...workspace.patches(group, kind)])].flatMap((referrer) =>
      referencesOf(referrer, rolesFor(referrer)).flatMap((found): Referrer[] => {
        if (found.kind !== type.kind || found.group !== type.group || !names.has(found.name)) return [];
        const theirs: Possible = found.namespace
          ? { known: true, names: new Set([found.namespace]) }
          : workspace.namespacesOf(referrer);
        const meet = mayMeet(namespaces, theirs);
        return meet ? [{ object: referrer, found }] : [];
      }),
    );
  });
}
