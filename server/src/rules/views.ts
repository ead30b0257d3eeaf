import type { KubernetesObject } from '../model/object.ts';
import type { Language, Unit } from '../model/unit.ts';
import { type PodTemplate, podTemplateOf, WORKLOADS } from '../model/views/pod-template.ts';
import { asMap } from '../yaml/navigate.ts';
import type { MapNode } from '../yaml/tree.ts';
import type { View } from './define.ts';

// These are asked of every unit by every rule: an array costs less than a generator.
const NOTHING: readonly never[] = [];

/** Objects of these kinds: `group/Kind`, `/Kind` for the core group. Patches too, for rules with `partial`. */
export function kinds(...types: readonly string[]): View<KubernetesObject> {
  const known = new Set(types);
  return {
    name: types.map((t) => t.slice(t.indexOf('/') + 1)).join(', '),
    select: ({ object }) => (object && known.has(`${object.group}/${object.kind}`) ? [object] : NOTHING),
    only: (_, type) => type !== undefined && known.has(type),
  };
}

/** Every Kubernetes object. */
export const anyObject: View<KubernetesObject> = {
  name: 'every object',
  select: ({ object }) => (object ? [object] : NOTHING),
  only: (_, type) => type !== undefined,
};

/** The pods that workloads make, whole or in patches. */
export const podTemplates: View<PodTemplate> = {
  name: 'Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob',
  select({ object }) {
    const template = object && podTemplateOf(object);
    return template ? [template] : NOTHING;
  },
  only: (_, type) => type !== undefined && WORKLOADS.includes(type),
};

/** Documents in a language, by themselves or inside a string. */
export function documents(...languages: readonly Language[]): View<Unit> {
  return {
    name: languages.join(', '),
    select: (unit) => (languages.includes(unit.language) ? [unit] : NOTHING),
    only: (language) => languages.includes(language),
  };
}

/** A document in a language whose root is a map, with the unit it belongs to. */
export interface Embedded {
  readonly unit: Unit;
  readonly root: MapNode;
}

/** Maps in a language: the JSON of an Argo CD cluster Secret, the YAML of `sops.azure-kv` … */
export function maps(...languages: readonly Language[]): View<Embedded> {
  return {
    name: languages.join(', '),
    select(unit) {
      const root = languages.includes(unit.language) ? asMap(unit.root) : undefined;
      return root ? [{ unit, root }] : NOTHING;
    },
    only: (language) => languages.includes(language),
  };
}

/** Any other selection. */
export const view = <T>(name: string, select: View<T>['select'], only?: View<T>['only']): View<T> =>
  only ? { name, select, only } : { name, select };

/** For `view`: units in these languages alone. */
export const onlyLanguages =
  (...languages: readonly Language[]): View<unknown>['only'] =>
  (language) =>
    languages.includes(language);

/** For `view`: of Kubernetes objects those of these types (`group/Kind`), and units in other languages. */
export const amongObjects = (...types: readonly string[]): View<unknown>['only'] => {
  const known = new Set(types);
  return (language, type) => language !== 'kubernetes' || (type !== undefined && known.has(type));
};

/** For `view`: objects of these types (`group/Kind`) alone. */
export const onlyTypes = (types: Iterable<string>): View<unknown>['only'] => {
  const known = new Set(types);
  return (_, type) => type !== undefined && known.has(type);
};
