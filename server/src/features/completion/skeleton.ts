import { allowedValues } from '../../facts/describe.ts';
import type { Shape } from '../../facts/shape.ts';
import { hasPlaceholder, renumber } from '../../text/snippet.ts';

/**
 * What follows a key, from the shape of its value, in snippet syntax: a blank and a scalar with something to fill in, or
 * a line break and what an object has to have. Further lines are indented from the column of the key.
 */
export function blockValue(shape: Shape | undefined): string {
  return block(shape, 1, 0).text;
}

/** The value of a key in JSON. */
export function jsonValue(shape: Shape | undefined): string {
  return json(shape, 1, 0).text;
}

/** The value of a key in a flow map of YAML. */
export function flowValue(shape: Shape | undefined): string {
  if (shape?.type === 'object') return '{ $1 }';
  if (shape?.type === 'array') return '[$1]';
  return scalar(shape, 1);
}

interface Part {
  readonly text: string;
  readonly next: number;
}

const MAX_DEPTH = 4;

function block(shape: Shape | undefined, first: number, depth: number): Part {
  const snippet = shape?.fact?.snippet;
  if (snippet !== undefined) {
    const own = renumber(snippet, first);
    return { text: snippet.startsWith('\n') ? own.text : ` ${own.text}`, next: own.next };
  }
  if (shape?.type === 'object') {
    const fields = requiredFields(shape);
    if (fields.length === 0 || depth >= MAX_DEPTH) return { text: `\n  $${first}`, next: first + 1 };
    let text = '';
    let next = first;
    for (const [name, field] of fields) {
      const part = block(field, next, depth + 1);
      text += `\n  ${name}:${part.text.replace(/\n/g, '\n  ')}`;
      next = part.next;
    }
    return { text, next };
  }
  if (shape?.type === 'array') {
    const { items } = shape;
    if (items?.type !== 'object') return { text: `\n  - $${first}`, next: first + 1 };
    const fields = requiredFields(items);
    if (fields.length === 0 || depth >= MAX_DEPTH) return { text: `\n  - $${first}`, next: first + 1 };
    let text = '';
    let next = first;
    for (const [i, [name, field]] of fields.entries()) {
      const part = block(field, next, depth + 1);
      text += `\n  ${i === 0 ? '- ' : '  '}${name}:${part.text.replace(/\n/g, '\n    ')}`;
      next = part.next;
    }
    return { text, next };
  }
  return { text: ` ${scalar(shape, first)}`, next: first + 1 };
}

function json(shape: Shape | undefined, first: number, depth: number): Part {
  const snippet = shape?.fact?.snippet;
  if (snippet !== undefined && /^[[{]/.test(snippet)) return renumber(snippet, first);
  if (shape?.type === 'object') {
    const fields = requiredFields(shape);
    if (fields.length === 0 || depth >= MAX_DEPTH) return { text: `{\n  $${first}\n}`, next: first + 1 };
    let next = first;
    const lines = fields.map(([name, field]) => {
      const part = json(field, next, depth + 1);
      next = part.next;
      return `  "${name}": ${part.text.replace(/\n/g, '\n  ')}`;
    });
    return { text: `{\n${lines.join(',\n')}\n}`, next };
  }
  if (shape?.type === 'array') return { text: `[$${first}]`, next: first + 1 };
  if (shape?.type === 'string') {
    if (snippet !== undefined && !/^["'|>]|\n/.test(snippet) && hasPlaceholder(snippet)) {
      const own = renumber(snippet, first);
      return { text: `"${own.text}"`, next: own.next };
    }
    return { text: `"${scalar(shape, first)}"`, next: first + 1 };
  }
  return { text: scalar(shape, first), next: first + 1 };
}

function scalar(shape: Shape | undefined, tab: number): string {
  const values = shape ? allowedValues(shape).map(([value]) => value) : [];
  if (values.length === 1) return values[0] as string;
  if (values.length > 1 && values.length <= 12)
    return `\${${tab}|${values.map((v) => v.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  if (shape?.type === 'boolean') return `\${${tab}|true,false|}`;
  if (shape?.default !== undefined && typeof shape.default !== 'object')
    return `\${${tab}:${String(shape.default).replace(/[\\$}]/g, '\\$&')}}`;
  return `$${tab}`;
}

function requiredFields(shape: Shape): [string, Shape][] {
  return (shape.required ?? []).flatMap((name): [string, Shape][] => {
    const field = shape.fields?.[name];
    return field ? [[name, field]] : [];
  });
}

/** The fields an object has to have and that are missing, as one snippet; further lines are indented from column 0. */
export function missingFields(shape: Shape, present: ReadonlySet<string>): string {
  let next = 1;
  return requiredFields(shape)
    .filter(([name]) => !present.has(name))
    .map(([name, field]) => {
      const part = block(field, next, 1);
      next = part.next;
      return `${name}:${part.text}`;
    })
    .join('\n');
}
