import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type Logger,
} from 'vscode-languageserver/node';
import { startServer } from '../lsp/server.ts';
import { nodeFiles } from './node-files.ts';
import { VERSION } from './version.ts';

const USAGE = 'azure-gitops: the language server needs --stdio or --node-ipc\n';

/** All else that fails is in no request: it is logged, and the server goes on. */
function survive(log: Logger): void {
  process.on('uncaughtException', (error) => log.error(`Uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) =>
    log.error(`Unhandled: ${reason instanceof Error ? reason.stack : reason}`),
  );
}

function connect(argv: readonly string[]): Connection | undefined {
  if (argv.includes('--node-ipc'))
    return createConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  if (!argv.includes('--stdio')) return undefined;
  // A client that is gone can be told nothing more.
  process.stdout.on('error', () => process.exit(1));
  return createConnection(process.stdin, process.stdout);
}

/** The pages of the rules lie beside the bundles, wherever the package was installed. */
function rulePages(): { rulePages: string } | undefined {
  const folder = join(__dirname, '../docs/rules');
  return existsSync(folder) ? { rulePages: `${pathToFileURL(folder).href}/` } : undefined;
}

const connection = connect(process.argv.slice(2));
if (connection) {
  survive(connection.console);
  startServer(connection, { version: VERSION, files: nodeFiles, ...rulePages() });
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
