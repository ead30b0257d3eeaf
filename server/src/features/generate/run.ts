/** Asks, checks and renders: the one way to run a generator, for the editor, LSP and the command line. */
import { nearest } from '../../azure/text-kinds.ts';
import {
  type Choice,
  chosen,
  type GenerateContext,
  type GeneratedFile,
  type Generator,
  type Step,
  type Values,
} from './generator.ts';
import { GENERATORS } from './index.ts';

export interface ValueError {
  /** The step's key, undefined when the trouble is the generator itself. */
  readonly key: string | undefined;
  /** A sentence for the user. */
  readonly reason: string;
}

export type Generated =
  | {
      readonly ok: true;
      readonly files: readonly GeneratedFile[];
      /** All answers, defaults filled in. */
      readonly values: Values;
      /** Keys that were given but have no effect beside the other answers. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly errors: readonly ValueError[] };

/** A step as it is to be asked now: plain data that can be sent. */
export interface AskedStep {
  readonly key: string;
  readonly title: string;
  readonly prompt: string;
  readonly kind: Step['kind'];
  readonly choices: readonly Choice[] | undefined;
  readonly suggestions: readonly string[] | undefined;
  readonly default: string | undefined;
  readonly example: string | undefined;
  readonly optional: boolean;
  /** From 1; how many steps there are may change with the answers. */
  readonly number: number;
  readonly total: number;
}

/** A generator as it is offered here: plain data that can be sent. */
export interface Offer {
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  /** Why it cannot serve these versions. */
  readonly refused: string | undefined;
}

export const offers = (context: GenerateContext): Offer[] =>
  GENERATORS.map(({ name, title, detail, refused }) => ({ name, title, detail, refused: refused?.(context) }));

export const generatorNamed = (name: string): Generator | undefined => GENERATORS.find((g) => g.name === name);

const unknownGenerator = (name: string): ValueError => {
  const best = nearest(
    name,
    GENERATORS.map((g) => g.name),
    4,
  );
  return { key: undefined, reason: `There is no generator "${name}"${best ? `; did you mean "${best}"?` : '.'}` };
};

/** Checks the values, fills in defaults and renders. Never throws for what a user can answer. */
export function generate(name: string, values: Values, context: GenerateContext): Generated {
  const generator = generatorNamed(name);
  if (generator === undefined) return { ok: false, errors: [unknownGenerator(name)] };
  const refused = generator.refused?.(context);
  if (refused !== undefined) return { ok: false, errors: [{ key: undefined, reason: refused }] };
  const { resolved, errors, ignored } = resolve(generator, values, context);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, files: generator.render(resolved, context), values: resolved, ignored };
}

/** The first step that has no answer yet; undefined when all have one. An empty text answers an optional step. */
export function nextStep(name: string, values: Values, context: GenerateContext): AskedStep | undefined {
  const generator = generatorNamed(name);
  if (generator === undefined) return undefined;
  const soFar: Record<string, string> = {};
  let found: Step | undefined;
  let before: Values = soFar;
  let number = 0;
  let total = 0;
  for (const step of generator.steps) {
    if (step.when?.(soFar, context) === false) continue;
    total++;
    if (found === undefined && values[step.key] === undefined) {
      found = step;
      before = { ...soFar };
      number = total;
    }
    soFar[step.key] = values[step.key] ?? defaultOf(step, soFar, context) ?? '';
  }
  if (found === undefined) return undefined;
  return {
    key: found.key,
    title: found.title,
    prompt: found.prompt,
    kind: found.kind,
    choices: found.choices?.(before, context),
    suggestions: found.suggestions && unique(found.suggestions(before, context)),
    default: defaultOf(found, before, context),
    example: found.example,
    optional: found.optional === true,
    number,
    total,
  };
}

/** The reason why a value cannot answer a step, for validation while it is typed. */
export function problemOf(
  name: string,
  key: string,
  value: string,
  values: Values,
  context: GenerateContext,
): string | undefined {
  const generator = generatorNamed(name);
  const step = generator?.steps.find((s) => s.key === key);
  if (generator === undefined || step === undefined) return undefined;
  return problem(step, value, answersBefore(generator, step, values, context), context);
}

function answersBefore(generator: Generator, until: Step, values: Values, context: GenerateContext): Values {
  const answers: Record<string, string> = {};
  for (const step of generator.steps) {
    if (step === until) break;
    if (step.when?.(answers, context) === false) continue;
    answers[step.key] = values[step.key] ?? defaultOf(step, answers, context) ?? '';
  }
  return answers;
}

function resolve(generator: Generator, values: Values, context: GenerateContext) {
  const resolved: Record<string, string> = {};
  const errors: ValueError[] = [];
  for (const step of generator.steps) {
    if (step.when?.(resolved, context) === false) continue;
    const value = values[step.key]?.trim() ?? defaultOf(step, resolved, context) ?? '';
    const reason = problem(step, value, resolved, context);
    if (reason !== undefined) errors.push({ key: step.key, reason });
    resolved[step.key] = step.kind === 'choices' ? chosen({ value }, 'value').join(',') : value;
  }
  const keys = generator.steps.map((step) => step.key);
  const ignored: string[] = [];
  for (const key of Object.keys(values)) {
    if (resolved[key] !== undefined) continue;
    if (keys.includes(key)) ignored.push(key);
    else {
      const best = nearest(key, keys, 3);
      errors.push({ key, reason: `"${key}" is not asked for${best ? `; did you mean "${best}"?` : '.'}` });
    }
  }
  return { resolved, errors, ignored };
}

const defaultOf = (step: Step, values: Values, context: GenerateContext): string | undefined =>
  typeof step.default === 'function' ? step.default(values, context) : step.default;

function problem(step: Step, value: string, values: Values, context: GenerateContext): string | undefined {
  if (value === '') return step.optional ? undefined : `${step.title} is needed.`;
  if (/[\r\n]/.test(value)) return 'A value is one line.';
  if (step.kind === 'flag') return value === 'true' || value === 'false' ? undefined : 'Answer true or false.';
  if (step.kind === 'text') return step.validate?.(value, values, context);
  const choices = step.choices?.(values, context) ?? [];
  for (const item of step.kind === 'choices' ? chosen({ value }, 'value') : [value]) {
    const choice = choices.find((c) => c.value === item);
    if (choice === undefined) return `"${item}" is none of ${choices.map((c) => c.value).join(', ')}.`;
    if (choice.refused !== undefined) return choice.refused;
  }
  return step.validate?.(value, values, context);
}

const unique = (items: readonly string[]): string[] => [...new Set(items)];
