import type { Finding } from '../engine/finding.ts';
import type { LineIndex, Range } from '../text/line-index.ts';

/** A finding with everything a reader outside needs: positions are zero-based lines and UTF-16 characters. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  /** Relative to the current folder, with slashes. */
  readonly file: string;
  readonly range: Range;
  readonly fixes: readonly ReportedFix[];
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
}

export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
  /** True where the edits hold a credential of the file: they are left out here; an editor has them. */
  readonly withheld?: true;
  readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
}

export interface Report {
  readonly version: 1;
  readonly findings: readonly ReportedFinding[];
  readonly summary: {
    readonly files: number;
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly hint: number;
  };
}

const WITHHELD = '***';

/**
 * Turns a finding into its report. `lines` gives the line index of a file, `path` its name for the reader; none of
 * `secrets` gets into it.
 */
export function reported(
  finding: Finding,
  uri: string,
  lines: (uri: string) => LineIndex | undefined,
  path: (uri: string) => string,
  secrets: ReadonlySet<string> = new Set(),
): ReportedFinding {
  const range = (u: string, start: number, end: number): Range =>
    lines(u)?.range(start, end) ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const holds = (text: string): boolean => [...secrets].some((s) => text.includes(s));
  // Rules put no such value into a message: should one slip, it stops here.
  const clean = (text: string): string => [...secrets].reduce((t, s) => t.replaceAll(s, WITHHELD), text);
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: clean(finding.message),
    file: path(uri),
    range: range(uri, finding.span.start, finding.span.end),
    fixes: finding.fixes.map((fix): ReportedFix => {
      const withheld = fix.edits.some((f) => f.edits.some((e) => holds(e.newText)));
      const edits = withheld ? [] : fix.edits;
      return {
        title: clean(fix.title),
        safe: fix.safe,
        ...(withheld && { withheld }),
        edits: edits.flatMap((f) =>
          f.edits.map((e) => ({
            file: path(f.uri),
            range: range(f.uri, e.span.start, e.span.end),
            newText: e.newText,
          })),
        ),
      };
    }),
    related: finding.related.map((r) => ({
      file: path(r.uri),
      range: range(r.uri, r.span.start, r.span.end),
      message: clean(r.message),
    })),
  };
}

export function summarize(findings: readonly ReportedFinding[], files: number): Report['summary'] {
  const count = (severity: Finding['severity']) => findings.filter((f) => f.severity === severity).length;
  return { files, error: count('error'), warning: count('warning'), info: count('info'), hint: count('hint') };
}
