// Runs the extension's tests in a real VS Code: in the Node extension host, in the web worker host, and the packaged
// extension installed. node test/vscode/run.mjs [node|web|vsix …] [--grep text]
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSuite } from './bundle-suite.mjs';
import { address, root, startServer } from './embedded.mjs';
import { openBrowser } from './workbench.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--grep');
const grep = at >= 0 ? args.splice(at, 2)[1] : '';
const hosts = args.length ? args : ['node', 'web'];
let failed = false;
for (const host of hosts) {
  const start = Date.now();
  console.log(`▶ VS Code, ${{ node: 'Node extension host', web: 'web worker extension host' }[host]}`);
  let code = 1;
  try {
    code = await runSuite(host);
  } catch (error) {
    console.log(`✖ ${error?.stack ?? error}`);
  }
  if (code !== 0) failed = true;
  console.log(
    `${code === 0 ? '✔' : '✖'} ${host}: exit code ${code} after ${((Date.now() - start) / 1000).toFixed(1)} s\n`,
  );
}
process.exitCode = failed ? 1 : 0;

/** @returns {Promise<number>} the exit code of the test run */
async function runSuite(host) {
  const tests = await bundleSuite(host, grep);
  const folder = mkdtempSync(join(tmpdir(), 'azure-gitops-workspace-'));
  cpSync(join(root, 'test/vscode/workspace'), folder, { recursive: true });
  const server = await startServer();
  let browser;
  const rest = []; // what else the workbench and the hosts said: told only after a failure
  try {
    browser = await openBrowser();
    const { page } = browser;
    let timer;
    const done = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the tests did not end within three minutes')), 180_000);
      page.on('close', () => reject(new Error('the page closed before the tests ended')));
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', (type, values) => {
      const line = values.map(String).join(' ');
      const mark = line.indexOf('[suite] ');
      if (mark >= 0) console.log(line.slice(mark + 8).replace(/^/gm, '  '));
      else rest.push(`${type}: ${line}`);
    });
    await page.goto(address(server.port, { folder, extension: root, tests, web: host === 'web' }));
    const code = await done.finally(() => clearTimeout(timer));
    if (code !== 0) console.log(rest.slice(-40).join('\n'));
    return typeof code === 'number' ? code : 1;
  } finally {
    await browser?.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
