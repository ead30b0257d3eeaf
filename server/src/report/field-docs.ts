import type { Facts, KindFacts } from '../facts/define.ts';
import { allowedValues } from '../facts/describe.ts';
import { FACTS } from '../facts/index.generated.ts';
import { factSteps, withFacts } from '../facts/overlay.ts';
import type { Shape } from '../facts/shape.ts';
import { fieldHistory, structureOf } from '../facts/structure.ts';
import { plainText } from '../text/snippet.ts';

/** A page of docs/fields. */
export interface FieldPage {
  /** Below docs/fields. */
  readonly path: string;
  readonly content: string;
}

/** One page for each kind, format and part of a Secret that we know of, and a list of them. */
export function fieldPages(): FieldPage[] {
  const pages = FACTS.map((facts) => ({ facts, path: pathOf(facts), content: pageOf(facts) }));
  const list = (title: string, type: Facts['type']) => [
    `## ${title}`,
    '',
    ...pages
      .filter((p) => p.facts.type === type)
      .map((p) => `- [${titleOf(p.facts)}](${p.path}): ${firstSentence(p.facts.doc)}`)
      .sort(),
    '',
  ];
  const index = [
    '# Fields',
    '',
    'What fields mean for Azure. The same texts are shown on hover and while typing.',
    '',
    ...list('Kinds', 'kind'),
    ...list('Files and documents inside strings', 'format'),
    ...list('Secrets and ConfigMaps by the part they play', 'role'),
  ];
  return [
    { path: 'README.md', content: `${index.join('\n').trimEnd()}\n` },
    ...pages.map(({ path, content }) => ({ path, content })),
  ];
}

const kebab = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

function pathOf(facts: Facts): string {
  if (facts.type === 'kind')
    return `kinds/${kebab(facts.kinds[0] as string)}${isCommon(facts) ? '' : `-${facts.group.split('.')[0]}`}.md`;
  return facts.type === 'format' ? `formats/${facts.language}.md` : `data/${facts.role}.md`;
}

/** Kinds of one name in several groups are told apart by the group. */
const isCommon = (facts: KindFacts): boolean =>
  FACTS.filter((f) => f.type === 'kind' && f.kinds[0] === facts.kinds[0]).length === 1;

const titleOf = (facts: Facts): string => (facts.type === 'kind' ? facts.kinds.join(', ') : facts.title);

const firstSentence = (text: string): string => /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;

function pageOf(facts: Facts): string {
  const lines = [`# ${titleOf(facts)}`, ''];
  if (facts.type === 'kind')
    lines.push(`\`${facts.group === '' ? facts.version : `${facts.group}/${facts.version}`}\``, '');
  lines.push(facts.doc, '');
  if (facts.link) lines.push(`[Documentation](${facts.link})`, '');
  const shape = shapeOf(facts);
  for (const { path, field } of shape ? fieldsWithFacts(shape) : []) lines.push(...fieldLines(facts, path, field));
  for (const { label, doc, body } of facts.snippets ?? [])
    lines.push(`## Snippet: ${label}`, '', doc, '', '```yaml', plainText(body).trimEnd(), '```', '');
  return `${lines.join('\n').trimEnd()}\n`;
}

function shapeOf(facts: Facts): Shape | undefined {
  if (facts.type !== 'kind') return facts.shape;
  const structure = facts.shape ?? structureOf(facts.group, facts.version, facts.kinds[0] as string);
  return structure && withFacts(structure, facts.fields);
}

interface Field {
  readonly path: string;
  readonly field: Shape;
}

function fieldsWithFacts(shape: Shape, path = '', depth = 0): Field[] {
  if (depth > 10) return [];
  const own = shape.fact && path !== '' ? [{ path, field: shape }] : [];
  const inner = Object.entries(shape.fields ?? {}).flatMap(([name, field]) => {
    const key = /[.[\]"/]/.test(name) ? `"${name}"` : name;
    return fieldsWithFacts(field, path === '' ? key : `${path}.${key}`, depth + 1);
  });
  const items = shape.items ? fieldsWithFacts(shape.items, `${path}[]`, depth + 1) : [];
  return [...own, ...inner, ...items];
}

function fieldLines(facts: Facts, path: string, field: Shape): string[] {
  const { fact } = field;
  if (!fact) return [];
  const lines = [`## \`${path}\``, '', fact.doc, ''];
  const values = allowedValues(field);
  for (const [value, meaning] of values)
    lines.push(`- \`${value}\`${meaning ? `${meaning.since ? ` (since ${meaning.since})` : ''}: ${meaning.doc}` : ''}`);
  if (values.length > 0) lines.push('');
  const notes: string[] = [];
  const since = fact.since ?? sinceOf(facts, path);
  if (since) notes.push(`Since ${since}`);
  if (field.default !== undefined && typeof field.default !== 'object')
    notes.push(`Default \`${String(field.default)}\``);
  if (fact.refersTo)
    notes.push(
      fact.refersTo.kind === 'Source' ? 'Names an object of the kind beside it' : `Names a ${fact.refersTo.kind}`,
    );
  if (fact.secret) notes.push('Confidential');
  if (fact.link) notes.push(`[Documentation](${fact.link})`);
  if (notes.length > 0) lines.push(notes.join(' · '), '');
  return lines;
}

function sinceOf(facts: Facts, path: string): string | undefined {
  if (facts.type !== 'kind' || facts.shape) return undefined;
  const steps = factSteps(path).map((s) => (s === '[]' ? 0 : s));
  const since = fieldHistory(facts.group, facts.kinds[0] as string, facts.version, steps)?.sinceAnyVersion;
  return since === undefined || since === '2.0' ? undefined : `Flux ${since}`;
}
