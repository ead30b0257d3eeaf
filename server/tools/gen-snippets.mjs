// Writes snippets/azure-gitops.json from the generators. --check only compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from './load.mjs';

const target = 'snippets/azure-gitops.json';
const { snippetsFile } = await load('server/src/features/generate/snippets.ts');
const content = snippetsFile();
if (!existsSync(target) || readFileSync(target, 'utf8') !== content) {
  if (process.argv.includes('--check')) {
    console.error(`${target} is stale: run node server/tools/gen-snippets.mjs`);
    process.exit(1);
  }
  mkdirSync('snippets', { recursive: true });
  writeFileSync(target, content);
}
