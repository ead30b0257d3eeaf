import { describeField } from '../../facts/describe.ts';
import { factsOfLanguage, rolesWithFacts } from '../../facts/registry.ts';
import type { Shape } from '../../facts/shape.ts';
import { fieldHistory } from '../../facts/structure.ts';
import type { Proposal } from './item.ts';
import { blockValue, flowValue, jsonValue } from './skeleton.ts';
import { isJsonText, type Target } from './target.ts';

/** The fields that the map at the cursor may still get: those it has to have first, then those that bear on Azure. */
export function keyProposals(target: Target): Proposal[] {
  const { shape, keys, path } = target;
  if (target.unit.language === 'azure-gitops-config' && path.length === 1 && path[0] === 'rules')
    return ruleProposals(target);
  // JSON has no keys without braces around them.
  if (!shape?.fields || (isJsonFormat(target.unit.language) && !target.typing.flow)) return snippetsHere(target);
  const lower = shape.ignoreCase ? new Set([...keys].map((k) => k.toLowerCase())) : undefined;
  const present = (name: string) => keys.has(name) || (lower?.has(name.toLowerCase()) ?? false);
  const structural = isStructural(target);
  const proposals = Object.entries(shape.fields).flatMap(([name, field], index): Proposal[] => {
    // `status` is the controller's to write.
    if (present(name) || (path.length === 0 && name === 'status' && structural)) return [];
    const required = shape.required?.includes(name) ?? false;
    const rank = required ? 0 : field.fact ? 1 : 2;
    const variants = (isJsonFormat(target.unit.language) ? (field.fact?.variants ?? []) : []).map(
      (variant, i): Proposal => ({
        label: `${name} (${variant.label})`,
        kind: 'key',
        key: name,
        documentation: () => variant.doc,
        value: target.typing.hasColon ? '' : ` ${variant.snippet}`,
        order: `${rank}${String(index).padStart(3, '0')}${i}`,
      }),
    );
    return [
      ...(target.typing.hasColon ? [] : variants),
      {
        label: name,
        kind: 'key',
        key: name,
        detail: required ? ' (required)' : undefined,
        documentation: () => describeField(field, sinceOf(target, name)),
        value: isMetadata(target, name) ? '\n  name: $1' : valueAfter(target, field),
        order: `${rank}${String(index).padStart(3, '0')}9`,
        bare: structural && isPlainPath(target, name),
        deprecated: false,
        retrigger: retriggers(field),
      },
    ];
  });
  return [...proposals, ...snippetsHere(target)];
}

/** Rules whose severity the settings may say. */
const ruleProposals = ({ session, keys, typing, shape }: Target): Proposal[] =>
  session.rules
    .filter((rule) => !keys.has(rule.id))
    .map((rule) => ({
      label: rule.id,
      kind: 'key',
      key: rule.id,
      documentation: () => rule.summary,
      value: typing.hasColon ? '' : blockValue(shape?.additional),
      order: rule.id,
    }));

/** Groups of keys that belong together: at the top of an empty format, or in the data of a Secret with a part to play. */
function snippetsHere(target: Target): Proposal[] {
  const { unit, path, keys, context, typing } = target;
  if (keys.size > 0 || typing.hasColon || typing.flow) return [];
  if (path.length === 0 && unit.language !== 'kubernetes' && unit.language !== 'yaml') {
    return (factsOfLanguage(unit.language)?.snippets ?? []).map((s) => snippet(s));
  }
  if (
    unit.object?.group === '' &&
    path.length === 1 &&
    (path[0] === 'stringData' || (path[0] === 'data' && unit.object.kind === 'ConfigMap'))
  )
    return rolesWithFacts(unit.object, context).flatMap((r) =>
      r.label ? [] : (r.snippets ?? []).map((s) => snippet(s)),
    );
  return [];
}

/** `metadata` of an object: no structure says that its name is needed. */
const isMetadata = ({ unit, path, typing }: Target, name: string): boolean =>
  name === 'metadata' && path.length === 0 && unit.language === 'kubernetes' && !typing.flow && !typing.hasColon;

const isJsonFormat = (language: string): boolean =>
  language === 'argocd-cluster-config' || language === 'docker-config';

const snippet = ({ label, doc, body }: { label: string; doc: string; body: string }): Proposal => ({
  label,
  kind: 'snippet',
  documentation: () => doc,
  value: body.replace(/\n$/, ''),
  order: `3${label}`,
});

function valueAfter(target: Target, field: Shape): string {
  const { typing, typed } = target;
  if (typing.hasColon) return '';
  if (!typing.flow) return blockValue(field);
  return isJsonText(typed.text) ? ` ${jsonValue(field)}` : ` ${flowValue(field)}`;
}

const retriggers = (field: Shape): boolean => {
  const { fact } = field;
  if (fact?.snippet !== undefined) return false;
  return field.type === 'object' ? (field.required ?? []).length === 0 : Boolean(fact?.refersTo || fact?.suggestions);
};

/** True where the shape is that of a CRD, so that a JSON Schema of the kind offers the same. */
export function isStructural({ unit }: Target): boolean {
  return unit.language === 'kubernetes' && unit.object !== undefined && unit.object.group.includes('.');
}

/** Below free names (labels, annotations, data) no schema knows the keys. */
function isPlainPath({ shape }: Target, name: string): boolean {
  return shape?.additional === undefined || !Object.hasOwn(shape.fields ?? {}, name);
}

function sinceOf({ unit, path }: Target, name: string): string | undefined {
  return unit.object && sinceOfField(unit.object, [...path, name]);
}

/** The Flux version that brought a field, where it was not there from the beginning. */
export function sinceOfField(
  object: { readonly group: string; readonly kind: string; readonly version: string },
  path: readonly (string | number)[],
): string | undefined {
  const since = fieldHistory(object.group, object.kind, object.version, path)?.sinceAnyVersion;
  return since === undefined || since === '2.0' ? undefined : `Flux ${since}`;
}
