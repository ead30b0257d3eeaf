// Everything that can be said about the sources without running them; ends with the first that fails.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = (name, ...args) => [join(root, 'node_modules', name), ...args];
const checks = [
  ['generated files', ['server/tools/gen.mjs', '--check']],
  ['types', bin('typescript/bin/tsc', '-p', '.')],
  ['lint and format', bin('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--log-level=warn')],
  ['architecture', ['test/run.mjs', 'architecture']],
];
for (const [name, args] of checks) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? '✔' : '✖'} ${name}`);
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
