import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { canonicalUri } from '../text/uri.ts';
import { Converter } from './convert.ts';
import type { Feature } from './features.ts';
import { guarded } from './guard.ts';
import { SAFE_FIXES, type SafeFixesParams } from './messages.ts';

/** Answers the request for all safe fixes: see messages.ts. */
export const safeFixes: Feature = ({ connection, log, live }) => {
  connection.onRequest(
    SAFE_FIXES,
    guarded(log, SAFE_FIXES, null as unknown, async (params: SafeFixesParams | null): Promise<WorkspaceEdit> => {
      const ready = await live.wake();
      const { safeEdits } = await import('../engine/fixes.ts');
      const converter = new Converter(live, ready);
      const only = params?.uri === undefined ? undefined : canonicalUri(params.uri);
      const changes: Record<string, TextEdit[]> = {};
      for (const uri of only === undefined ? [...ready.session.uris()] : [only]) {
        const fixed = safeEdits(ready.session, uri);
        if (fixed)
          changes[converter.uri(uri)] = fixed.edits.map(({ span, newText }) => ({
            range: converter.range(uri, span),
            newText,
          }));
      }
      return { changes };
    }),
  );
  return {};
};
