import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { CompletionItem as Item, ItemKind } from '../features/completion.ts';
import { plainText } from '../text/snippet.ts';
import type { Span } from '../text/span.ts';
import { canonicalUri } from '../text/uri.ts';
import { Converter, type Positions } from './convert.ts';
import type { Feature } from './features.ts';
import { guarded } from './guard.ts';

const KINDS: Readonly<Record<ItemKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
  suggestion: CompletionItemKind.Value,
};
const NONE: CompletionList = { isIncomplete: false, items: [] };

/** What an item carries for its resolution, and for the client: `bare` where a schema would offer the same. */
interface ItemData {
  readonly answer: number;
  readonly index: number;
  readonly bare: boolean;
}

export const completions: Feature = ({ connection, log, live, client }) => {
  // Documentation is made for the one item that is looked at: the last answer is kept for that.
  let last: { readonly id: number; readonly items: readonly Item[] } = { id: 0, items: [] };
  connection.onCompletion(
    guarded(log, 'textDocument/completion', NONE, async ({ textDocument, position }: CompletionParams) => {
      const ready = await live.settled();
      if (!ready) return NONE;
      const uri = canonicalUri(textDocument.uri);
      const { complete } = await import('../features/completion.ts');
      const positions = new Converter(live, ready).positions(uri);
      if (!positions) return NONE;
      const { items } = complete(ready.session, uri, positions.offset(position));
      last = { id: last.id + 1, items };
      const { id } = last;
      return { isIncomplete: false, items: items.map((item, index) => toItem(item, index, id)) };

      function toItem(item: Item, index: number, answer: number): CompletionItem {
        const snippet = item.snippet && client.snippetCompletions;
        const newText = item.snippet && !snippet ? plainText(item.insertText) : item.insertText;
        const range = (span: Span): Range => (positions as Positions).range(span);
        const edit: TextEdit = { range: range(item.replace), newText };
        const data: ItemData = { answer, index, bare: item.bare };
        return {
          label: item.label,
          kind: KINDS[item.kind],
          ...(client.labelDetails
            ? { labelDetails: { ...(item.detail && { detail: ` ${item.detail}` }), description: item.description } }
            : { detail: [item.detail, item.description].filter(Boolean).join(' · ') }),
          textEdit: edit,
          // The lines of an item are indented already.
          insertTextMode: InsertTextMode.asIs,
          insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
          ...(item.additionalEdits.length > 0 && {
            additionalTextEdits: item.additionalEdits.map((e) => ({ range: range(e.span), newText: e.newText })),
          }),
          sortText: item.sortText,
          filterText: item.filterText,
          ...(item.deprecated && { tags: [CompletionItemTag.Deprecated] }),
          ...(item.retrigger &&
            client.suppliesFiles && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
          data,
        };
      }
    }),
  );
  connection.onCompletionResolve((item) => {
    const data = item.data as ItemData | undefined;
    const source = data && data.answer === last.id ? last.items[data.index] : undefined;
    const documentation = source?.documentation();
    return documentation ? { ...item, documentation: { kind: MarkupKind.Markdown, value: documentation } } : item;
  });
  return {
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: [':', ' ', '"', "'", '/', '-', '{', ',', '$', '.'],
      completionItem: { labelDetailsSupport: true },
    },
  };
};
