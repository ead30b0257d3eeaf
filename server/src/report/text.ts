import type { Report } from './report.ts';

const COLORS = { error: 31, warning: 33, info: 36, hint: 90 } as const;

/** A report for a person: a line a finding, with one-based line and column, and a summary. */
export function textReport(report: Report, color: boolean): string {
  const paint = (text: string, code: number): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  let file = '';
  for (const finding of report.findings) {
    if (finding.file !== file) {
      if (file) lines.push('');
      file = finding.file;
      lines.push(paint(file, 1));
    }
    const place = `${finding.range.start.line + 1}:${finding.range.start.character + 1}`;
    lines.push(
      `  ${place.padEnd(8)} ${paint(finding.severity.padEnd(7), COLORS[finding.severity])} ${finding.message}  ${paint(finding.rule, 90)}`,
    );
  }
  const { files, error, warning, info, hint } = report.summary;
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (lines.length) lines.push('');
  lines.push(
    `${plural(files, 'file')} read: ${plural(error, 'error')}, ${plural(warning, 'warning')}, ${info} info, ${plural(hint, 'hint')}.`,
  );
  return `${lines.join('\n')}\n`;
}
