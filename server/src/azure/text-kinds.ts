/** What a text is before anyone asks what it means: a template, a placeholder, a GUID, a credential. */

/** A half-open range of UTF-16 offsets into the text that was given. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const OPENERS: readonly (readonly [open: string, close: string])[] = [
  ['${', '}'], // Flux postBuild, Helm of some, shell, Terraform
  ['$(', ')'], // kustomize vars, shell, Azure Pipelines
  ['{{', '}}'], // Helm, Argo CD ApplicationSet, Jinja
  ['<<', '>>'], // ResourceSet of the Flux Operator
  ['%{', '}'], // Terraform directives
  ['<+', '>'], // Harness expressions
];

/** True for a text with a template in it: its value is unknown until something else fills it in. */
export const isTemplate = (text: string): boolean => OPENERS.some(([open]) => text.includes(open));

/** The templates of a text from left to right; one that is not closed reaches to the end. */
export function templateRanges(text: string): Range[] {
  const found: Range[] = [];
  if (!isTemplate(text)) return found;
  for (let at = 0; at < text.length; ) {
    const opener = OPENERS.find(([open]) => text.startsWith(open, at));
    if (opener === undefined) {
      at++;
      continue;
    }
    const end = closingOf(text, at, opener);
    found.push({ start: at, end });
    at = end;
  }
  return found;
}

function closingOf(text: string, start: number, [open, close]: readonly [string, string]): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    if (text.startsWith(open, at)) {
      depth++;
      at += open.length;
    } else if (text.startsWith(close, at)) {
      depth--;
      at += close.length;
      if (depth === 0) return at;
    } else at++;
  }
  return text.length;
}

/**
 * The text with each template replaced by an opaque word, so that what is left can still be judged.
 * A mask that keeps the length (`(t) => 'm'.repeat(t.length)`) keeps offsets true as well.
 */
export function maskTemplates(text: string, mask: string | ((template: string) => string) = 'templated'): string {
  let masked = '';
  let last = 0;
  for (const { start, end } of templateRanges(text)) {
    masked += text.slice(last, start) + (typeof mask === 'string' ? mask : mask(text.slice(start, end)));
    last = end;
  }
  return masked + text.slice(last);
}

const DEFAULTED = /^\$\{[_a-zA-Z][_a-zA-Z0-9]*:[-=](.*)\}$/s;

/**
 * The text with `${X:=d}` and `${X:-d}` replaced by d; undefined when a template without a default is left.
 * A text without templates is its own answer.
 */
export function resolveDefault(text: string): string | undefined {
  let resolved = '';
  let last = 0;
  for (const { start, end } of templateRanges(text)) {
    const fallback = DEFAULTED.exec(text.slice(start, end))?.[1];
    if (fallback === undefined || isTemplate(fallback) || text[start - 1] === '$') return undefined;
    resolved += text.slice(last, start) + fallback;
    last = end;
  }
  return resolved + text.slice(last);
}

const IN_ANGLES = /<[a-z][^>]*>/i;
const FILL_ME = /(^|[^a-z])(your|some)[-_ ]|fill in|placeholder|x{4,}|change[-_]?me|replace[-_]?me|\b(todo|tbd)\b/i;
const NAME_OF_AN_ID = /^(AZURE_)?(CLIENT|TENANT|SUBSCRIPTION|PRINCIPAL|OBJECT|APP|APPLICATION)[-_ ]?ID$/i;
const MASKED_GUID = /^(?=.*x)[0-9a-fx-]{36}$/i;
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** True for a text that stands for a value still to be written, such as `<client-id>` or the all-zero GUID. */
export const isPlaceholder = (text: string): boolean =>
  // Cut after the last ">", so that the first "<" decides and a long text costs no more than its length.
  IN_ANGLES.test(text.slice(0, text.lastIndexOf('>') + 1)) ||
  FILL_ME.test(text) ||
  NAME_OF_AN_ID.test(text) ||
  text === ZERO_GUID ||
  MASKED_GUID.test(text);

const GUID = /^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;

/** True for a GUID with hyphens and nothing around it. */
export const isGuid = (text: string): boolean => GUID.test(text);

/** True for a value that SOPS has encrypted. */
export const looksEncrypted = (text: string): boolean => text.startsWith('ENC[');

const HARMLESS = new Set(['dummy', 'password', 'secret', 'test', 'example', 'none', 'null']);

/** True for a text that can only be the credential itself: no template, placeholder, ciphertext or stand-in word. */
export const isCredentialLiteral = (text: string): boolean =>
  text !== '' &&
  !isTemplate(text) &&
  !isPlaceholder(text) &&
  !looksEncrypted(text) &&
  !HARMLESS.has(text.toLowerCase()) &&
  !/^\*+$/.test(text);

/** Levenshtein's distance of two texts, or `max + 1` as soon as it must be greater than `max`. */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1),
      );
      next.push(cost);
      if (cost < best) best = cost;
    }
    if (best > max) return max + 1;
    row = next;
  }
  return Math.min(row[b.length]!, max + 1);
}

/** The candidate nearest to the word, without regard to case, at a distance of at most `max`; the first of equals. */
export function nearest(word: string, candidates: Iterable<string>, max: number): string | undefined {
  const lower = word.toLowerCase();
  let found: string | undefined;
  let limit = max;
  for (const candidate of candidates) {
    const distance = editDistance(lower, candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    found = candidate;
    limit = distance - 1;
    if (limit < 0) break;
  }
  return found;
}
