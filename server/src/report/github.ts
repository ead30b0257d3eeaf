import type { Report } from './report.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A report as workflow commands of GitHub Actions, which show findings beside the lines of a pull request. */
export function githubReport(report: Report): string {
  return report.findings
    .map(({ severity, file, range, rule, message }) => {
      const properties = [
        `file=${escapeProperty(file)}`,
        `line=${range.start.line + 1}`,
        `endLine=${range.end.line + 1}`,
        `col=${range.start.character + 1}`,
        `title=${escapeProperty(rule)}`,
      ];
      return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(message)}\n`;
    })
    .join('');
}
