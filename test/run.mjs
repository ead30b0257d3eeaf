// Bundles the tests and runs them with Node's own test runner: node test/run.mjs [part of a file name …]
import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const filters = process.argv.slice(2);
const files = readdirSync('test', { recursive: true })
  .map((f) => `test/${f.replaceAll('\\', '/')}`)
  .filter((f) => f.endsWith('.test.ts') && !f.startsWith('test/vscode/') && (filters.length === 0 || filters.some((x) => f.includes(x))));
rmSync('out/test', { recursive: true, force: true });
await build({
  entryPoints: files, outdir: 'out/test', outbase: 'test', bundle: true, splitting: true, format: 'esm', platform: 'node', packages: 'external',
  target: 'node20', sourcemap: 'inline', outExtension: { '.js': '.mjs' }, logLevel: 'warning',
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
});
const stream = run({ files: files.map((f) => `out/${f.replace(/\.ts$/, '.mjs')}`), concurrency: 2, timeout: 600_000 });
stream.on('test:fail', (data) => { if (!data.todo) process.exitCode = 1; });
stream.compose(new spec()).pipe(process.stdout);
