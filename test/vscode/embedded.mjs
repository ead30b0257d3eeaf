// A VS Code server without any download from outside the npm registry: the npm package code-server carries one.
// Nothing here imports a package, because `npm start` uses it before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
export const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';
/** Where what is installed on demand stays. */
export const cache = join(root, '.vscode-test');

/**
 * The folder of the embedded VS Code and the Node that runs it; both are installed on the first call and kept.
 * @returns {Promise<{ node: string, vscode: string }>}
 */
export async function prepareEmbedded() {
  if (process.platform === 'win32') {
    throw new Error('The embedded VS Code runs on Linux and macOS. On Windows use the desktop VS Code.');
  }
  const home = join(cache, `embedded-${CODE_SERVER}`);
  const vscode = join(home, 'node_modules/code-server/lib/vscode');
  if (!existsSync(join(home, 'ready'))) {
    console.log(`Installing VS Code (code-server ${CODE_SERVER} from the npm registry) into ${cache}, once …`);
    mkdirSync(cache, { recursive: true });
    // Beside its final place, so that an interrupted installation is never mistaken for a whole one.
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    const packages = [`code-server@${CODE_SERVER}`, `node-${process.platform}-${process.arch}@${NODE}`];
    npmInstall(unfinished, packages);
    npmInstall(join(unfinished, 'node_modules/code-server/lib/vscode'), []);
    writeFileSync(join(unfinished, 'ready'), '');
    try {
      renameSync(unfinished, home);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(join(home, 'ready'))) throw error; // else somebody else was faster
    }
  }
  return { node: join(home, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node'), vscode };
}

/** No scripts of packages run: all that is native in there and needed comes prebuilt. */
export function npmInstall(folder, packages) {
  const args = [
    'install',
    ...packages,
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const result = spawnSync('npm', packages.length ? [...args, '--no-package-lock'] : args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) throw new Error(`npm could not install ${packages.join(', ') || 'the parts of VS Code'}`);
}

/** The file behind a command, as the shell would find it; undefined where there is none. */
export function onPath(command) {
  const names = process.platform === 'win32' ? [`${command}.cmd`, `${command}.exe`] : [command];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {}
    }
  }
  return undefined;
}

export function findChromium() {
  const found = process.env.CHROME_PATH ?? onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome');
  if (!found) {
    throw new Error(
      'The tests in a real VS Code need Chromium: install it (Debian: apt-get install chromium) or set CHROME_PATH.',
    );
  }
  return found;
}

/**
 * Starts a VS Code server on 127.0.0.1 and a free port, with a data folder of its own.
 * @param {{ settings?: object, trustAsked?: boolean, extensionsDir?: string, installed?: boolean }} [options]
 *   `trustAsked`: workspaces start restricted, as for a user; else all are trusted. `installed`: the checkout is one of
 *   the installed extensions.
 * @returns {Promise<{ port: number, data: string, extensionsDir: string, stop: () => Promise<void> }>}
 */
export async function startServer(options = {}) {
  const { node, vscode } = await prepareEmbedded();
  const data = mkdtempSync(join(tmpdir(), 'azure-gitops-vscode-'));
  const extensionsDir = options.extensionsDir ?? join(data, 'extensions');
  if (options.installed) installCheckout(extensionsDir);
  mkdirSync(join(data, 'data/User'), { recursive: true });
  writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify({ ...quiet, ...options.settings }, undefined, 2));
  const args = [
    join(vscode, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--enable-smoke-test-driver', '--telemetry-level', 'off', '--server-data-dir', data],
    ...['--extensions-dir', extensionsDir],
    ...(options.trustAsked ? [] : ['--disable-workspace-trust']),
  ];
  // A process group of its own, so that stop() ends the server's children and nothing else.
  const server = spawn(node, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], cwd: data });
  const log = createWriteStream(join(data, 'server.log'));
  server.stderr.pipe(log, { end: false });
  const stop = () =>
    new Promise((resolve) => {
      const gone = () => {
        log.end();
        rmSync(data, { recursive: true, force: true, maxRetries: 5 });
        resolve();
      };
      if (server.exitCode !== null || server.signalCode !== null) return gone();
      const hard = setTimeout(() => signal(server.pid, 'SIGKILL'), 3000);
      server.once('exit', () => {
        clearTimeout(hard);
        signal(server.pid, 'SIGKILL'); // what is left of the group
        gone();
      });
      signal(server.pid, 'SIGTERM');
    });
  const port = await new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`The VS Code server did not start:\n${output}`)), 60_000);
    server.stdout.on('data', (chunk) => {
      log.write(chunk);
      output += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match) {
        clearTimeout(timer);
        resolve(Number(match[1]));
      }
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`The VS Code server ended (${code}):\n${output}`)));
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { port, data, extensionsDir, stop };
}

/** Tells a VS Code's list of installed extensions that ours is where this checkout is. It shows no sign of development. */
function installCheckout(extensionsDir) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const location = { $mid: 1, path: pathToFileURL(root).pathname, scheme: 'file' };
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location };
  mkdirSync(extensionsDir, { recursive: true });
  writeFileSync(join(extensionsDir, 'extensions.json'), JSON.stringify([entry]));
}

/** Ends the process group that we started as `pid`. */
function signal(pid, name) {
  try {
    process.kill(-pid, name);
  } catch {}
}

/** Nothing that greets, updates, phones or moves by itself. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'editor.cursorBlinking': 'solid',
};

/**
 * The address of a workbench on that server.
 * @param {{ folder?: string, extension?: string, tests?: string, web?: boolean }} what absolute paths: the folder to
 *   open, the extension in development, the module with its tests; `web` runs the extension in the web worker host.
 */
export function address(port, what) {
  const remote = (path) => `vscode-remote://localhost:${port}${pathToFileURL(path).pathname}`;
  const payload = [['skipWelcome', 'true']];
  if (what.extension) payload.push(['extensionDevelopmentPath', remote(what.extension)], ['enableProposedApi', '']);
  if (what.tests) payload.push(['extensionTestsPath', remote(what.tests)]);
  if (what.web) payload.push(['extensionDevelopmentKind', 'web']);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (what.folder) query.set('folder', what.folder);
  return `http://localhost:${port}/?${query}`;
}
