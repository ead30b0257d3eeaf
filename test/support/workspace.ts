import { readSettings } from '../../server/src/engine/configuration.ts';
import type { Finding, Fix } from '../../server/src/engine/finding.ts';
import { Session } from '../../server/src/engine/session.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import type { Span } from '../../server/src/text/span.ts';

export const ROOT = 'file:///workspace/';

/** Takes the marks `<|…|>` out of a text and says where they stood. `<|>` is an empty span: the cursor. */
export function unmark(marked: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  const open: number[] = [];
  let text = '';
  for (let i = 0; i < marked.length; i++) {
    if (marked.startsWith('<|>', i)) {
      spans.push({ start: text.length, end: text.length });
      i += 2;
    } else if (marked.startsWith('<|', i)) {
      open.push(text.length);
      i++;
    } else if (marked.startsWith('|>', i) && open.length > 0) {
      spans.push({ start: open.pop() as number, end: text.length });
      i++;
    } else text += marked[i];
  }
  return { text, spans: spans.sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** A session over files in memory, by path. A failing rule fails the test. */
export function sessionOf(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Session {
  const session = new Session(readSettings(settings));
  session.onRuleFailure = ({ rule, error }) => {
    throw new Error(`${rule} failed`, { cause: error });
  };
  for (const [path, text] of Object.entries(files)) session.setFile(ROOT + path, text);
  return session;
}

export const findingsOf = (session: Session, path: string): readonly Finding[] =>
  session.diagnostics(ROOT + path).findings;

/** The files after a fix. */
export function applyFix(files: Readonly<Record<string, string>>, fix: Fix): Record<string, string> {
  const result: Record<string, string> = { ...files };
  for (const { uri, edits } of fix.edits) {
    const path = uri.slice(ROOT.length);
    result[path] = applyEdits(result[path] ?? '', edits);
  }
  if (fix.create) result[fix.create.uri.slice(ROOT.length)] = fix.create.content;
  return result;
}
