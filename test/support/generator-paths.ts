import {
  type GenerateContext,
  type Generator,
  NOTHING_KNOWN,
  type Step,
  type Values,
} from '../../server/src/features/generate/generator.ts';

export const contextOf = (fluxVersion: string, argocdVersion = '3.5'): GenerateContext => ({
  fluxVersion,
  argocdVersion,
  known: NOTHING_KNOWN,
});

/** Every path through a generator: each choice that is not refused, each optional answer given and left out. */
export function* pathsOf(generator: Generator, context: GenerateContext): Iterable<Values> {
  yield* walk(generator.steps, 0, {}, context);
}

function* walk(steps: readonly Step[], at: number, values: Values, context: GenerateContext): Iterable<Values> {
  const step = steps[at];
  if (step === undefined) {
    yield values;
    return;
  }
  if (step.when?.(values, context) === false) {
    yield* walk(steps, at + 1, values, context);
    return;
  }
  for (const answer of answersOf(step, values, context))
    yield* walk(steps, at + 1, { ...values, [step.key]: answer }, context);
}

function answersOf(step: Step, values: Values, context: GenerateContext): string[] {
  if (step.kind === 'flag') return ['true', 'false'];
  if (step.kind === 'text') {
    const fallback = typeof step.default === 'function' ? step.default(values, context) : step.default;
    const answer = step.example ?? fallback ?? '';
    return step.optional ? [answer, ''] : [answer];
  }
  const usable = (step.choices?.(values, context) ?? []).filter((c) => c.refused === undefined).map((c) => c.value);
  return step.kind === 'choice' ? usable : [...usable, usable.join(',')];
}
