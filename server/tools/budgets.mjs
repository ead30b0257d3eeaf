// Holds the bundles to their budgets, as released: node server/tools/budgets.mjs [--built]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageExtension } from './package.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const kilobyte = 1024;
const budgets = [
  ['dist/entry.js', 10],
  ['dist/client.js', 500],
  ['dist/server.js', 10],
  ['dist/language-server.js', 1800],
  ['dist/web/entry.js', 10],
];
// Nothing in a workspace is evaluated; no bundle could, and the content policy of a browser would not let it. A method
// that is called eval is something else.
const evaluation = /(?<![\w$.])eval\s*\((?![^()]*\)\s*\{)|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]/;

if (!process.argv.includes('--built')) {
  execFileSync(process.execPath, [join(root, 'server/tools/build.mjs'), '--release'], { stdio: 'inherit' });
}
const rows = budgets.map(([file, budget]) => {
  const text = read(join(root, file));
  if (text === undefined) return [file, 'missing', budget, false];
  const size = Buffer.byteLength(text) / kilobyte;
  const evaluates = evaluation.exec(text);
  if (evaluates) return [file, `contains ${evaluates[0]}`, budget, false];
  return [file, size.toFixed(1), budget, size <= budget];
});
const { bytes } = await packageExtension({ built: true });
rows.push(['.vsix', (bytes / kilobyte).toFixed(1), 1024, bytes / kilobyte <= 1024]);

console.log(`${'file'.padEnd(20)}${'KB'.padStart(24)}${'budget'.padStart(8)}`);
for (const [file, size, budget, ok] of rows) {
  console.log(`${file.padEnd(20)}${size.padStart(24)}${String(budget).padStart(8)}  ${ok ? '✔' : '✖'}`);
}
if (rows.some(([, , , ok]) => !ok)) process.exitCode = 1;

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
