import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { CodeAction as Action } from '../features/code-actions.ts';
import { canonicalUri } from '../text/uri.ts';
import { Converter, type DiagnosticOptions, type Positions, toDiagnostic } from './convert.ts';
import { toWorkspaceEdit } from './edits.ts';
import type { Feature } from './features.ts';
import { guarded } from './guard.ts';

/** Fixes all that is safe, also on save: `editor.codeActionsOnSave`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.azureGitops`;

const wants = (only: readonly string[] | undefined, kind: string): boolean =>
  !only || only.some((o) => kind === o || kind.startsWith(`${o}.`));

export const codeActions: Feature = ({ connection, log, live, client }) => {
  // Commands are those of our own client: it says how many files it lists, as no other does.
  const own = client.suppliesFiles;
  connection.onCodeAction(
    guarded(
      log,
      'textDocument/codeAction',
      [] as CodeAction[],
      async ({ textDocument, range, context }: CodeActionParams) => {
        const ready = await live.settled();
        const uri = canonicalUri(textDocument.uri);
        const converter = ready && new Converter(live, ready);
        const positions = converter?.positions(uri);
        if (!ready || !converter || !positions) return [];
        const features = await import('../features/code-actions.ts');
        const result: CodeAction[] = [];
        if (wants(context.only, CodeActionKind.QuickFix)) {
          const span = { start: positions.offset(range.start), end: positions.offset(range.end) };
          for (const action of features.codeActions(ready.session, uri, span)) {
            const made = toCodeAction(action, positions, context.diagnostics);
            if (made) result.push(made);
          }
        }
        // Only where it is asked for by name: the light bulb offers what is at the cursor.
        if (context.only && wants(context.only, FIX_ALL)) {
          const edit = toWorkspaceEdit(converter, client, features.fixAll(ready.session, uri));
          if (edit && (edit.documentChanges?.length || Object.keys(edit.changes ?? {}).length))
            result.push({ title: 'Apply all safe fixes of Azure GitOps', kind: FIX_ALL, edit });
        }
        return result;

        function toCodeAction(
          action: Action,
          at: Positions,
          diagnostics: readonly Diagnostic[],
        ): CodeAction | undefined {
          const { finding } = action;
          const about =
            finding && diagnostics.filter((d) => codeOf(d) === finding.rule && same(d.range, at.range(finding.span)));
          const base: CodeAction = {
            title: action.title,
            kind: CodeActionKind.QuickFix,
            ...(finding && {
              diagnostics: about?.length ? about : [toDiagnostic(converter as Converter, uri, finding, NO_EXTRAS)],
            }),
            ...(action.preferred && { isPreferred: true }),
          };
          if (action.explain !== undefined)
            return own
              ? {
                  ...base,
                  command: { title: action.title, command: 'azureGitops.explain', arguments: [action.explain] },
                }
              : undefined;
          if (action.command !== undefined)
            return own
              ? {
                  ...base,
                  command: { title: action.title, command: 'azureGitops.typeCommand', arguments: [action.command] },
                }
              : undefined;
          const edit = toWorkspaceEdit(converter as Converter, client, action.edits, action.create);
          if (!edit) return undefined;
          const [only] = action.edits[0]?.edits ?? [];
          // The editor asks for a reason before it writes the comment.
          if (action.kind === 'suppress' && own && only)
            return {
              ...base,
              command: {
                title: action.title,
                command: 'azureGitops.suppress',
                arguments: [textDocument.uri, at.range(only.span), only.newText, finding?.rule ?? ''],
              },
            };
          return { ...base, edit };
        }
      },
    ),
  );
  return { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: false } };
};

/** Where the client did not say which diagnostic an action is asked for. */
const NO_EXTRAS: DiagnosticOptions = { relatedInformation: false, rulePage: () => undefined };

/** Clients of VS Code send a code that links somewhere back as an object. */
const codeOf = ({ code }: Diagnostic): unknown =>
  typeof code === 'object' && code !== null ? (code as { value: unknown }).value : code;

const same = (a: Diagnostic['range'], b: Diagnostic['range']): boolean =>
  a.start.line === b.start.line &&
  a.start.character === b.start.character &&
  a.end.line === b.end.line &&
  a.end.character === b.end.character;
