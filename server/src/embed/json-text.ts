import { isTemplate, templateRanges } from '../azure/text-kinds.ts';
import { checkGoJson, type GoJsonError } from './go-json.ts';

/** A text that is to be JSON once its templates are filled in. `masked` has its length: offsets hold. */
export type JsonText =
  | { readonly state: 'valid'; readonly masked: string }
  | { readonly state: 'invalid'; readonly masked: string; readonly error: GoJsonError }
  /** Templates decide on its structure: nothing can be said of it. */
  | { readonly state: 'unknown' };

/** Reads a text as Go's `encoding/json` does, apart from what templates are still to fill in. */
export function readJson(text: string): JsonText {
  if (!checkGoJson(text)) return { state: 'valid', masked: maskTemplates(text, false) ?? text };
  const statement = STATEMENT.exec(text);
  if (statement) return before(text, statement.index);
  const plain = read(maskTemplates(text, false));
  if (plain.state === 'unknown') return before(text, templateRanges(text)[0]?.start ?? 0);
  if (plain.state !== 'invalid' || !isTemplate(text)) return plain;
  // `"{{ .x | default "y" }}"` is one string, `"${x", "y": "z}"` are three: right is what gets further without the end.
  const masked = read(maskTemplates(text, true));
  if (masked.state === 'invalid')
    return masked.error.span.start < text.length && masked.error.span.start > plain.error.span.start ? masked : plain;
  return masked;
}

/** What is wrong before the first template is wrong whatever the templates say. */
function before(text: string, template: number): JsonText {
  const error = checkGoJson(text);
  return error && error.span.end <= template ? { state: 'invalid', masked: text, error } : { state: 'unknown' };
}

function read(masked: string | undefined): JsonText {
  if (masked === undefined) return { state: 'unknown' };
  const error = checkGoJson(masked);
  return error ? { state: 'invalid', masked, error } : { state: 'valid', masked };
}

const isBreak = (char: string): boolean => char === '\n' || char === '\r';

/** Templates that say nothing themselves or decide what else is there: statements of Helm and Jinja. */
const STATEMENT = /\{\{-?\s*(?:if|else|end|range|with|define|block|\/\*|\$\w+\s*:?=)|\{%/;

/**
 * The text with templates that stand for a whole value or key turned into strings, which are templates still; those
 * inside strings, where asked for, lose what would end the string. Tabs between values become blanks, which YAML
 * prefers. `undefined` where a template stands where JSON has no value.
 */
function maskTemplates(text: string, inStrings: boolean): string | undefined {
  const ranges = templateRanges(text);
  let masked = '';
  let inString = false;
  let inQuotes = false;
  const open: string[] = [];
  let before = '';
  for (let i = 0; i < text.length; ) {
    while (ranges[0] && ranges[0].start < i) ranges.shift();
    if (ranges[0]?.start === i && !inQuotes && (!inString || inStrings)) {
      const { end } = ranges[0];
      const source = text.slice(i, end);
      i = end;
      if (inString) {
        masked += /["\\\n\r\t]/.test(source) ? `$(${'m'.repeat(source.length - 2)}` : source;
        continue;
      }
      const after = /^\s*(.?)/s.exec(text.slice(i))?.[1] ?? '';
      const isValue = before === ':' || open.at(-1) === '[' || before === '';
      // A comment behind the value is a mistake that can be named.
      if (!(isValue ? ',}]/#'.includes(after) : after === ':')) return undefined;
      masked += source.length < 4 ? `"${'$'.repeat(source.length - 2)}"` : `"$(${'m'.repeat(source.length - 4)}"`;
      before = '"';
      continue;
    }
    const char = text[i] as string;
    i++;
    if (inString && char === '\\') {
      masked += char + (text[i] ?? '');
      i++;
      continue;
    }
    if (char === '"' && !inQuotes) inString = !inString;
    // No JSON, but a mistake that can be named: what is in such quotes is left alone.
    else if (char === "'" && !inString) inQuotes = !inQuotes;
    else if (isBreak(char)) inQuotes = false;
    else if (!inString && (char === '{' || char === '[')) open.push(char);
    else if (!inString && (char === '}' || char === ']')) open.pop();
    if (!/\s/.test(char)) before = char;
    masked += !inString && char === '\t' ? ' ' : char;
  }
  return masked;
}
