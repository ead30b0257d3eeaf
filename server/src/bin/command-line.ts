import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Session } from '../engine/session.ts';
import { syntaxFindings } from '../engine/syntax.ts';
import { EXAMPLES, RULES, rulePage } from '../report/docs.ts';
import { type ReportedFinding, reported, summarize } from '../report/report.ts';
import { textReport } from '../report/text.ts';
import { configurationAbove, readText, type Scan, scanFolder, toPath, toUri } from './scan.ts';

export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly color: boolean;
}

const USAGE = `azure-gitops: what GitOps manifests mean for Azure

  azure-gitops lint [PATH…] [--format text|json] [--fail-on error|warning|info|hint|never]
                            [--max-severity SEVERITY] [--stdin-filename NAME]
      Each folder is a workspace of its own. - reads standard input. Without PATH: the current folder.
  azure-gitops explain RULE      why a rule is there, with examples
  azure-gitops rules             every rule with its severity
  azure-gitops generate [NAME [--set KEY=VALUE …] [--output FOLDER [--force]] [--json]]
                            [--flux-version X] [--argocd-version X]
      Writes manifests. Without NAME: the generators there are; with NAME and --help: what one asks.
  azure-gitops lsp --stdio       the language server

Exit codes: 0 clean, 1 findings, 2 could not run.
`;

const RANK = { hint: 0, info: 1, warning: 2, error: 3, never: 4 } as const;

class UsageError extends Error {}

/** Runs the command line and gives its exit code. Does not throw. */
export function main(argv: readonly string[], io: Io): number {
  const [command, ...rest] = argv;
  try {
    if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
      io.out(USAGE);
      return command === undefined ? 2 : 0;
    }
    if (command === 'lint') return lint(rest, io);
    if (command === 'explain') return explain(rest, io);
    if (command === 'rules') return rules(rest, io);
    if (command === 'generate') return runGenerate(rest, io);
    if (command === 'lsp') {
      if (!rest.includes('--stdio')) throw new UsageError('lsp needs --stdio');
      startServer();
      return 0;
    }
    throw new UsageError(`unknown command '${command}'; see azure-gitops help`);
  } catch (error) {
    io.err(`azure-gitops: ${(error as Error).message}\n`);
    return 2;
  }
}

/** The server is a bundle of its own: linting does not load the protocol. */
function startServer(): void {
  require('./server.js');
}

/** Loaded on this call: linting does not set up the generators. */
function runGenerate(argv: readonly string[], io: Io): number {
  const { generateCommand } = require('./generate-command.ts') as typeof import('./generate-command.ts');
  return generateCommand(argv, io);
}

interface LintOptions {
  readonly paths: string[];
  readonly format: 'text' | 'json';
  readonly failOn: keyof typeof RANK;
  readonly max: 'error' | 'warning' | 'info' | 'hint' | undefined;
  readonly stdinName: string;
}

function lintOptions(argv: readonly string[]): LintOptions {
  const options = {
    paths: [] as string[],
    format: 'text' as LintOptions['format'],
    failOn: 'warning' as LintOptions['failOn'],
    max: undefined as LintOptions['max'],
    stdinName: 'stdin.yaml',
  };
  for (let i = 0; i < argv.length; i++) {
    const [flag, inline] = (argv[i] as string).startsWith('--')
      ? (argv[i] as string).split(/=(.*)/s)
      : [argv[i] as string];
    if (!flag?.startsWith('--')) {
      options.paths.push(flag as string);
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined) throw new UsageError(`${flag} needs a value`);
    const choose = <T extends string>(...choices: readonly T[]): T => {
      if (!choices.includes(value as T)) throw new UsageError(`${flag} takes ${choices.join(', ')}, not '${value}'`);
      return value as T;
    };
    if (flag === '--format') options.format = choose('text', 'json');
    else if (flag === '--fail-on') options.failOn = choose('error', 'warning', 'info', 'hint', 'never');
    else if (flag === '--max-severity') options.max = choose('error', 'warning', 'info', 'hint');
    else if (flag === '--stdin-filename') options.stdinName = value;
    else throw new UsageError(`unknown option ${flag}`);
  }
  if (options.paths.length === 0) options.paths.push('.');
  return options;
}

function lint(argv: readonly string[], io: Io): number {
  const options = lintOptions(argv);
  const findings: ReportedFinding[] = [];
  let files = 0;
  for (const path of options.paths) {
    const workspace = openWorkspace(path, options, io);
    files += workspace.uris.length;
    const name = (uri: string): string => relative(process.cwd(), toPath(uri)).replaceAll('\\', '/');
    for (const uri of workspace.uris) {
      const all = [...workspace.session.diagnostics(uri).findings, ...syntaxFindings(workspace.session, uri)].sort(
        (a, b) => a.span.start - b.span.start,
      );
      for (const finding of all) {
        const capped =
          options.max && RANK[finding.severity] > RANK[options.max] ? { ...finding, severity: options.max } : finding;
        findings.push(reported(capped, uri, (u) => workspace.session.file(u)?.lines, name));
      }
    }
  }
  const report = { version: 1 as const, findings, summary: summarize(findings, files) };
  io.out(options.format === 'json' ? `${JSON.stringify(report, null, 1)}\n` : textReport(report, io.color));
  return findings.some((f) => RANK[f.severity] >= RANK[options.failOn]) ? 1 : 0;
}

/** The files of one argument, read into a session of their own. */
function openWorkspace(path: string, options: LintOptions, io: Io): { session: Session; uris: string[] } {
  const session = new Session();
  session.onRuleFailure = ({ rule, uri, error }) =>
    io.err(`azure-gitops: rule ${rule} failed on ${uri}: ${(error as Error)?.stack ?? error}\n`);
  if (path === '-') {
    const uri = toUri(options.stdinName);
    addConfiguration(session, options.stdinName);
    session.setFile(uri, readFileSync(0, 'utf8'));
    return { session, uris: [uri] };
  }
  let folder: boolean;
  try {
    folder = statSync(path).isDirectory();
    if (!folder && lstatSync(path).isFIFO()) throw new Error('not a file');
  } catch (error) {
    throw new Error(
      `cannot read '${path}': ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or folder' : (error as Error).message}`,
    );
  }
  const scan: Scan = folder
    ? scanFolder(path)
    : { files: [{ path: resolve(path), uri: toUri(path) }], skipped: [], truncated: false };
  for (const line of scan.skipped) io.err(`azure-gitops: skipped ${line}\n`);
  addConfiguration(session, folder ? path : resolve(path));
  if (!folder)
    for (const { path: file, uri } of configurationAbove(resolve(dirname(path), 'x')))
      session.setFile(uri, readText(file));
  const uris: string[] = [];
  for (const { path: file, uri } of scan.files) {
    try {
      session.setFile(uri, readText(file));
      uris.push(uri);
    } catch (error) {
      io.err(`azure-gitops: skipped ${file}: ${(error as Error).message}\n`);
    }
  }
  return { session, uris };
}

function addConfiguration(session: Session, path: string): void {
  for (const { path: file, uri } of configurationAbove(path)) session.setFile(uri, readText(file));
}

function explain(argv: readonly string[], io: Io): number {
  const rule = RULES.find((r) => r.id === argv[0]);
  if (!rule)
    throw new UsageError(
      argv[0] === undefined ? 'explain needs a rule' : `no rule '${argv[0]}'; see azure-gitops rules`,
    );
  io.out(rulePage(rule, EXAMPLES[rule.id]));
  return 0;
}

function rules(argv: readonly string[], io: Io): number {
  if (argv.length > 0) throw new UsageError(`rules takes no arguments, not '${argv[0]}'`);
  const width = Math.max(...RULES.map((r) => r.id.length));
  for (const rule of RULES) io.out(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`);
  return 0;
}
