import { editsInDocument, spanInDocument } from '../../embed/locate.ts';
import type { TextEdit } from '../../text/edit.ts';
import { hasPlaceholder, plainText } from '../../text/snippet.ts';
import type { Span } from '../../text/span.ts';
import { startOfLine } from '../../yaml/edits.ts';
import type { Tree } from '../../yaml/tree.ts';
import { type CompletionItem, DESCRIPTION, type Proposal } from './item.ts';
import { isJsonText, type Target, type TypedText } from './target.ts';

/** Makes an item of a proposal: what is inserted where, in offsets of the file. */
export function itemOf(target: Target, proposal: Proposal): CompletionItem | undefined {
  const { typing, typed } = target;
  const { flow } = typing;
  const json = flow !== undefined && isJsonText(typed.text);
  let { replace } = typing;
  let text = proposal.value;
  const key = proposal.key ?? (proposal.kind === 'key' ? proposal.label : undefined);
  if (key !== undefined) {
    const name = json || typing.quote ? key : keySource(key);
    const open = json && !typing.quote ? '"' : '';
    if (typing.hasColon) text = open ? `"${name}"` : name;
    else if (typing.quote || json) {
      // The quote that is there already is replaced together with what follows it.
      const quote = json ? '"' : typing.quote;
      if (typing.quote && !typing.close) replace = { start: replace.start, end: replace.end + 1 };
      text = `${open}${name}${quote}:${text}`;
    } else text = `${name}:${text}`;
  } else if (target.kind === 'value' && proposal.kind !== 'snippet') {
    if (json && !typing.quote && !proposal.raw && target.shape?.type === 'string') text = `"${text}"`;
    else text += typing.close;
  }
  if (flow?.commaAfter) text += ',';
  return place(target.typed, proposal, replace, typing.lead + target.dash + text, typing.base + target.dash.length, [
    ...(flow?.commaBefore === undefined
      ? []
      : [{ span: { start: flow.commaBefore, end: flow.commaBefore }, newText: ',' }]),
    ...aboveEdits(target, proposal),
  ]);
}

function aboveEdits({ typed, typing }: Target, { above }: Proposal): TextEdit[] {
  if (above === undefined) return [];
  const start = startOfLine(typed.text, typing.replace.start);
  const at = start + typing.base;
  return [{ span: { start: at, end: at }, newText: `${above}\n${' '.repeat(typing.base)}` }];
}

/** Keys that YAML would read as something else are quoted. */
const keySource = (key: string): string =>
  /^[A-Za-z0-9_.][\w./-]*$/.test(key) && !/^(?:true|false|null|yes|no|on|off|y|n|[\d.]+)$/i.test(key)
    ? key
    : `"${key}"`;

/**
 * Brings an insertion from the innermost text into the file. Further lines are indented by `base` and by what the block
 * scalars around add; inside quoted strings there are no lines, and what is inserted is escaped as the string wants it.
 */
export function place(
  typed: TypedText,
  proposal: Proposal,
  replace: Span,
  snippet: string,
  base: number,
  additional: readonly TextEdit[],
): CompletionItem | undefined {
  const { tree, document } = typed.place;
  let text = snippet;
  let isSnippet = hasPlaceholder(text);
  let span: Span;
  const edits: TextEdit[] = [];
  if (inBlockScalars(tree)) {
    span = { start: toFile(typed, replace.start), end: toFile(typed, replace.end) };
    const { file } = typed.place;
    const column = span.start - file.lines.lineStart(file.lines.position(span.start).line);
    const wanted = typed.indent + replace.start - startOfLine(typed.text, replace.start);
    const pad = /^ *$/.test(file.text.slice(span.start - column, span.start)) ? Math.max(0, wanted - column) : 0;
    const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
    text = ' '.repeat(pad) + text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(typed.indent + base)}`).replace(/\n/g, eol);
    for (const edit of additional)
      edits.push({
        span: { start: toFile(typed, edit.span.start), end: toFile(typed, edit.span.end) },
        newText: edit.newText.replace(/\n/g, `${eol}${' '.repeat(typed.indent)}`),
      });
  } else {
    const written = editsInDocument(tree, [{ span: replace, newText: plainText(text).replace(/\n\s*/g, ' ') }]);
    if (written?.length !== 1) return undefined;
    const edit = written[0] as TextEdit;
    span = { start: edit.span.start + document.start, end: edit.span.end + document.start };
    text = edit.newText;
    isSnippet = false;
    const more = additional.length === 0 ? [] : editsInDocument(tree, additional);
    for (const e of more ?? [])
      edits.push({
        span: { start: e.span.start + document.start, end: e.span.end + document.start },
        newText: e.newText,
      });
  }
  return {
    label: proposal.label,
    kind: proposal.kind,
    detail: proposal.detail,
    description: DESCRIPTION,
    documentation: proposal.documentation ?? (() => undefined),
    insertText: isSnippet ? text : plainText(text),
    snippet: isSnippet,
    replace: span,
    additionalEdits: edits,
    sortText: proposal.order,
    filterText: proposal.label,
    bare: proposal.bare ?? false,
    deprecated: proposal.deprecated ?? false,
    retrigger: proposal.retrigger ?? false,
  };
}

/** True where every string around is a block scalar, whose lines are shown as they are. */
export function inBlockScalars(tree: Tree): boolean {
  for (let t = tree; t.host; t = t.host.node.tree)
    if (t.host.node.style !== 'literal' && t.host.node.style !== 'folded') return false;
  return true;
}

/** An offset on the line of the cursor, or before it, as one of the file. */
function toFile(typed: TypedText, offset: number): number {
  const { place } = typed;
  if (startOfLine(typed.text, offset) === startOfLine(typed.text, typed.offset))
    return typed.fileOffset + offset - typed.offset;
  return spanInDocument(place.tree, { start: offset, end: offset }).start + place.document.start;
}
