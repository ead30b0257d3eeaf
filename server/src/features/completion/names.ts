import { code } from '../../facts/describe.ts';
import { typeBeside } from '../../facts/references.ts';
import { roleOfReference, rolesOf } from '../../facts/roles.ts';
import type { Reference } from '../../facts/shape.ts';
import { shapeAt } from '../../facts/walk.ts';
import { type GeneratedObject, mayMeet, type Possible } from '../../model/context.ts';
import { typeOfKind } from '../../model/kustomize/well-known-kinds.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { withoutUser } from '../../rules/flux/_sources.ts';
import { get, text } from '../../yaml/navigate.ts';
import { MARKER } from '../../yaml/repair.ts';
import type { Proposal } from './item.ts';
import type { Target } from './target.ts';

/** The objects of the workspace that a name at the cursor may name, those of the right namespace and part first. */
export function nameProposals(target: Target): Proposal[] {
  const reference = target.shape?.fact?.refersTo;
  const { object } = target.unit;
  if (!reference || !object || target.typing.flow) return [];
  const type = typeBeside(reference, target.map);
  const types = type && type.kind !== MARKER ? [type] : kindsOf(target, reference);
  const namespaceField = reference.namespaceField;
  const written = namespaceField ? text(get(target.map, namespaceField)) : undefined;
  const wanted: Possible = written
    ? { known: true, names: new Set([written]) }
    : target.context.workspace.namespacesOf(object);
  const role = roleOfReference(reference, object);
  const proposals = types.flatMap(({ group, kind }) => [
    ...target.context.workspace
      .objects(group, kind)
      .flatMap((o) => named(target, o, reference, wanted, role, types.length > 1) ?? []),
    ...(kind === 'Secret' || kind === 'ConfigMap'
      ? target.context.workspace.generated(kind).flatMap((g) => generated(g, wanted) ?? [])
      : []),
  ]);
  const seen = new Set<string>();
  return proposals.filter((p) => {
    const key = `${p.label} ${p.detail}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

/** Without a kind beside it, a name may be of any kind that the kind's field allows. */
function kindsOf(target: Target, reference: Reference): { group: string; kind: string }[] {
  if (!reference.kindField) return [];
  const beside = target.rootShape && shapeAt(target.rootShape, [...target.path.slice(0, -1), reference.kindField]);
  return (beside?.enum ?? []).flatMap((kind) => {
    const type = typeOfKind(kind);
    return type ? [{ group: type.group, kind }] : [];
  });
}

function named(
  target: Target,
  candidate: KubernetesObject,
  reference: Reference,
  wanted: Possible,
  role: string | undefined,
  several: boolean,
): Proposal | undefined {
  const { object } = target.unit;
  const { workspace } = target.context;
  if (!candidate.name || /[${<]/.test(candidate.name)) return undefined;
  if (
    object &&
    candidate.document === object.document &&
    candidate.kind === object.kind &&
    candidate.name === object.name
  )
    return undefined;
  const own = workspace.namespacesOf(candidate);
  const near = mayMeet(wanted, own);
  const namespace = own.known ? [...own.names].join(', ') : undefined;
  const far = !near && reference.namespaceField !== undefined && wanted.known && own.known && own.names.size === 1;
  // An object of another namespace cannot be named where there is no place for its namespace.
  if (!near && !far) return undefined;
  const fits = fitness(target, candidate, role);
  const kind = several ? ` ${candidate.kind}` : '';
  return {
    label: candidate.name,
    kind: 'name',
    detail: `${kind}${namespace ? `  ${namespace}` : ''}` || undefined,
    documentation: () => describeObject(candidate),
    value:
      far && !text(get(target.map, reference.namespaceField as string))
        ? `${candidate.name}\n${reference.namespaceField}: ${namespace}`
        : candidate.name,
    order: `${near ? 0 : 2}${fits}${candidate.name}`,
  };
}

/** 0 for what is made for the part, 2 for what plays another one. */
function fitness(target: Target, candidate: KubernetesObject, role: string | undefined): number {
  if (candidate.kind === 'ServiceAccount') return annotation(candidate, 'azure.workload.identity/client-id') ? 0 : 1;
  if (role === undefined || (candidate.kind !== 'Secret' && candidate.kind !== 'ConfigMap')) return 0;
  const roles = rolesOf(candidate, target.context.workspace);
  return roles.includes(role) ? 0 : roles.length === 0 ? 1 : 2;
}

function generated(object: GeneratedObject, wanted: Possible): Proposal | undefined {
  const near = mayMeet(wanted, object.namespaces);
  if (!near) return undefined;
  return {
    label: object.name,
    kind: 'name',
    detail: '  generated',
    documentation: () =>
      `A ${object.kind} that a kustomization makes, with the keys ${object.keys.map((k) => code(k.key)).join(', ') || 'of its files'}.`,
    value: object.name,
    order: `01${object.name}`,
  };
}

/** What a person needs to tell objects apart. Of the data of Secrets only the keys. */
export function describeObject(object: KubernetesObject): string {
  const lines = [`${object.kind} ${code(object.name ?? '')}${object.namespace ? ` in ${code(object.namespace)}` : ''}`];
  const client = text(annotation(object, 'azure.workload.identity/client-id')?.value);
  if (object.kind === 'ServiceAccount')
    lines.push(client ? `Client id ${code(client)}.` : 'Without an identity in Azure.');
  if (object.group === '' && (object.kind === 'Secret' || object.kind === 'ConfigMap')) {
    const keys = [...dataOf(object).keys()];
    if (keys.length > 0) lines.push(`Keys: ${keys.map(code).join(', ')}.`);
  }
  const url =
    text(get(object.root, 'spec', 'url')) ??
    text(get(object.root, 'spec', 'image')) ??
    text(get(object.root, 'spec', 'endpoint'));
  if (url) lines.push(code(withoutUser(url)));
  const path = decodeURIComponent(object.document.uri.split('/').slice(-3).join('/'));
  lines.push(`_${path.replace(/[_*]/g, '\\$&')}_`);
  return lines.join('\n\n');
}
