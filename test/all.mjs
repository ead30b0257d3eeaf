// All that `npm test` runs after the packages are installed. One build, as released, serves every step after it.
import { spawnSync } from 'node:child_process';

const steps = [
  ['build', 'server/tools/build.mjs', '--release'],
  ['check', 'server/tools/check.mjs'],
  ['unit and protocol tests', 'test/run.mjs'],
  ['budgets', 'server/tools/budgets.mjs', '--built'],
  ['real VS Code', 'test/vscode/run.mjs'],
];

const results = [];
for (const [name, ...args] of steps) {
  console.log(`\n━━ ${name}`);
  const start = Date.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  results.push([name, status === 0, Date.now() - start]);
  if (status !== 0 && name === 'build') break; // nothing after it could say more
}
console.log('\n━━ all');
for (const [name, ok, time] of results) console.log(`${ok ? '✔' : '✖'} ${name} (${(time / 1000).toFixed(1)} s)`);
const failed = results.filter(([, ok]) => !ok).length;
console.log(failed ? `${failed} of ${results.length} steps failed` : `all ${results.length} steps passed`);
process.exitCode = failed ? 1 : 0;
