import assert from 'node:assert/strict';
import type { Session } from '../../server/src/engine/session.ts';
import { type CompletionItem, complete } from '../../server/src/features/completion.ts';
import { hover } from '../../server/src/features/hover.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { plainText } from '../../server/src/text/snippet.ts';
import { ROOT, sessionOf, unmark } from './workspace.ts';

/** A session with one file that has a cursor (`<|>`), and others. */
export function sessionAt(
  marked: string,
  options: {
    readonly path?: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly settings?: Readonly<Record<string, unknown>>;
  } = {},
): { session: Session; uri: string; text: string; offset: number } {
  const { text, spans } = unmark(marked);
  const path = options.path ?? 'manifest.yaml';
  const cursor = spans[0];
  assert.ok(cursor, 'the text has a cursor: <|>');
  const session = sessionOf({ ...options.files, [path]: text }, options.settings);
  return { session, uri: ROOT + path, text, offset: cursor.start };
}

export interface CompletionCheck {
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Exactly these labels, in the order shown. */
  readonly labels?: readonly string[];
  /** Among others. */
  readonly has?: readonly string[];
  /** None of these. */
  readonly lacks?: readonly string[];
  /** The text after an item is taken, placeholders filled with their defaults. */
  readonly take?: string;
  readonly gives?: string;
  /** What is inserted for `take`, as a snippet. */
  readonly snippet?: string;
}

/** What is offered at the cursor, and what taking an item makes of the text. */
export function checkCompletion(marked: string, check: CompletionCheck): void {
  completionItems(marked, check);
}

/** The same, and the items in the order shown. */
export function completionItems(marked: string, check: CompletionCheck): readonly CompletionItem[] {
  const { session, uri, text, offset } = sessionAt(marked, check);
  const items = [...complete(session, uri, offset).items].sort((a, b) =>
    a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0,
  );
  const labels = items.map((i) => i.label);
  for (const item of items) {
    assert.ok(
      item.replace.start <= offset && offset <= item.replace.end,
      `${item.label}: what is replaced holds the cursor`,
    );
    assert.ok(!/[\r\n]/.test(text.slice(item.replace.start, item.replace.end)), `${item.label}: one line is replaced`);
    item.documentation();
  }
  if (check.labels) assert.deepEqual(labels, check.labels);
  for (const label of check.has ?? []) assert.ok(labels.includes(label), `${label} is among ${labels.join(', ')}`);
  for (const label of check.lacks ?? [])
    assert.ok(!labels.includes(label), `${label} is not among ${labels.join(', ')}`);
  if (check.take !== undefined) {
    const item = items.find((i) => i.label === check.take);
    assert.ok(item, `${check.take} is among ${labels.join(', ')}`);
    if (check.snippet !== undefined) assert.equal(item.insertText, check.snippet);
    if (check.gives !== undefined) assert.equal(taken(text, item), check.gives);
  }
  return items;
}

/** The text after an item is taken. */
export function taken(text: string, item: CompletionItem): string {
  const newText = item.snippet ? plainText(item.insertText) : item.insertText;
  return applyEdits(text, [{ span: item.replace, newText }, ...item.additionalEdits]);
}

export interface HoverCheck {
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the hover must say; none at all for an empty list. */
  readonly says: readonly (string | RegExp)[];
  readonly not?: readonly (string | RegExp)[];
  /** The text it is about. */
  readonly over?: string;
}

/** What is said at the cursor. */
export function checkHover(marked: string, check: HoverCheck): void {
  const { session, uri, text, offset } = sessionAt(marked, check);
  const found = hover(session, uri, offset);
  if (check.says.length === 0) {
    assert.equal(found?.contents, undefined);
    return;
  }
  assert.ok(found, 'there is a hover');
  for (const part of check.says) {
    if (typeof part === 'string')
      assert.ok(found.contents.includes(part), `${part}\n\nis said in\n\n${found.contents}`);
    else assert.match(found.contents, part);
  }
  for (const part of check.not ?? []) {
    if (typeof part === 'string')
      assert.ok(!found.contents.includes(part), `${part}\n\nis not said in\n\n${found.contents}`);
    else assert.doesNotMatch(found.contents, part);
  }
  if (check.over !== undefined) assert.equal(text.slice(found.span.start, found.span.end), check.over);
}
