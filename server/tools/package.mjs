// Packages the extension as it is published: node server/tools/package.mjs [--built], where the release bundles are
// in dist/ already. Writes azure-gitops-<version>.vsix; .vscodeignore lists what goes in.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createVSIX, listFiles } from '@vscode/vsce';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @returns {Promise<{ file: string, bytes: number, files: number }>} */
export async function packageExtension({ built = false } = {}) {
  if (!built) execFileSync(process.execPath, [join(root, 'server/tools/build.mjs'), '--release'], { stdio: 'inherit' });
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(root, `${name}-${version}.vsix`);
  // Links of the README stay as they are: the manifest names no repository that they could lead to.
  const options = { cwd: root, dependencies: false };
  await quietly(() =>
    createVSIX({ ...options, packagePath: file, rewriteRelativeLinks: false, allowMissingRepository: true }),
  );
  return { file, bytes: statSync(file).size, files: (await listFiles(options)).length };
}

/** vsce tells what it packed at length; a warning of its own still comes through. */
async function quietly(run) {
  const { info, log } = console;
  console.info = console.log = () => undefined;
  try {
    return await run();
  } finally {
    Object.assign(console, { info, log });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { file, bytes, files } = await packageExtension({ built: process.argv.includes('--built') });
  console.log(`${file}: ${(bytes / 1024).toFixed(0)} KB, ${files} files`);
}
