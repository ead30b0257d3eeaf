import type { SourceFile } from '../model/source-file.ts';
import type { Span } from '../text/span.ts';
import type { Finding } from './finding.ts';

const COMMENT = /#[ \t]*azure-gitops-disable-(next-line|line|file)(?:[ \t]+((?:(?!--)[^\r\n])*))?(?:--[^\r\n]*)?/g;

interface Suppression {
  readonly scope: 'next-line' | 'line' | 'file';
  readonly line: number;
  readonly rule: string;
  readonly span: Span;
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
    for (const name of names.matchAll(/[^\s,]+/g)) {
      const start = offset + name.index;
      found.push({
        scope: match[1] as Suppression['scope'],
        line,
        rule: name[0],
        span: { start, end: start + name[0].length },
      });
    }
  }
  return found;
}

/** Leaves out what comments suppress, and reports the comments that suppress nothing. */
export function applySuppressions(
  file: SourceFile,
  findings: readonly Finding[],
  unused: (rule: string, span: Span) => Finding | undefined,
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
    const finding = used.has(s) ? undefined : unused(s.rule, s.span);
    if (finding) kept.push(finding);
  }
  return kept;
}
