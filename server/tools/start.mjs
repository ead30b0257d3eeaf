// Shows the product: installs what is missing, builds, lints examples/, and opens it in a VS Code with the extension.
// node server/tools/start.mjs [--no-open]. A fresh clone runs this with nothing but Node, so it imports no package.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onPath, root, startServer } from '../../test/vscode/embedded.mjs';
import { installPackages } from './install.mjs';

const examples = join(root, 'examples');
const open = !process.argv.includes('--no-open') && !process.env.CI;

try {
  installPackages();
  console.log('Building …');
  if (run(process.execPath, [join(root, 'server/tools/build.mjs')]) !== 0) throw new Error('The build failed.');
  console.log('\nazure-gitops lint examples\n');
  // 1 says that there are findings, and in the broken cluster of the examples there are.
  const linted = run(process.execPath, [join(root, 'dist/cli.js'), 'lint', 'examples']);
  if (linted !== 0 && linted !== 1) throw new Error('The linter could not run.');
  if (open && !openDesktop()) await openEmbedded();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: command.endsWith('.cmd') }).status;
}

/** Whether a desktop VS Code took it. */
function openDesktop() {
  const code = onPath('code');
  if (!code) return false;
  const file = join(examples, 'clusters/broken/flux-system/apps.yaml');
  const status = run(code, ['--new-window', `--extensionDevelopmentPath=${root}`, examples, '--goto', `${file}:1`]);
  if (status === 0) console.log('\nOpened examples/ in VS Code with the extension.');
  return status === 0;
}

/** Serves the embedded VS Code until the user ends it. */
async function openEmbedded() {
  const server = await startServer({ installed: true });
  const address = `http://127.0.0.1:${server.port}/?folder=${encodeURI(examples)}`;
  console.log(`\nVS Code with the extension and examples/ is at\n\n  ${address}\n\nEnd it with Ctrl+C.`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  await server.stop();
}
