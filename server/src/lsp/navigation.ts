import {
  type DocumentLink,
  type Location,
  LSPErrorCodes,
  ResponseError,
  SymbolKind,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import type { Location as Place } from '../features/navigation.ts';
import { canonicalUri } from '../text/uri.ts';
import { Converter } from './convert.ts';
import { toWorkspaceEdit } from './edits.ts';
import type { Feature, FeatureContext } from './features.ts';
import { guarded } from './guard.ts';

/** What a request about a place needs; `undefined` where nothing of ours is open. */
async function placed({ live }: FeatureContext, { textDocument, position }: TextDocumentPositionParams) {
  const ready = await live.settled();
  const uri = canonicalUri(textDocument.uri);
  const converter = ready && new Converter(live, ready);
  const positions = converter?.positions(uri);
  return ready && converter && positions
    ? { session: ready.session, uri, converter, positions, offset: positions.offset(position) }
    : undefined;
}

const locations = (converter: Converter, places: readonly Place[]): Location[] =>
  places.map(({ uri, span }) => converter.location(uri, span));
const refuse = (reason: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, reason);

export const navigation: Feature = (context) => {
  const { connection, log, live, client } = context;
  const features = () => import('../features/navigation.ts');
  connection.onDefinition(
    guarded(log, 'textDocument/definition', [] as Location[], async (params: TextDocumentPositionParams) => {
      const at = await placed(context, params);
      return at ? locations(at.converter, (await features()).definition(at.session, at.uri, at.offset)) : [];
    }),
  );
  connection.onReferences(
    guarded(
      log,
      'textDocument/references',
      [] as Location[],
      async (params: TextDocumentPositionParams & { context: { includeDeclaration: boolean } }) => {
        const at = await placed(context, params);
        return at
          ? locations(
              at.converter,
              (await features()).references(at.session, at.uri, at.offset, params.context.includeDeclaration),
            )
          : [];
      },
    ),
  );
  connection.onPrepareRename(
    guarded(log, 'textDocument/prepareRename', null as unknown, async (params: TextDocumentPositionParams) => {
      const at = await placed(context, params);
      const answer = at && (await features()).prepareRename(at.session, at.uri, at.offset);
      if (!at || !answer) return null;
      if ('refused' in answer) throw refuse(answer.refused);
      return { range: at.positions.range(answer.ok.span), placeholder: answer.ok.placeholder };
    }) as never,
  );
  connection.onRenameRequest(
    guarded(
      log,
      'textDocument/rename',
      null as WorkspaceEdit | null,
      async (params: TextDocumentPositionParams & { newName: string }) => {
        const at = await placed(context, params);
        const answer = at && (await features()).rename(at.session, at.uri, at.offset, params.newName);
        if (!at || !answer) return null;
        if ('refused' in answer) throw refuse(answer.refused);
        return toWorkspaceEdit(at.converter, client, answer.ok) ?? null;
      },
    ),
  );
  connection.onDocumentLinks(
    guarded(
      log,
      'textDocument/documentLink',
      [] as DocumentLink[],
      async ({ textDocument }: { textDocument: { uri: string } }) => {
        const ready = await live.ready();
        const uri = canonicalUri(textDocument.uri);
        if (!ready) return [];
        const converter = new Converter(live, ready);
        const { documentLinks } = await import('../features/document-links.ts');
        return documentLinks(ready.session, uri).map(
          ({ span, target, tooltip }): DocumentLink => ({
            range: converter.range(uri, span),
            target: target.startsWith('https:') ? target : converter.uri(target),
            tooltip,
          }),
        );
      },
    ),
  );
  connection.onWorkspaceSymbol(
    guarded(log, 'workspace/symbol', [] as WorkspaceSymbol[], async ({ query }: { query: string }) => {
      const ready = live.current();
      if (!ready) return [];
      const converter = new Converter(live, ready);
      const { workspaceSymbols } = await import('../features/symbols.ts');
      return workspaceSymbols(ready.session, query).map(
        ({ uri, span, name, kind, container }): WorkspaceSymbol => ({
          name: `${kind}/${name}`,
          kind: SymbolKind.Object,
          location: converter.location(uri, span),
          ...(container && { containerName: container }),
        }),
      );
    }),
  );
  return {
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    documentLinkProvider: {},
    workspaceSymbolProvider: true,
  };
};
