import type { TextEdit } from '../text/edit.ts';
import type { FileEdit, Finding } from './finding.ts';
import type { Session } from './session.ts';

/**
 * The edits of all safe fixes of a file that do not overlap, in the order of the findings; a fix is taken as a whole or
 * not at all. Only those that stay in the file: what changes another one is a person's to decide.
 */
export function safeEdits(session: Session, uri: string, only?: (finding: Finding) => boolean): FileEdit | undefined {
  const taken: TextEdit[] = [];
  for (const finding of session.diagnostics(uri).findings) {
    if (only && !only(finding)) continue;
    const fix = finding.fixes.find((f) => f.safe);
    if (!fix || fix.create || fix.edits.length !== 1 || fix.edits[0]?.uri !== uri) continue;
    const { edits } = fix.edits[0];
    if (edits.every((e) => taken.every((t) => isApart(t, e)))) taken.push(...edits);
  }
  return taken.length > 0 ? { uri, edits: taken } : undefined;
}

/** Two insertions at one place are not apart: their order would be anybody's guess. */
const isApart = (a: TextEdit, b: TextEdit): boolean =>
  a.span.end < b.span.start ||
  b.span.end < a.span.start ||
  (a.span.end === b.span.start && a.span.start < a.span.end && b.span.start < b.span.end) ||
  (b.span.end === a.span.start && a.span.start < a.span.end && b.span.start < b.span.end);
