// The extension's test suite: bundled for an extension host, and run in a real VS Code.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { address, root, startServer } from './embedded.mjs';
import { openBrowser } from './workbench.mjs';

/**
 * @param {'node' | 'web'} host
 * @param {{ grep?: string, trusted?: boolean, suite?: string }} [options] run only tests whose titles contain `grep`; whether the
 *   workspace will be a trusted one, which a test asserts
 * @returns {Promise<string>} the module that exports run()
 */
export async function bundleSuite(host, { grep = '', trusted = true, suite = 'suite' } = {}) {
  const outfile = join(root, `out/vscode/${suite}-${host}/index.js`);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/vscode/${suite}/index.${host}.ts`],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: host === 'node' ? 'node' : 'browser',
    target: 'es2022',
    external: host === 'node' ? ['vscode', 'mocha'] : ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    define: {
      GREP: JSON.stringify(grep),
      TRUSTED: String(trusted),
      ...(host === 'web' ? { global: 'globalThis', 'process.env.NODE_ENV': '"test"' } : {}),
    },
  });
  return outfile;
}

/** What the embedded VS Code complains of because its optional native modules are not built, and because it is offline. */
const harmless = /bindings file|native-watchdog|sqlite3|open-vsx/;

/**
 * Runs the suite against the checkout, or against what is installed in `extensionsDir` with a probe that is in
 * development in its stead.
 * @param {'node' | 'web'} host
 * @param {{ grep?: string, extension?: string, extensionsDir?: string, restricted?: boolean, suite?: string,
 *   installed?: boolean, prepare?: (folder: string) => void }} [options] `restricted`: the workspace is not trusted;
 *   `suite`: the folder with the tests; `installed`: the checkout is installed, beside the extension in development;
 *   `prepare` adds to the workspace
 * @returns {Promise<number>} the exit code of the test run
 */
export async function runSuite(host, options = {}) {
  const { grep, extension = root, extensionsDir, restricted = false, suite, installed, prepare } = options;
  const tests = await bundleSuite(host, { grep, trusted: !restricted, suite });
  const folder = mkdtempSync(join(tmpdir(), 'azure-gitops-workspace-'));
  cpSync(join(root, 'test/vscode/workspace'), folder, { recursive: true });
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  prepare?.(folder);
  const server = await startServer({ extensionsDir, installed, trustAsked: restricted });
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
      else if (!harmless.test(line)) rest.push(`${type}: ${line}`);
    });
    await page.goto(address(server.port, { folder, extension, tests, web: host === 'web' }));
    const code = await done.finally(() => clearTimeout(timer));
    if (code !== 0) console.log(rest.slice(-40).join('\n'));
    return typeof code === 'number' ? code : 1;
  } finally {
    await browser?.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
