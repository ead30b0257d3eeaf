import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { canonicalUri } from '../text/uri.ts';
import { Converter } from './convert.ts';
import type { Feature } from './features.ts';
import { guarded } from './guard.ts';

/** Markdown for a client that shows none: marks go, text stays. */
const plain = (markdown: string): string =>
  markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]|\\(?=[\\`*_{}[\]()#+!|<>~])/g, '');

export const hovers: Feature = ({ connection, log, live, client }) => {
  connection.onHover(
    guarded(log, 'textDocument/hover', null as Hover | null, async ({ textDocument, position }: HoverParams) => {
      const ready = await live.settled();
      if (!ready) return null;
      const uri = canonicalUri(textDocument.uri);
      const { hover } = await import('../features/hover.ts');
      const positions = new Converter(live, ready).positions(uri);
      const found = positions && hover(ready.session, uri, positions.offset(position));
      if (!found) return null;
      const contents = client.markdown
        ? { kind: MarkupKind.Markdown, value: found.contents }
        : { kind: MarkupKind.PlainText, value: plain(found.contents) };
      return { contents, range: positions.range(found.span) };
    }),
  );
  return { hoverProvider: true };
};
