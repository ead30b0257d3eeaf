// Bundles the tests and runs them with Node's own test runner: node test/run.mjs [part of a file name …]
// With --all, as `npm test` calls it: the build, the checks, these tests, the budgets and the tests in a real VS Code.
import { readdirSync, rmSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { build } from 'esbuild';

const filters = process.argv.slice(2);
if (filters.includes('--all')) await import('./all.mjs');
else await runTests();

async function runTests() {
  const files = readdirSync('test', { recursive: true })
    .map((f) => `test/${f.replaceAll('\\', '/')}`)
    .filter((f) => f.endsWith('.test.ts') && !f.startsWith('test/vscode/'))
    .filter((f) => filters.length === 0 || filters.some((x) => f.includes(x)));
  if (files.length === 0) {
    console.error(`No test file has ${filters.join(' or ')} in its name.`);
    process.exitCode = 1;
    return;
  }
  rmSync('out/test', { recursive: true, force: true });
  await build({
    entryPoints: files,
    outdir: 'out/test',
    outbase: 'test',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    target: 'node20',
    sourcemap: 'inline',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  const stream = run({
    files: files.map((f) => `out/${f.replace(/\.ts$/, '.mjs')}`),
    concurrency: 2,
    timeout: 600_000,
  });
  stream.on('test:fail', (data) => {
    if (!data.todo) process.exitCode = 1;
  });
  stream.compose(new spec()).pipe(process.stdout);
}
