import { allowedValues, describeValue } from '../../facts/describe.ts';
import { escapeSnippet } from '../../text/snippet.ts';
import { scalarSource } from '../../yaml/edits.ts';
import type { Proposal } from './item.ts';
import { isStructural } from './keys.ts';
import { isJsonText, type Target } from './target.ts';

/** The values that the place at the cursor may have: closed lists, booleans, defaults, forms of URLs. */
export function valueProposals(target: Target): Proposal[] {
  const { shape, typing } = target;
  if (!shape) return [];
  const { fact } = shape;
  const structural = isStructural(target);
  const proposals: Proposal[] = allowedValues(shape).map(([value, meaning], index) => ({
    label: value,
    kind: 'value',
    documentation: () => describeValue(value, shape),
    value: source(target, value),
    order: `0${String(index).padStart(3, '0')}`,
    bare: structural,
    deprecated: meaning?.deprecated ?? false,
  }));
  if (shape.type === 'boolean')
    for (const value of ['true', 'false'])
      proposals.push({ label: value, kind: 'value', value, order: `0${value}`, bare: structural, raw: true });
  for (const [index, suggestion] of (fact?.suggestions ?? []).entries())
    proposals.push({
      label: suggestion.label ?? suggestion.value,
      kind: 'suggestion',
      documentation: () => suggestion.doc,
      value: quotedWhereNeeded(target, suggestion.value),
      order: `1${String(index).padStart(3, '0')}`,
    });
  const known = new Set(proposals.map((p) => p.label));
  if (shape.default !== undefined && typeof shape.default !== 'object' && !known.has(String(shape.default)))
    proposals.push({
      label: String(shape.default),
      kind: 'value',
      detail: ' (default)',
      value: source(target, String(shape.default)),
      order: '2',
      bare: structural,
      raw: typeof shape.default !== 'string',
    });
  const snippet = fact?.snippet;
  if (snippet?.startsWith('\n') && !typing.flow && !target.dash && typing.inline)
    proposals.push({ label: 'all of it', kind: 'snippet', documentation: () => fact?.doc, value: snippet, order: '3' });
  else if (snippet?.startsWith('|') && !typing.flow && !typing.quote)
    proposals.push({
      label: '|',
      kind: 'snippet',
      detail: ' as a block',
      documentation: () => fact?.doc,
      value: snippet,
      order: '3',
    });
  return proposals;
}

/** A value as it is written: with quotes where YAML would read it as something else than text. */
function source({ typing, shape }: Target, value: string): string {
  if (typing.quote || typing.flow || shape?.type !== 'string') return escapeSnippet(value);
  return escapeSnippet(scalarSource(value));
}

/** A snippet of a value that would not stay plain text without quotes. */
function quotedWhereNeeded({ typing, typed }: Target, snippet: string): string {
  if (typing.quote || (typing.flow && isJsonText(typed.text))) return snippet;
  return /^[*&!%@`|>{["'#]|^[?-] |: | #/.test(snippet) ? `'${snippet}'` : snippet;
}
