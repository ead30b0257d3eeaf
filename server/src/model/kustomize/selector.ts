import { linearRegex } from '../../text/linear-regex.ts';
import { asScalar, entries, get } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import type { KubernetesObject, ObjectType, PatchTarget } from '../object.ts';
import { isClusterScoped } from './well-known-kinds.ts';

/** A judgement that may be impossible. */
export type Trilean = boolean | 'unknown';

export const both = (a: Trilean, b: Trilean): Trilean =>
  a === false || b === false ? false : a === 'unknown' || b === 'unknown' ? 'unknown' : true;

/** What an object is called and labelled at some step of a build; kustomize goes by earlier names as well. */
export interface Identity extends ObjectType {
  /** The name now and the names before; `undefined` stands for one that nobody knows. */
  readonly names: readonly (string | undefined)[];
  /** The namespace now and those before, `''` for none; `undefined` stands for one that nobody knows. */
  readonly namespaces: readonly (string | undefined)[];
  readonly labels: StringMap;
  readonly annotations: StringMap;
}

export interface StringMap {
  readonly values: ReadonlyMap<string, string>;
  /** False where there may be more than these, or others. */
  readonly complete: boolean;
}

/** The identity of an object as it stands in its file. */
export function identityOf(object: KubernetesObject): Identity {
  const { apiVersion, group, version, kind } = object;
  return {
    apiVersion,
    group,
    version,
    kind,
    names: [object.name],
    namespaces: [object.namespace ?? (get(object.root, 'metadata', 'namespace') ? undefined : '')],
    labels: stringMap(get(object.root, 'metadata', 'labels')),
    annotations: stringMap(get(object.root, 'metadata', 'annotations')),
  };
}

export function stringMap(node: Node | undefined): StringMap {
  const values = new Map<string, string>();
  let complete = node === undefined || (node.kind === 'map' ? !node.damaged : asScalar(node)?.value === null);
  for (const { key, value } of entries(node)) {
    const scalar = asScalar(value);
    if (scalar) values.set(key.text, scalar.text);
    else complete = false;
  }
  return { values, complete };
}

/**
 * Whether the selector of a patch selects an object. All five parts of the type and the name are regular expressions
 * that must match as a whole (kustomize, api/types/selector.go); an empty selector selects everything. `unknown` where
 * the selector or the object is rendered by something else first, or a label may be added unseen.
 */
export function matchesTarget(target: PatchTarget, object: KubernetesObject | Identity): Trilean {
  const identity = 'labels' in object ? object : identityOf(object);
  return [
    matches(target.group, [identity.group]),
    matches(target.version, [identity.version]),
    matches(target.kind, [identity.kind]),
    matches(target.name, ends(identity.names)),
    isClusterScoped(identity)
      ? true
      : matches(
          target.namespace,
          ends(identity.namespaces).map((n) => (n === '' ? 'default' : n)),
        ),
    matchesSelector(target.labelSelector, identity.labels),
    matchesSelector(target.annotationSelector, identity.annotations),
  ].reduce(both, true);
}

/** Targets go by what a thing was first called and what it is called now (kustomize, api/resmap/reswrangler.go). */
const ends = <T>(list: readonly T[]): T[] => (list.length > 1 ? [list[0] as T, list.at(-1) as T] : [...list]);

/**
 * True for text that something renders before kustomize reads it. Flux' own variables are none: they are replaced after
 * the build, so that kustomize compares `${NAME}` letter by letter.
 */
export const isRenderedFirst = (content: string): boolean => /\{\{|<<|%\{|<\+/.test(content);

function matches(pattern: string | undefined, values: readonly (string | undefined)[]): Trilean {
  if (pattern === undefined) return true;
  if (isRenderedFirst(pattern)) return 'unknown';
  let result: Trilean = false;
  for (const value of values) {
    if (value === undefined || isRenderedFirst(value)) result = 'unknown';
    else {
      const fits = fullMatch(pattern, value);
      if (fits === true) return true;
      if (fits === 'unknown') result = 'unknown';
    }
  }
  return result;
}

/** Longer expressions are not compiled: the names they are for have at most 253 characters. */
const MAX_PATTERN = 500;

/** Whether a regular expression of Go matches a whole text. `unknown` for an expression that does not compile. */
export function fullMatch(pattern: string, value: string): Trilean {
  if (/^[A-Za-z0-9-]*$/.test(pattern)) return pattern === value;
  const expression = pattern.length > MAX_PATTERN ? undefined : linearRegex(pattern);
  return expression ? expression.testWhole(value) : 'unknown';
}

const REQUIREMENT =
  /^\s*(?:(!)\s*([^\s!=<>(),]+)|([^\s!=<>(),]+)\s*(?:(==|=|!=|<|>)\s*([^\s!=<>(),]*)|(in|notin)\s*\(([^()]*)\))?)\s*$/;

/**
 * Whether labels (or annotations) satisfy a selector in the syntax of Kubernetes: `a=b`, `a!=b`, `a`, `!a`, `a in (b, c)`,
 * `a notin (b)`, `a>1`, joined by commas.
 */
export function matchesSelector(selector: string | undefined, labels: StringMap): Trilean {
  if (selector === undefined || selector.trim() === '') return true;
  if (isRenderedFirst(selector) || selector.length > 5_000) return 'unknown';
  let result: Trilean = true;
  // A comma inside the parentheses of a set belongs to the set.
  for (const part of selector.split(/,(?![^(]*\))/)) result = both(result, requirement(part, labels));
  return result;
}

function requirement(part: string, labels: StringMap): Trilean {
  const match = REQUIREMENT.exec(part);
  if (!match) return 'unknown';
  const [, not, absentKey, key = absentKey ?? '', operator, operand = '', set, members = ''] = match;
  const value = labels.values.get(key);
  if (value === undefined) {
    const ifAbsent = not !== undefined || operator === '!=' || set === 'notin';
    return labels.complete ? ifAbsent : 'unknown';
  }
  if (not !== undefined) return false;
  if (isRenderedFirst(value)) return operator === undefined && set === undefined ? true : 'unknown';
  if (set !== undefined) return members.split(',').some((m) => m.trim() === value) === (set === 'in');
  if (operator === undefined) return true;
  if (operator === '!=') return value !== operand;
  if (operator === '<' || operator === '>') {
    if (!/^[0-9]+$/.test(operand) || !/^[0-9]+$/.test(value)) return false;
    return operator === '<' ? BigInt(value) < BigInt(operand) : BigInt(value) > BigInt(operand);
  }
  return value === operand;
}
