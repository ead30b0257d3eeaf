/**
 * Snippets for VS Code, made from what the generators write: a text that was asked becomes a tab stop, a choice that
 * changes one word becomes a list. Only the tool that writes snippets/ and its test import this.
 */
import { isGuid } from '../../azure/text-kinds.ts';
import { type GenerateContext, NOTHING_KNOWN, type Step, type Values } from './generator.ts';
import { generate, generatorNamed } from './run.ts';
import { SNIPPETS, type SnippetPlan } from './snippet-plans.ts';
import { scalar } from './yaml-text.ts';

export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const CONTEXT: GenerateContext = { fluxVersion: '2.9', argocdVersion: '3.5', known: NOTHING_KNOWN };
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** The content of snippets/azure-gitops.json. */
export function snippetsFile(): string {
  const snippets = Object.fromEntries(SNIPPETS.map((plan) => [plan.title, snippetOf(plan)]));
  return `${JSON.stringify(snippets, undefined, 2)}\n`;
}

/** A part of the text that becomes a tab stop. */
interface Stop {
  readonly start: number;
  readonly end: number;
  /** What a placeholder shows, or the items of a list. */
  readonly shown: string | readonly string[];
  /** Stops of one group are typed together. */
  readonly group: string;
}

export function snippetOf(plan: SnippetPlan): Snippet {
  const generator = generatorNamed(plan.generator)!;
  const { values, shown, open } = answersOf(generator.steps, plan);
  const text = textOf(plan.generator, values);
  const stops = open.flatMap((step) => choiceStop(plan.generator, step, values, text) ?? []);
  for (const [key, sample] of Object.entries(shown)) stops.push(...occurrences(text, sample.text, sample.shown, key));
  return { prefix: plan.prefix, description: plan.description, body: bodyOf(text, stops).split('\n') };
}

/** Answers that can be found again in the text: `shown` by key, and the choices that were left to their default. */
function answersOf(steps: readonly Step[], plan: SnippetPlan) {
  const values: Record<string, string> = {};
  const shown: Record<string, { readonly text: string; readonly shown: string }> = {};
  const open: Step[] = [];
  steps.forEach((step, i) => {
    if (step.when?.(values, CONTEXT) === false) return;
    const fallback = typeof step.default === 'function' ? step.default(values, CONTEXT) : step.default;
    const given = plan.values[step.key];
    if (given !== undefined) values[step.key] = given;
    else if (step.kind !== 'text') {
      values[step.key] = fallback ?? '';
      if (step.kind === 'choice') open.push(step);
    } else {
      const example = step.example ?? fallback ?? '';
      const text = sampleFor(step, i, example, values);
      values[step.key] = text;
      shown[step.key] = { text, shown: plan.shown?.[step.key] ?? display(example) };
    }
  });
  return { values, shown, open };
}

/** A value that is right for the step and stands nowhere else in the text. */
function sampleFor(step: Step, index: number, example: string, values: Values): string {
  const letters = `qzsample${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}`;
  // What YAML wants in quotes must be quoted while its place is looked for, so it stands for itself.
  if (scalar(example) !== example) return example;
  const candidates = isGuid(example)
    ? [`5a5a5a5a-0000-4000-8000-${String(index).padStart(12, '0')}`]
    : [letters, `${letters}.azurecr.io`];
  return candidates.find((candidate) => step.validate?.(candidate, values, CONTEXT) === undefined) ?? example;
}

/** What stands in the placeholder: ids of Azure are zeros, which the linter knows as still to be filled in. */
const display = (example: string): string =>
  example.replace(/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/g, ZERO_GUID).replace(/\b[0-9a-f]{32}\b/g, '0'.repeat(32));

function textOf(name: string, values: Values): string {
  const result = generate(name, values, CONTEXT);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.errors)}`);
  return (
    result.files
      .filter((file) => file.language === 'yaml')
      .map((file) => file.content)
      .join('---\n')
      // Names of variables made from a name: a tab stop cannot put its text in capitals with underscores.
      .replace(/QZSAMPLE[A-Z]{2}/g, 'AZURE')
  );
}

function occurrences(text: string, sample: string, shown: string, group: string): Stop[] {
  const stops: Stop[] = [];
  for (let at = text.indexOf(sample); at >= 0; at = text.indexOf(sample, at + sample.length))
    stops.push({ start: at, end: at + sample.length, shown, group });
  return stops;
}

/** The one place where the choices of a step differ, when it is part of one line and nothing else changes. */
function choiceStop(name: string, step: Step, values: Values, text: string): Stop | undefined {
  const choices = (step.choices?.(values, CONTEXT) ?? []).filter((choice) => choice.refused === undefined);
  const texts: string[] = [];
  for (const { value } of choices) {
    // A choice that brings other questions makes another text: those have snippets of their own.
    const result = generate(name, { ...values, [step.key]: value }, CONTEXT);
    if (!result.ok) return undefined;
    texts.push(textOf(name, { ...values, [step.key]: value }));
  }
  if (new Set(texts).size < 2) return undefined;
  const shortest = Math.min(...texts.map((t) => t.length));
  let start = 0;
  while (start < shortest && texts.every((t) => t[start] === text[start])) start++;
  let tail = 0;
  while (tail < shortest - start && texts.every((t) => t.at(-1 - tail) === text.at(-1 - tail))) tail++;
  while (/[A-Za-z0-9-]/.test(text[start - 1] ?? '')) start--;
  while (tail > 0 && /[A-Za-z0-9-]/.test(text[text.length - tail] ?? '')) tail--;
  const items = texts.map((t) => t.slice(start, t.length - tail));
  if (items.some((item) => item === '' || /[\n"'\s]/.test(item))) return undefined;
  const first = text.slice(start, text.length - tail);
  return {
    start,
    end: text.length - tail,
    shown: [first, ...new Set(items.filter((item) => item !== first))],
    group: step.key,
  };
}

function bodyOf(text: string, stops: readonly Stop[]): string {
  const sorted = [...stops].sort((a, b) => a.start - b.start || b.end - a.end);
  const numbers = new Map<string, number>();
  let body = '';
  let last = 0;
  for (const stop of sorted) {
    if (stop.start < last) continue;
    body += escaped(text.slice(last, stop.start));
    const known = numbers.get(stop.group);
    const number = known ?? numbers.size + 1;
    numbers.set(stop.group, number);
    if (known !== undefined) body += `$${number}`;
    else if (typeof stop.shown === 'string') body += `\${${number}:${escaped(stop.shown)}}`;
    else body += `\${${number}|${stop.shown.map((item) => item.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
    last = stop.end;
  }
  return body + escaped(text.slice(last).replace(/\n$/, ''));
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** The text of a snippet accepted as it stands: every placeholder as shown, of every list the first item. */
export function acceptedText(snippet: Snippet): string {
  const shown = new Map<string, string>();
  const unescaped = (text: string): string => text.replace(/\\([\\$},|])/g, '$1');
  const body = `${snippet.body.join('\n')}\n`;
  return body.replace(
    /\\([\\$}])|\$\{(\d+):((?:\\.|[^}\\])*)\}|\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}|\$(\d+)/g,
    (_, plain, n1, text, n2, list, n3) => {
      if (plain !== undefined) return plain;
      if (n1 !== undefined) shown.set(n1, unescaped(text));
      if (n2 !== undefined) shown.set(n2, unescaped(/^(?:\\.|[^,\\])*/.exec(list)![0]));
      return shown.get(n1 ?? n2 ?? n3) ?? '';
    },
  );
}
