import flux from '../../../schemas/structure/flux.json';
import fluxOperator from '../../../schemas/structure/flux-operator.json';
import type { Shape } from './shape.ts';
import { decoderOf, type Ranged, type Table, type Version } from './structure-table.ts';

/**
 * The structure of the kinds of Flux and of the Flux Operator, by apiVersion and Flux minor, from their CRDs.
 * Written by server/tools/gen-structure.mjs; the generator's inputs are the CRDs of each minor's controllers.
 *
 * Types, enums, patterns, defaults and CEL rules are known for every minor. `required` and the limits of lengths are
 * known for the newest version of each kind only: an older apiVersion misses no field.
 */

const TABLES = [flux, fluxOperator] as readonly Table[];

/** The Flux minors we know, the oldest first. */
export const FLUX_MINORS: readonly string[] = (flux as Table).minors;

export interface FluxKind {
  readonly group: string;
  readonly kind: string;
  /** The newest first. */
  readonly versions: readonly string[];
}

export interface ServedVersion {
  readonly version: string;
  /** The first Flux minor we know that serves it; `undefined` for kinds without Flux minors (the Flux Operator's). */
  readonly servedFrom: string | undefined;
  readonly deprecatedIn?: string;
  readonly removedIn?: string;
}

/** When a field, or a value, came and went, as Flux minors such as `2.4`. */
export interface History {
  /** The first minor with it in this apiVersion. */
  readonly since: string;
  /** The last minor with it, where later ones serve the apiVersion without it. */
  readonly until: string | undefined;
  /** The first minor with it in any apiVersion of the kind. */
  readonly sinceAnyVersion: string;
}

/** All kinds we know the structure of. */
export function fluxKinds(): readonly FluxKind[] {
  return TABLES.flatMap((table) =>
    Object.entries(table.kinds).map(([name, versions]) => {
      const slash = name.lastIndexOf('/');
      return { group: name.slice(0, slash), kind: name.slice(slash + 1), versions: Object.keys(versions) };
    }),
  );
}

/**
 * The shape of a whole object.
 * @param fluxMinor `2.7`, `v2.7.5` …; without it the newest minor that serves the version. Outside the minors that
 *   serve the version the nearest of them answers (see servedVersions).
 */
export function structureOf(group: string, version: string, kind: string, fluxMinor?: string): Shape | undefined {
  const found = find(group, kind, version);
  if (!found) return undefined;
  const { table, entry } = found;
  return decoderOf(table).object(`${group}/${kind}/${version}`, entry, minorWithin(entry, fluxMinor));
}

/** The versions of a kind that a Flux minor serves, the newest first; without a minor those of the newest one. */
export function servedVersions(group: string, kind: string, fluxMinor?: string): readonly string[] {
  const minor = fluxMinor === undefined ? LAST : minorIndex(fluxMinor);
  return Object.entries(versionsOf(group, kind)?.versions ?? {})
    .filter(([, v]) => v.from === undefined || (v.from <= minor && minor <= (v.to ?? LAST)))
    .map(([name]) => name);
}

export function newestVersion(group: string, kind: string): string | undefined {
  return Object.keys(versionsOf(group, kind)?.versions ?? {})[0];
}

/** The apiVersions of a kind, the newest first; empty for a kind we do not know. */
export function apiVersionHistory(group: string, kind: string): readonly ServedVersion[] {
  return Object.entries(versionsOf(group, kind)?.versions ?? {}).map(([version, v]) => ({
    version,
    servedFrom: minorName(v.from),
    deprecatedIn: minorName(v.deprecated),
    removedIn: v.to === undefined ? undefined : minorName(v.to + 1),
  }));
}

/**
 * When the field at a path of keys and indices came and went; `undefined` for a field that the version never had, for
 * what lies below free names, and for kinds without Flux minors.
 */
export function fieldHistory(
  group: string,
  kind: string,
  version: string,
  path: readonly (string | number)[],
): History | undefined {
  return historyOf(group, kind, version, (table, entry) => placeAt(table, entry, path)?.range);
}

/** When a value of a closed list came and went; `undefined` where the field has no such value. */
export function valueHistory(
  group: string,
  kind: string,
  version: string,
  path: readonly (string | number)[],
  value: string,
): History | undefined {
  return historyOf(group, kind, version, (table, entry) => {
    const place = placeAt(table, entry, path);
    const found = place?.shape.enum?.find((v) => (typeof v === 'string' ? v : v[0]) === value);
    return place && found !== undefined ? narrow(place.range, found) : undefined;
  });
}

/** Whether a pattern is one of the bundled structure, all of which the tests prove harmless in a backtracking engine. */
export function isBundledPattern(pattern: string): boolean {
  bundledPatterns ??= new Set(
    TABLES.flatMap((t) =>
      t.shapes.flatMap((s) => [...(s.pattern ? [s.pattern] : []), ...(s.patterns ?? []).map((p) => p[0])]),
    ),
  );
  return bundledPatterns.has(pattern);
}
let bundledPatterns: Set<string> | undefined;

type Range = readonly [from: number, to: number];
const LAST = FLUX_MINORS.length - 1;

function versionsOf(group: string, kind: string) {
  const name = `${group}/${kind}`;
  const table = TABLES.find((t) => Object.hasOwn(t.kinds, name));
  return table && { table, versions: table.kinds[name] ?? {} };
}

function find(group: string, kind: string, version: string) {
  const found = versionsOf(group, kind);
  const entry = found && Object.hasOwn(found.versions, version) ? found.versions[version] : undefined;
  return found && entry && { table: found.table, entry };
}

/** The index of the minor of a Flux version; of those we do not know the nearest. */
function minorIndex(fluxVersion: string): number {
  const match = /^v?(\d+)\.(\d+)/.exec(fluxVersion.trim());
  if (!match) return LAST;
  const exact = FLUX_MINORS.indexOf(`${match[1]}.${match[2]}`);
  return exact >= 0 ? exact : Number(match[1]) < 2 ? 0 : LAST;
}

const minorName = (index: number | undefined): string | undefined =>
  index === undefined ? undefined : FLUX_MINORS[index];

function rangeOf(entry: Version): Range {
  return entry.from === undefined ? [0, 0] : [entry.from, entry.to ?? LAST];
}

function minorWithin(entry: Version, fluxMinor: string | undefined): number {
  const [from, to] = rangeOf(entry);
  return fluxMinor === undefined ? to : Math.min(Math.max(minorIndex(fluxMinor), from), to);
}

function narrow<T>(range: Range, value: Ranged<T>): Range {
  return Array.isArray(value) ? [value[1], value[2] ?? range[1]] : range;
}

function placeAt(table: Table, entry: Version, path: readonly (string | number)[]) {
  if (path[0] !== 'spec') return undefined;
  let shape = table.shapes[entry.spec];
  let range = rangeOf(entry);
  for (const step of path.slice(1)) {
    if (!shape) return undefined;
    if (typeof step === 'number') shape = shape.items === undefined ? undefined : table.shapes[shape.items];
    else {
      const edge = shape.fields && Object.hasOwn(shape.fields, step) ? shape.fields[step] : undefined;
      if (edge === undefined) return undefined;
      range = narrow(range, edge);
      shape = table.shapes[typeof edge === 'number' ? edge : edge[0]];
    }
  }
  return shape && { shape, range };
}

function historyOf(
  group: string,
  kind: string,
  version: string,
  rangeIn: (table: Table, entry: Version) => Range | undefined,
): History | undefined {
  const found = find(group, kind, version);
  if (!found || found.entry.from === undefined) return undefined;
  const range = rangeIn(found.table, found.entry);
  if (!range) return undefined;
  const firsts = Object.values(versionsOf(group, kind)?.versions ?? {}).map(
    (v) => rangeIn(found.table, v)?.[0] ?? LAST,
  );
  return {
    since: minorName(range[0]) as string,
    until: range[1] < rangeOf(found.entry)[1] ? minorName(range[1]) : undefined,
    sinceAnyVersion: minorName(Math.min(...firsts)) as string,
  };
}
