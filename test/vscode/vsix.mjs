// The packaged extension, installed into a real VS Code as a user installs it; then the suite runs against it, in a
// workspace that nobody trusted. That the extension stays asleep where nothing is ours, and reports where something is,
// are tests of the suite.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../server/tools/package.mjs';
import { prepareEmbedded, root } from './embedded.mjs';
import { runSuite } from './suite.mjs';

/** @returns {Promise<number>} the exit code of the test run */
export async function runInstalled(grep) {
  const { file: vsix } = await packageExtension({ built: existsSync(join(root, 'dist/entry.js')) });
  const home = mkdtempSync(join(tmpdir(), 'azure-gitops-vsix-'));
  try {
    const { node, vscode } = await prepareEmbedded();
    const extensionsDir = join(home, 'extensions');
    const install = ['--install-extension', vsix, '--extensions-dir', extensionsDir];
    execFileSync(
      node,
      [
        join(vscode, 'out/server-main.js'),
        ...install,
        '--server-data-dir',
        join(home, 'data'),
        '--accept-server-license-terms',
      ],
      { stdio: ['ignore', 'ignore', 'ignore'] },
    );
    if (!readdirSync(extensionsDir).some((entry) => entry.startsWith('azure-gitops.azure-gitops-'))) {
      throw new Error(`${vsix} was not installed`);
    }
    // Tests run only beside an extension in development: this one does nothing.
    const probe = join(home, 'probe');
    mkdirSync(probe);
    const manifest = { name: 'probe', publisher: 'azure-gitops', version: '0.0.1', engines: { vscode: '^1.91.0' } };
    writeFileSync(join(probe, 'package.json'), JSON.stringify(manifest));
    return await runSuite('node', { grep, extension: probe, extensionsDir, restricted: true });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
