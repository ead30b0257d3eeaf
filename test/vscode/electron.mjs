// The same suite in a desktop VS Code, for machines where it can be downloaded: npm run test:electron
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from './embedded.mjs';
import { bundleSuite } from './suite.mjs';

const home = mkdtempSync(join(tmpdir(), 'azure-gitops-electron-'));
const folder = join(home, 'workspace');
cpSync(join(root, 'test/vscode/workspace'), folder, { recursive: true });
cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
try {
  await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    vscodeExecutablePath: process.env.VSCODE_PATH, // one that is there already is not downloaded
    cachePath: join(root, '.vscode-test'),
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite('node'),
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', join(home, 'user')],
  });
} catch (error) {
  console.error(error?.message ?? error);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
