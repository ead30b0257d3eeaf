import { CreateFile, type TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdit, Fix } from '../engine/finding.ts';
import type { ClientInfo } from './client-info.ts';
import type { Converter } from './convert.ts';

/**
 * Edits of files as the client applies them; `undefined` where a file is to be created and the client creates none.
 * Edits of open documents name the version they are for, so that one typed over is refused rather than misplaced.
 */
export function toWorkspaceEdit(
  converter: Converter,
  client: ClientInfo,
  edits: readonly FileEdit[],
  create?: Fix['create'],
): WorkspaceEdit | undefined {
  const texts = edits.map(({ uri, edits: list }) => ({
    uri,
    edits: list.map(({ span, newText }): TextEdit => ({ range: converter.range(uri, span), newText })),
  }));
  if (!client.documentChanges) {
    if (create) return undefined;
    return { changes: Object.fromEntries(texts.map((t) => [converter.uri(t.uri), t.edits])) };
  }
  if (create && !client.createsFiles) return undefined;
  const changes: (TextDocumentEdit | CreateFile)[] = texts.map((t) => ({
    textDocument: { uri: converter.uri(t.uri), version: converter.live.documents.get(t.uri)?.version ?? null },
    edits: t.edits,
  }));
  if (create) {
    const start = { line: 0, character: 0 };
    changes.push(CreateFile.create(create.uri, { ignoreIfExists: true }), {
      textDocument: { uri: create.uri, version: null },
      edits: [{ range: { start, end: start }, newText: create.content }],
    });
  }
  return { documentChanges: changes };
}
