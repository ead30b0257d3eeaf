import { FACTS } from '../../facts/index.generated.ts';
import { factsOfLanguage } from '../../facts/registry.ts';
import { fluxKinds, newestVersion, servedVersions } from '../../facts/structure.ts';
import { splitApiVersion } from '../../model/object.ts';
import { languageOfFile } from '../../model/unit.ts';
import { get, text } from '../../yaml/navigate.ts';
import { MARKER } from '../../yaml/repair.ts';
import type { Proposal } from './item.ts';
import type { Target } from './target.ts';

/** Whole objects, for a document that is empty. */
export function objectProposals(target: Target): Proposal[] {
  const { unit, path, keys, typing } = target;
  if (path.length > 0 || keys.size > 0 || typing.flow || typing.hasColon || target.kind !== 'key') return [];
  if (unit.language !== 'yaml' || languageOfFile(unit.document.uri)) return [];
  const proposals = FACTS.flatMap((facts): Proposal[] =>
    facts.type === 'format' || (facts.type === 'role' && !facts.label)
      ? []
      : (facts.snippets ?? []).map((s) => ({
          label: s.label,
          kind: 'snippet',
          documentation: () => `${s.doc}\n\n${facts.doc}`,
          value: s.body.replace(/\n$/, ''),
          order: `1${s.label}`,
        })),
  );
  return [
    { label: 'apiVersion', kind: 'key', key: 'apiVersion', value: ' $1', order: '0', bare: true, retrigger: true },
    ...proposals,
  ];
}

/** The keys every object begins with, while its type is not known yet. */
export function headProposals(target: Target): Proposal[] {
  const { unit, path, keys, typing } = target;
  if (unit.language !== 'yaml' || path.length > 0 || keys.size === 0 || target.kind !== 'key') return [];
  if (!keys.has('apiVersion') && !keys.has('kind')) return [];
  return ['apiVersion', 'kind', 'metadata', 'spec']
    .filter((k) => !keys.has(k))
    .map((k, i) => ({
      label: k,
      kind: 'key' as const,
      key: k,
      value: typing.hasColon ? '' : k === 'metadata' ? '\n  name: $1' : k === 'spec' ? '\n  $1' : ' $1',
      order: `0${i}`,
      bare: true,
      retrigger: k === 'apiVersion' || k === 'kind',
    }));
}

interface Type {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
}

/** The types we know something of, in the versions that the Flux at hand serves. */
function knownTypes(target: Target): Type[] {
  const { flux } = target.context;
  const minor = flux.known ? flux.minor : undefined;
  const types: Type[] = [];
  const own = new Set<string>();
  for (const { group, kind } of fluxKinds()) {
    own.add(`${group}/${kind}`);
    const versions = servedVersions(group, kind, minor);
    const newest = newestVersion(group, kind);
    for (const version of versions.length > 0 ? versions : newest ? [newest] : [])
      types.push({ apiVersion: `${group}/${version}`, group, kind });
  }
  for (const facts of FACTS)
    if (facts.type === 'kind')
      for (const kind of facts.kinds)
        if (!own.has(`${facts.group}/${kind}`))
          types.push({
            apiVersion: facts.group === '' ? facts.version : `${facts.group}/${facts.version}`,
            group: facts.group,
            kind,
          });
  return types;
}

/** Values of `apiVersion` and `kind` at the top of a document, each fitting the other. */
export function typeProposals(target: Target): Proposal[] {
  const { path, map, unit, typing } = target;
  const field = path[path.length - 1];
  if (target.kind !== 'value' || path.length !== 1 || (field !== 'apiVersion' && field !== 'kind')) return [];
  if (unit.language !== 'kubernetes' && unit.language !== 'yaml') return factsOfLanguage(unit.language) ? [] : [];
  const other = text(get(map, field === 'kind' ? 'apiVersion' : 'kind'));
  const known = other === MARKER ? undefined : other || undefined;
  const types = knownTypes(target);
  if (field === 'apiVersion') {
    const doc = (t: Type) => kindDoc(t);
    if (known) {
      const fitting = types.filter((t) => t.kind === known);
      return fitting.map((t, i) => ({
        label: t.apiVersion,
        kind: 'value',
        documentation: () => doc(t),
        value: t.apiVersion,
        order: `0${i}`,
        bare: true,
      }));
    }
    // With the line of the kind at once.
    return types.map((t) => ({
      label: t.kind,
      detail: `  ${t.apiVersion}`,
      kind: 'value',
      documentation: () => doc(t),
      value: typing.flow || typing.quote ? t.apiVersion : `${t.apiVersion}\nkind: ${t.kind}\n`.trimEnd(),
      order: `0${isOurs(t) ? 0 : 1}${t.kind}`,
    }));
  }
  const fitting = known
    ? types.filter((t) => t.apiVersion === known || t.group === splitApiVersion(known).group)
    : types;
  const seen = new Set<string>();
  return fitting.flatMap((t): Proposal[] => {
    if (seen.has(t.kind)) return [];
    seen.add(t.kind);
    return [
      {
        label: t.kind,
        detail: known ? undefined : `  ${t.apiVersion}`,
        kind: 'value',
        documentation: () => kindDoc(t),
        value: t.kind,
        order: `0${isOurs(t) ? 0 : 1}${t.kind}`,
        bare: known !== undefined,
        ...(known || typing.flow || typing.quote ? {} : { above: `apiVersion: ${t.apiVersion}` }),
      },
    ];
  });
}

const isOurs = (type: Type): boolean => type.group.includes('flux');

function kindDoc({ group, kind }: Type): string | undefined {
  const facts = FACTS.find((f) => f.type === 'kind' && f.group === group && f.kinds.includes(kind));
  return facts?.doc;
}
