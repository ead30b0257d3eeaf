import { type GenerateContext, NOTHING_KNOWN, type Step, type Values } from './generator.ts';
import { GENERATORS } from './index.ts';

/** The oldest and the newest versions: some choices exist in one of them alone. */
const CONTEXTS: readonly GenerateContext[] = [
  { fluxVersion: '2.3', argocdVersion: '2.8', known: NOTHING_KNOWN },
  { fluxVersion: '2.9', argocdVersion: '3.5', known: NOTHING_KNOWN },
];

/** Every title, detail and question a generator may show, for the translators. Reasons for refusals are not among them. */
export function generatorTexts(): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { title, detail, steps } of GENERATORS) {
    for (const text of [title, detail, ...steps.flatMap((s) => [s.title, s.prompt])]) texts.add(text);
    for (const context of CONTEXTS) choicesOf(steps, 0, {}, context, texts);
  }
  return texts;
}

/** Choices may depend on answers before them: every path is walked. */
function choicesOf(
  steps: readonly Step[],
  at: number,
  values: Values,
  context: GenerateContext,
  into: Set<string>,
): void {
  const step = steps[at];
  if (!step) return;
  const choices = step.when?.(values, context) === false ? [] : (step.choices?.(values, context) ?? []);
  for (const { title, detail } of choices) {
    into.add(title);
    if (detail !== undefined) into.add(detail);
  }
  const answers = step.kind === 'choice' ? choices.map((c) => c.value) : [];
  for (const value of answers.length > 0 ? answers : [''])
    choicesOf(steps, at + 1, { ...values, [step.key]: value }, context, into);
}
