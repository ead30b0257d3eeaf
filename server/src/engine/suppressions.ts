import type { SourceFile } from '../model/source-file.ts';
import type { Span } from '../text/span.ts';
import type { Finding } from './finding.ts';

const COMMENT = /#[ \t]*azure-gitops-disable-(next-line|line|file)(?:[ \t]+((?:(?!--)[^\r\n])*))?(?:--[^\r\n]*)?/g;

interface Suppression {
  readonly scope: 'next-line' | 'line' | 'file';
  readonly line: number;
  readonly rule: string;
  readonly span: Span;
  /** What goes when it is removed: the name, or the whole comment where it is the only one. */
  readonly removal: Span;
}

/** The suppressions in a text: one for each rule named in a comment. A comment without a rule suppresses nothing. */
function readSuppressions(file: SourceFile): Suppression[] {
  const found: Suppression[] = [];
  if (!file.text.includes('azure-gitops-disable-')) return found;
  for (const match of file.text.matchAll(COMMENT)) {
    const names = match[2] ?? '';
    const offset =
      match.index + match[0].indexOf(names, match[0].indexOf(match[1] as string) + (match[1] as string).length);
    const { line } = file.lines.position(match.index);
    const all = [...names.matchAll(/[^\s,]+/g)];
    for (const [i, name] of all.entries()) {
      const start = offset + name.index;
      const before = all[i - 1];
      found.push({
        scope: match[1] as Suppression['scope'],
        line,
        rule: name[0],
        span: { start, end: start + name[0].length },
        removal: removalOf(
          file,
          match,
          all.length,
          before ? offset + before.index + before[0].length : start,
          start + name[0].length,
        ),
      });
    }
  }
  return found;
}

/** A comment that has a line for itself goes with its line. */
function removalOf(file: SourceFile, comment: RegExpMatchArray, names: number, start: number, end: number): Span {
  if (names > 1) return { start, end };
  const { text } = file;
  const from = comment.index ?? 0;
  let to = from + comment[0].length;
  const before = /(^|[\r\n])([ \t]*)$/.exec(text.slice(0, from));
  if (!before) return { start: from - (/[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0), end: to };
  if (text[to] === '\r') to++;
  if (text[to] === '\n') to++;
  return { start: from - (before[2]?.length ?? 0), end: to };
}

/** Leaves out what comments suppress, and reports the comments that suppress nothing. */
export function applySuppressions(
  file: SourceFile,
  findings: readonly Finding[],
  unused: (rule: string, span: Span, removal: Span) => Finding | undefined,
): Finding[] {
  const suppressions = readSuppressions(file);
  if (suppressions.length === 0) return [...findings];
  const used = new Set<Suppression>();
  const kept = findings.filter((finding) => {
    const { line } = file.lines.position(finding.span.start);
    const by = suppressions.filter(
      (s) =>
        s.rule === finding.rule &&
        (s.scope === 'file' ||
          (s.scope === 'line' && s.line === line) ||
          (s.scope === 'next-line' && s.line + 1 === line)),
    );
    for (const s of by) used.add(s);
    return by.length === 0;
  });
  for (const s of suppressions) {
    const finding = used.has(s) ? undefined : unused(s.rule, s.span, s.removal);
    if (finding) kept.push(finding);
  }
  return kept;
}
