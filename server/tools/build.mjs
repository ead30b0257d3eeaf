// Builds every bundle with esbuild: the extension (Node and web), the server (Node and worker) and the command line.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const release = process.argv.includes('--release');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const define = { AZURE_GITOPS_VERSION: JSON.stringify(version) };
const shared = {
  define,
  bundle: true,
  minify: release,
  sourcemap: release ? false : 'linked',
  logLevel: 'warning',
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
  // re2js has methods named `eval` that evaluate no code. Renamed, nothing in a bundle looks like `eval(`.
  mangleProps: /^eval$/,
};
/**
 * The prose of the rules is for the docs pages and the command line. The server sends people to the page, so it does
 * not carry it: rule files are formatted, and each field starts a line of its own.
 */
const withoutProse = {
  name: 'without-prose',
  setup(builder) {
    builder.onLoad({ filter: /server[\\/]src[\\/]rules[\\/][^\\/]+[\\/][^\\/_][^\\/]*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(
        /^ {2}(?:summary|why|references|versions):[\s\S]*?,\n(?= {2}[a-zA-Z*]|\}\))/gm,
        '',
      ),
    }));
  },
};
const node = { ...shared, platform: 'node', format: 'cjs' };
/**
 * For Node and browsers at once. What is Node's stays an import that only Node comes to. Of `yaml` the build for browsers
 * is taken, which runs in both and is smaller.
 */
const anywhere = {
  ...node,
  conditions: ['browser'],
  alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
};
const targets = [
  ['client/src/entry.node.ts', { ...node, outfile: 'dist/entry.js', external: ['vscode', './client.js'] }],
  [
    'client/src/entry.web.ts',
    { ...shared, platform: 'browser', format: 'cjs', outfile: 'dist/web/entry.js', external: ['vscode'] },
  ],
  ['client/src/client.anywhere.ts', { ...anywhere, outfile: 'dist/client.js', external: ['vscode'] }],
  ['server/src/bin/node.ts', { ...node, outfile: 'dist/server.js', external: ['./language-server.js'] }],
  [
    'server/src/bin/language-server.ts',
    { ...anywhere, format: 'iife', outfile: 'dist/language-server.js', plugins: [withoutProse] },
  ],
  [
    'server/src/bin/cli.ts',
    { ...node, outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' }, external: ['./server.js'] },
  ],
];
// A release holds no source map of an earlier build.
if (release) rmSync('dist', { recursive: true, force: true });
await Promise.all(
  targets.filter(([entry]) => existsSync(entry)).map(([entry, options]) => build({ ...options, entryPoints: [entry] })),
);
// The pages of the rules in one file: hundreds of small ones would be a quarter of the package.
const pages = readdirSync('docs/rules', { recursive: true })
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => f.endsWith('.md'))
  .sort();
writeFileSync(
  'dist/rule-pages.json',
  JSON.stringify(Object.fromEntries(pages.map((f) => [f, readFileSync(`docs/rules/${f}`, 'utf8')]))),
);
