// Bundles the extension's test suite for an extension host: Node or web worker.
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './embedded.mjs';

/**
 * @param {'node' | 'web'} host
 * @param {string} [grep] run only the tests whose titles contain it
 * @returns {Promise<string>} the module that exports run()
 */
export async function bundleSuite(host, grep = '') {
  const outfile = join(root, `out/vscode/${host}/index.js`);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/vscode/suite/index.${host}.ts`],
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
      ...(host === 'web' ? { global: 'globalThis', 'process.env.NODE_ENV': '"test"' } : {}),
    },
  });
  return outfile;
}
