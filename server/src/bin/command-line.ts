import { EXAMPLES, RULES, rulePage } from '../report/docs.ts';
import { fixCommand } from './fix-command.ts';
import { lintCommand } from './lint-command.ts';
import { type Io, UsageError } from './workspace.ts';

const USAGE = `azure-gitops: what GitOps manifests mean for Azure

  azure-gitops lint [PATH…] [--format text|json|sarif|github] [--fail-on error|warning|info|hint|never]
                            [--max-severity SEVERITY] [--stdin-filename NAME]
      Each folder is a workspace of its own. - reads standard input. Without PATH: the current folder.
  azure-gitops fix [PATH…] [--dry-run]
      Applies the safe fixes. With --dry-run: only says which files would change.
  azure-gitops explain RULE      why a rule is there, with examples
  azure-gitops rules             every rule with its severity
  azure-gitops generate [NAME [--set KEY=VALUE …] [--output FOLDER [--force]] [--json]]
                            [--flux-version X] [--argocd-version X]
      Writes manifests. Without NAME: the generators there are; with NAME and --help: what one asks.
  azure-gitops lsp --stdio       the language server

Exit codes: 0 clean, 1 findings, 2 could not run.
`;

/** Runs the command line and gives its exit code. Does not throw. */
export function main(argv: readonly string[], io: Io): number {
  const [command, ...rest] = argv;
  try {
    if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
      io.out(USAGE);
      return command === undefined ? 2 : 0;
    }
    if (command === 'lint') return lintCommand(rest, io);
    if (command === 'fix') return fixCommand(rest, io);
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
    io.err(`azure-gitops: ${(error as Error).message.split('\n')[0]}\n`);
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
