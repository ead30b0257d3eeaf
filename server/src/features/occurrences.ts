import type { Session } from '../engine/session.ts';
import { inFile } from '../engine/session.ts';
import { referencesNaming, referencesOf, referencesTo } from '../facts/references.ts';
import { rolesOf } from '../facts/roles.ts';
import type { Possible, Workspace } from '../model/context.ts';
import { readGenerators } from '../model/kustomize/generator.ts';
import { isKind, type KubernetesObject } from '../model/object.ts';
import type { Span } from '../text/span.ts';
import { asMap, asScalar, get, text } from '../yaml/navigate.ts';
import type { ScalarNode, Tree } from '../yaml/tree.ts';
import { type Place, placeAt, spotAt } from './locate.ts';

/** A place in a file. Offsets are UTF-16. */
export interface Location {
  readonly uri: string;
  readonly span: Span;
}

/** A place where the name of an object is written. */
export interface Occurrence {
  readonly tree: Tree;
  /** Of the name alone, in `tree.text`. */
  readonly span: Span;
  /** The scalar that is the name, or holds it. */
  readonly node: ScalarNode | undefined;
  readonly role: 'declaration' | 'reference';
}

/** What a name stands for: objects that are here, or one that is only spoken of. */
export interface NamedThing {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** The objects of this name that may be meant. */
  readonly objects: readonly KubernetesObject[];
  /** Where the one that is meant is, for names of objects that are not here. */
  readonly namespaces: Possible;
  /** Where the name stands that was asked about. */
  readonly at: Occurrence;
}

/** The object whose name, or a reference to it, stands at an offset of a file. */
export function namedThingAt(session: Session, uri: string, offset: number): NamedThing | undefined {
  const place = placeAt(session, uri, offset);
  if (!place) return undefined;
  const workspace = session.workspace();
  return markerAt(place, workspace) ?? scalarThing(place, workspace);
}

function scalarThing(place: Place, workspace: Workspace): NamedThing | undefined {
  const { unit, tree } = place;
  const object = unit?.object;
  const spot = spotAt(unit?.root ?? tree.root, place.offset);
  if (!object || !spot || spot.onKey || spot.node.kind !== 'scalar') return undefined;
  const { node } = spot;
  const path = spot.path.join('.');
  if (path === 'metadata.name') {
    if (!object.name) return undefined;
    const selected = object.partial ? workspace.selectedBy(object) : undefined;
    const objects = selected?.state === 'found' ? selected.values : object.partial ? [] : [object];
    return thing(
      object,
      object.name,
      objects,
      workspace.namespacesOf(object),
      occurrenceOf(node, object.partial ? 'reference' : 'declaration'),
    );
  }
  const subject = subjectOf(object, node);
  if (subject) {
    const account = { group: '', kind: 'ServiceAccount' };
    const found = workspace.find('', 'ServiceAccount', subject.name, { namespace: subject.namespace });
    return thing(
      account,
      subject.name,
      found.state === 'found' ? found.values : [],
      only(subject.namespace),
      subject.at,
    );
  }
  const reference = referencesOf(object, rolesOf(object, workspace)).find((r) => r.node === node);
  if (reference) {
    const near = reference.namespace ? { namespace: reference.namespace } : object;
    const found = workspace.find(reference.group, reference.kind, reference.name, near);
    const namespaces = reference.namespace ? only(reference.namespace) : workspace.namespacesOf(object);
    return thing(
      reference,
      reference.name,
      found.state === 'found' ? found.values : [],
      namespaces,
      occurrenceOf(node, 'reference'),
    );
  }
  return generatorThing(object, node, path, workspace);
}

const only = (namespace: string): Possible => ({ known: true, names: new Set([namespace]) });

const thing = (
  type: { readonly group: string; readonly kind: string },
  name: string,
  objects: readonly KubernetesObject[],
  namespaces: Possible,
  at: Occurrence,
): NamedThing => ({ group: type.group, kind: type.kind, name, objects, namespaces, at });

/** A generator of a kustomization declares the Secret or ConfigMap it makes. */
function generatorThing(
  object: KubernetesObject,
  node: ScalarNode,
  path: string,
  workspace: Workspace,
): NamedThing | undefined {
  const match = /^(secretGenerator|configMapGenerator)\.\d+\.name$/.exec(path);
  const name = text(node);
  if (!match || !name || object.group !== 'kustomize.config.k8s.io') return undefined;
  const kind = match[1] === 'secretGenerator' ? 'Secret' : 'ConfigMap';
  const made = workspace.generated(kind).find((g) => g.name === name && g.document === object.document);
  return thing({ group: '', kind }, name, [], made?.namespaces ?? { known: false }, occurrenceOf(node, 'declaration'));
}

/** The part of a scalar that its text is, without quotes. */
export function occurrenceOf(node: ScalarNode, role: Occurrence['role'], part?: Span): Occurrence {
  const source = node.tree.text.slice(node.span.start, node.span.end);
  const shift = Math.max(0, source.indexOf(node.text));
  const start = node.span.start + shift + (part?.start ?? 0);
  const end = part ? node.span.start + shift + part.end : start + node.text.length;
  return { tree: node.tree, span: { start, end: Math.min(end, node.span.end) }, node, role };
}

/** The ServiceAccount in the subject of a federated credential of Azure Service Operator. */
function subjectOf(
  object: KubernetesObject,
  node: ScalarNode,
): { name: string; namespace: string; at: Occurrence } | undefined {
  if (!isKind(object, 'managedidentity.azure.com', 'FederatedIdentityCredential')) return undefined;
  const match = /^(system:serviceaccount:([^:]+):)([^:]+)$/.exec(node.text);
  if (!match || get(object.root, 'spec', 'subject') !== node) return undefined;
  const start = (match[1] as string).length;
  const name = match[3] as string;
  return {
    name,
    namespace: match[2] as string,
    at: occurrenceOf(node, 'reference', { start, end: start + name.length }),
  };
}

const MARKER = /\{\s*"\$imagepolicy"\s*:\s*"([^":\s]+):([^":\s]+)(?::[a-z]+)?"/g;

interface PolicyMarker {
  readonly namespace: string;
  readonly name: string;
  /** Of the policy's name, in the text. */
  readonly span: Span;
}

/** The markers of Flux's image automation in a text. */
export function* policyMarkers(source: string): Iterable<PolicyMarker> {
  if (!source.includes('$imagepolicy')) return;
  for (const match of source.matchAll(MARKER)) {
    const name = match[2] as string;
    const start = match.index + match[0].indexOf(`:${name}`, match[0].indexOf(match[1] as string)) + 1;
    yield { namespace: match[1] as string, name, span: { start, end: start + name.length } };
  }
}

const POLICY = { group: 'image.toolkit.fluxcd.io', kind: 'ImagePolicy' } as const;

function markerAt(place: Place, workspace: Workspace): NamedThing | undefined {
  const { tree, offset } = place;
  const start = tree.text.lastIndexOf('\n', offset - 1) + 1;
  const end = tree.text.indexOf('\n', offset);
  for (const marker of policyMarkers(tree.text.slice(start, end < 0 ? undefined : end))) {
    const span = { start: marker.span.start + start, end: marker.span.end + start };
    if (offset < span.start - marker.namespace.length - 1 || offset > span.end) continue;
    const found = workspace.find(POLICY.group, POLICY.kind, marker.name, { namespace: marker.namespace });
    return thing(POLICY, marker.name, found.state === 'found' ? found.values : [], only(marker.namespace), {
      tree,
      span,
      node: undefined,
      role: 'reference',
    });
  }
  return undefined;
}

/** All places where the name of a thing is written: its declarations, what refers to it, patches of it. */
export function occurrencesOf(session: Session, named: NamedThing): Occurrence[] {
  const workspace = session.workspace();
  const found: Occurrence[] = [];
  const seen = new Set<string>();
  const add = (occurrence: Occurrence | undefined) => {
    const at = occurrence && inFile(occurrence.tree, occurrence.span);
    if (!occurrence || !at) return;
    const key = `${at.uri} ${at.span.start}`;
    if (!seen.has(key)) found.push(occurrence);
    seen.add(key);
  };
  for (const object of named.objects) {
    add(nameOf(object, 'declaration'));
    for (const patch of workspace.patchesFor(object)) for (const o of patchNames(patch, named.name)) add(o);
    for (const { found: reference } of referencesTo(object, workspace, (o) => rolesOf(o, workspace)))
      add(occurrenceOf(reference.node, 'reference'));
  }
  if (named.objects.length === 0) for (const o of spokenOf(named, workspace)) add(o);
  for (const o of declaredByGenerators(named, workspace)) add(o);
  const namespaces = namespacesOf(named, workspace);
  if (named.kind === 'ServiceAccount' && named.group === '')
    for (const credential of workspace.objects('managedidentity.azure.com', 'FederatedIdentityCredential')) {
      const node = asScalar(get(credential.root, 'spec', 'subject'));
      const subject = node && subjectOf(credential, node);
      if (subject?.name === named.name && has(namespaces, subject.namespace)) add(subject.at);
    }
  if (named.kind === POLICY.kind && named.group === POLICY.group)
    for (const o of markersOf(session, named.name, namespaces)) add(o);
  add(named.at);
  return found;
}

function namespacesOf(named: NamedThing, workspace: Workspace): Possible {
  if (named.objects.length === 0) return named.namespaces;
  const all = named.objects.map((o) => workspace.namespacesOf(o));
  const names = all.flatMap((p) => (p.known ? [...p.names] : []));
  return all.every((p) => p.known) ? { known: true, names: new Set(names) } : { known: false };
}

const has = (possible: Possible, namespace: string): boolean => !possible.known || possible.names.has(namespace);

export function nameOf(object: KubernetesObject, role: Occurrence['role']): Occurrence | undefined {
  const node = asScalar(get(object.root, 'metadata', 'name'));
  return node && text(node) ? occurrenceOf(node, role) : undefined;
}

/** Where a patch writes the name of what it is for: its own, and that of its target. */
export function patchNames(patch: KubernetesObject, name: string): Occurrence[] {
  const own = patch.name === name ? nameOf(patch, 'reference') : undefined;
  const holder = patch.tree.host?.node.parent;
  const target = asScalar(get(holder?.kind === 'map' ? holder : undefined, 'target', 'name'));
  return [...(own ? [own] : []), ...(target && text(target) === name ? [occurrenceOf(target, 'reference')] : [])];
}

/** References to an object that is not in the workspace. */
const spokenOf = (named: NamedThing, workspace: Workspace): Occurrence[] =>
  referencesNaming(named, new Set([named.name]), named.namespaces, workspace, (o) => rolesOf(o, workspace)).map(
    ({ found }) => occurrenceOf(found.node, 'reference'),
  );

/** The name in a generator of a kustomization that makes a Secret or ConfigMap. */
export function declaredByGenerators(
  named: Pick<NamedThing, 'group' | 'kind' | 'name' | 'namespaces'>,
  workspace: Workspace,
): Occurrence[] {
  if (named.group !== '' || (named.kind !== 'Secret' && named.kind !== 'ConfigMap')) return [];
  return workspace.generated(named.kind).flatMap((made): Occurrence[] => {
    if (made.name !== named.name) return [];
    const { namespaces } = made;
    if (named.namespaces.known && namespaces.known && ![...namespaces.names].some((n) => has(named.namespaces, n)))
      return [];
    const root = asMap(made.document.tree.root);
    const generator = root && readGenerators(root).find((g) => g.kind === made.kind && g.name?.text === made.name);
    const node = asScalar(generator?.name?.node);
    return node ? [occurrenceOf(node, 'declaration')] : [];
  });
}

function* markersOf(session: Session, name: string, namespaces: Possible): Iterable<Occurrence> {
  for (const uri of session.uris()) {
    const file = session.file(uri);
    if (!file?.text.includes('$imagepolicy')) continue;
    for (const document of file.documents)
      for (const marker of policyMarkers(document.text))
        if (marker.name === name && has(namespaces, marker.namespace))
          yield { tree: document.tree, span: marker.span, node: undefined, role: 'reference' };
  }
}
