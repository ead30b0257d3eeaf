import type { RuleContext } from '../model/context.ts';
import type { Language, Unit } from '../model/unit.ts';
import type { FieldFact, Shape } from './shape.ts';

/**
 * What we know of the kinds of one group that share their fields. A file under facts/<area>/ exports one of these as its
 * default; `npm run gen` finds it there.
 */
export interface KindFacts {
  readonly type: 'kind';
  readonly group: string;
  readonly kinds: readonly string[];
  /** The apiVersion that snippets are written with, without the group. */
  readonly version: string;
  /** What the kind is for on Azure: one or two sentences. */
  readonly doc: string;
  readonly link?: string;
  /** Facts by path: `spec.provider`, `spec.eventSources[].name`. A path that the structure lacks is left out. */
  readonly fields: Readonly<Record<string, FieldFact>>;
  /** The shape, for kinds whose structure is not generated from a CRD. */
  readonly shape?: Shape;
  /** Whole objects to start from. */
  readonly snippets?: readonly ObjectSnippet[];
}

/** What we know of a closed format that is no Kubernetes object, or stands in a string of one. */
export interface FormatFacts {
  readonly type: 'format';
  readonly language: Exclude<Language, 'kubernetes' | 'yaml'>;
  readonly title: string;
  readonly doc: string;
  readonly link?: string;
  readonly shape: Shape;
  /** The shape of one document, where it depends on what stands in it or beside it. */
  readonly shapeFor?: (unit: Unit, context: RuleContext) => Shape;
  readonly snippets?: readonly ObjectSnippet[];
}

/** What the keys of a Secret or ConfigMap mean in the part it plays. */
export interface RoleFacts {
  readonly type: 'role';
  /** As in `Reference.role`. */
  readonly role: string;
  readonly kind: 'Secret' | 'ConfigMap';
  readonly title: string;
  readonly doc: string;
  readonly link?: string;
  /** The keys of `data` and `stringData`: a shape of type object. Values are strings, decoded. */
  readonly shape: Shape;
  /** The value of the label `argocd.argoproj.io/secret-type` that gives the part, where no reference does. */
  readonly label?: string;
  /** The name of the one object that plays the part, where its name alone says so. */
  readonly name?: string;
  readonly snippets?: readonly ObjectSnippet[];
}

/** A whole document, in LSP snippet syntax. */
export interface ObjectSnippet {
  readonly label: string;
  readonly doc: string;
  readonly body: string;
}

export const defineFacts = (facts: Omit<KindFacts, 'type'>): KindFacts => ({ type: 'kind', ...facts });
export const defineFormat = (facts: Omit<FormatFacts, 'type'>): FormatFacts => ({ type: 'format', ...facts });
export const defineRole = (facts: Omit<RoleFacts, 'type'>): RoleFacts => ({ type: 'role', ...facts });

export type Facts = KindFacts | FormatFacts | RoleFacts;

/** A string with a meaning. */
export const string = (doc: string, more: Omit<FieldFact, 'doc'> & Partial<Shape> = {}): Shape => {
  const { values, since, link, refersTo, snippet, suggestions, known, secret, ...shape } = more;
  const fact = { doc, values, since, link, refersTo, snippet, suggestions, known, secret };
  return { type: 'string', ...shape, fact };
};

/** A string that is one of these. */
export const oneOf = (
  doc: string,
  values: NonNullable<FieldFact['values']>,
  more: Omit<FieldFact, 'doc'> = {},
): Shape => string(doc, { ...more, values, enum: Object.keys(values) });

export const boolean = (doc: string, more: Omit<FieldFact, 'doc'> = {}): Shape => ({
  type: 'boolean',
  fact: { doc, ...more },
});

/** A string that an operator reads as a boolean, so that it must be quoted in YAML. */
export const booleanText = (doc: string, more: Omit<FieldFact, 'doc'> = {}): Shape =>
  string(doc, { snippet: '"${1|true,false|}"', ...more });

export const object = (
  fields: Readonly<Record<string, Shape>>,
  more: Partial<Shape> & { readonly doc?: string; readonly since?: string; readonly link?: string } = {},
): Shape => {
  const { doc, since, link, ...shape } = more;
  return { type: 'object', fields, ...shape, ...(doc === undefined ? {} : { fact: { doc, since, link } }) };
};

export const list = (items: Shape, doc?: string, more: Omit<FieldFact, 'doc'> = {}): Shape => ({
  type: 'array',
  items,
  ...(doc === undefined ? {} : { fact: { doc, ...more } }),
});
