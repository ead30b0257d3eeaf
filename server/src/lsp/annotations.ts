import type { CodeLens, InlayHint, Range } from 'vscode-languageserver';
import { canonicalUri } from '../text/uri.ts';
import { Converter } from './convert.ts';
import type { Feature } from './features.ts';
import { guarded } from './guard.ts';

/** What is shown between the lines and behind values: who uses an object, and the names behind GUIDs. */
export const annotations: Feature = ({ connection, log, live, client }) => {
  connection.languages.inlayHint.on(
    guarded(
      log,
      'textDocument/inlayHint',
      [] as InlayHint[],
      async ({ textDocument, range }: { textDocument: { uri: string }; range: Range }) => {
        const ready = await live.settled();
        const uri = canonicalUri(textDocument.uri);
        const positions = ready && new Converter(live, ready).positions(uri);
        if (!positions) return [];
        const { inlayHints } = await import('../features/inlay-hints.ts');
        const within = { start: positions.offset(range.start), end: positions.offset(range.end) };
        return inlayHints(ready.session, uri, within).map(
          ({ offset, label, tooltip }): InlayHint => ({
            position: positions.range({ start: offset, end: offset }).start,
            label,
            tooltip,
            paddingLeft: true,
          }),
        );
      },
    ),
  );
  connection.onCodeLens(
    guarded(
      log,
      'textDocument/codeLens',
      [] as CodeLens[],
      async ({ textDocument }: { textDocument: { uri: string } }) => {
        const ready = await live.settled();
        const uri = canonicalUri(textDocument.uri);
        if (!ready) return [];
        const converter = new Converter(live, ready);
        const { codeLenses } = await import('../features/code-lens.ts');
        return codeLenses(ready.session, uri).map(({ span, title, locations }): CodeLens => {
          const range = converter.range(uri, span);
          const places = locations.map((l) => converter.location(l.uri, l.span));
          // Only our own client can show the places; others show the words.
          return {
            range,
            command:
              client.suppliesFiles && places.length > 0
                ? { title, command: 'azureGitops.showReferences', arguments: [textDocument.uri, range.start, places] }
                : { title, command: '' },
          };
        });
      },
    ),
  );
  return { inlayHintProvider: true, codeLensProvider: {} };
};
