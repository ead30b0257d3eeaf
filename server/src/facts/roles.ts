import type { Workspace } from '../model/context.ts';
import type { KubernetesObject } from '../model/object.ts';
import { get, text, textAt } from '../yaml/navigate.ts';
import { FACTS } from './index.generated.ts';
import { factSteps } from './overlay.ts';
import { referencesTo } from './references.ts';
import type { Reference } from './shape.ts';

/** The part that a reference gives to what it names, for the object it stands in. */
export function roleOfReference(reference: Reference, object: KubernetesObject): string | undefined {
  const { role, roleBy } = reference;
  if (!roleBy) return role;
  const value = textAt(object.root, ...factSteps(roleBy.field));
  return (value === undefined ? undefined : roleBy.roles[value]) ?? roleBy.roles['*'] ?? role;
}

let labels: ReadonlyMap<string, string> | undefined;
/** Roles by `kind name`. */
let names: ReadonlyMap<string, string> | undefined;

/**
 * The parts a Secret or ConfigMap plays, by the names of facts: from its label, from its keys, and from who refers to
 * it. None for other kinds, and for one that nobody visible refers to.
 */
export function rolesOf(object: KubernetesObject, workspace: Workspace): string[] {
  if (object.group !== '' || (object.kind !== 'Secret' && object.kind !== 'ConfigMap')) return [];
  labels ??= new Map(FACTS.flatMap((f) => (f.type === 'role' && f.label ? [[f.label, f.role] as const] : [])));
  const roles = new Set<string>();
  const label = text(get(object.root, 'metadata', 'labels', 'argocd.argoproj.io/secret-type'));
  const labelled = label === undefined ? undefined : labels.get(label);
  if (labelled && object.kind === 'Secret') roles.add(labelled);
  names ??= new Map(
    FACTS.flatMap((f) => (f.type === 'role' && f.name ? [[`${f.kind} ${f.name}`, f.role] as const] : [])),
  );
  const named = names.get(`${object.kind} ${object.name ?? object.target?.name}`);
  if (named) roles.add(named);
  for (const role of rolesByKeys(object)) roles.add(role);
  for (const { object: referrer, found } of referencesTo(object, workspace)) {
    const role = roleOfReference(found.reference, referrer);
    if (role) roles.add(role);
  }
  return [...roles];
}

/** Parts that the keys or the name give away, whoever refers to the object. */
function rolesByKeys(object: KubernetesObject): string[] {
  const has = (key: string) =>
    get(object.root, 'data', key) !== undefined || get(object.root, 'stringData', key) !== undefined;
  if (object.kind === 'Secret') {
    // Azure Service Operator looks for Secrets of these two names.
    if (object.name === 'aso-credential' || object.name === 'aso-controller-settings') return ['aso-credential'];
    return has('sops.azure-kv') ? ['sops-decryption'] : [];
  }
  const provider = textAt(object.root, 'data', 'provider');
  return provider === 'azure' && (has('cluster') || has('address')) ? ['kubeconfig-config'] : [];
}

/** The parts that a generated Secret or ConfigMap of this name plays. */
export function rolesOfGenerated(
  kind: 'Secret' | 'ConfigMap',
  name: string,
  near: KubernetesObject,
  workspace: Workspace,
): string[] {
  // Stands in for the object that the generator makes.
  return rolesOf({ ...near, apiVersion: 'v1', group: '', version: 'v1', kind, name, partial: false }, workspace);
}
