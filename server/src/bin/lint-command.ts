import { parseArgs } from 'node:util';
import { secretTextsOf } from '../engine/secrets.ts';
import { syntaxFindings } from '../engine/syntax.ts';
import { githubReport } from '../report/github.ts';
import { type Report, type ReportedFinding, reported, summarize } from '../report/report.ts';
import { sarifReport } from '../report/sarif.ts';
import { textReport } from '../report/text.ts';
import { VERSION } from './version.ts';
import { type Io, openWorkspace, shownPath, UsageError } from './workspace.ts';

const RANK = { hint: 0, info: 1, warning: 2, error: 3, never: 4 } as const;
const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

/** Runs `azure-gitops lint`. Exit codes: 0 clean, 1 findings. Throws where the command line is wrong. */
export function lintCommand(argv: readonly string[], io: Io): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      'fail-on': { type: 'string', default: 'warning' },
      'max-severity': { type: 'string' },
      'stdin-filename': { type: 'string', default: 'stdin.yaml' },
    },
  });
  const format = oneOf('--format', values.format, FORMATS);
  const failOn = oneOf('--fail-on', values['fail-on'], [...SEVERITIES, 'never'] as const);
  const max =
    values['max-severity'] === undefined ? undefined : oneOf('--max-severity', values['max-severity'], SEVERITIES);
  const findings: ReportedFinding[] = [];
  let files = 0;
  for (const path of positionals.length > 0 ? positionals : ['.']) {
    const { session, uris } = openWorkspace(path, values['stdin-filename'], io);
    files += uris.length;
    for (const uri of uris) {
      const all = [...session.diagnostics(uri).findings, ...syntaxFindings(session, uri)].sort(
        (a, b) => a.span.start - b.span.start,
      );
      const secrets = all.length > 0 ? secretTextsOf(session, uri) : undefined;
      for (const finding of all) {
        const severity = max && RANK[finding.severity] > RANK[max] ? max : finding.severity;
        findings.push(reported({ ...finding, severity }, uri, (u) => session.file(u)?.lines, shownPath, secrets));
      }
    }
  }
  const report: Report = { version: 1, findings, summary: summarize(findings, files) };
  io.out(shown(report, format, io));
  return findings.some((f) => RANK[f.severity] >= RANK[failOn]) ? 1 : 0;
}

function shown(report: Report, format: (typeof FORMATS)[number], io: Io): string {
  if (format === 'json') return `${JSON.stringify(report, null, 1)}\n`;
  if (format === 'sarif') return sarifReport(report, VERSION);
  if (format === 'github') return githubReport(report);
  return textReport(report, io.color);
}

function oneOf<T extends string>(flag: string, value: string, choices: readonly T[]): T {
  if (!choices.includes(value as T)) throw new UsageError(`${flag} takes ${choices.join(', ')}, not '${value}'`);
  return value as T;
}
