import type { FieldFact, Shape, ValueFact } from './shape.ts';

/** Facts as Markdown, for hovers and for the documentation of completions. What a CRD says in prose is not among them. */

/** What a field means: the consequence for Azure, its values, since when, where to read on. */
export function describeField(shape: Shape, since?: string): string | undefined {
  const { fact } = shape;
  const lines: string[] = [];
  if (fact) lines.push(fact.doc);
  const values = allowedValues(shape);
  if (values.length > 0) lines.push(values.map(([value, meaning]) => valueLine(value, meaning)).join('\n'));
  const footer = footerOf(fact, fact?.since ?? since, shape);
  if (footer) lines.push(footer);
  return lines.length > 0 && (fact || values.length > 0) ? lines.join('\n\n') : undefined;
}

/** What one value of a field means. */
export function describeValue(value: string, shape: Shape): string | undefined {
  const meaning = shape.fact?.values?.[value];
  if (!meaning) return undefined;
  const link = shape.fact?.link;
  return [
    `\`${value}\`: ${meaning.doc}`,
    ...(meaning.deprecated ? ['Deprecated.'] : []),
    ...[
      [meaning.since ? `Since ${meaning.since}` : '', link ? `[Documentation](${link})` : '']
        .filter(Boolean)
        .join(' · '),
    ].filter(Boolean),
  ].join('\n\n');
}

/** The values of a closed list with what is known of each: Azure's first, then those with a meaning. */
export function allowedValues(shape: Shape): [string, ValueFact | undefined][] {
  const meanings = shape.fact?.values ?? {};
  const names = shape.enum ?? Object.keys(meanings);
  const legal = new Set(names);
  const known = Object.keys(meanings).filter((n) => legal.has(n));
  const last = known.filter((n) => meanings[n]?.discouraged);
  const first = known.filter((n) => !meanings[n]?.discouraged);
  const ordered = [
    ...first.filter(isAzure),
    ...first.filter((n) => !isAzure(n)),
    ...names.filter((n) => !Object.hasOwn(meanings, n)),
    ...last,
  ];
  return ordered.map((n) => [n, Object.hasOwn(meanings, n) ? meanings[n] : undefined]);
}

const isAzure = (value: string): boolean => /^azure/i.test(value);

function valueLine(value: string, meaning: ValueFact | undefined): string {
  if (!meaning) return `- \`${value}\``;
  return `- \`${value}\`${meaning.since ? ` (since ${meaning.since})` : ''}: ${meaning.doc}`;
}

function footerOf(fact: FieldFact | undefined, since: string | undefined, shape: Shape): string {
  const parts: string[] = [];
  if (since) parts.push(`Since ${since}`);
  if (shape.default !== undefined && typeof shape.default !== 'object')
    parts.push(`Default \`${String(shape.default)}\``);
  if (fact?.link) parts.push(`[Documentation](${fact.link})`);
  return parts.join(' · ');
}

/** Text that stands as it is in Markdown. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');

/** Text as code, whatever backticks it has. */
export function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
