// Writes a new rule with failing examples: npm run new:rule area/name

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const id = process.argv[2] ?? '';
if (!/^[a-z-]+\/[a-z0-9-]+$/.test(id)) {
  console.error('usage: npm run new:rule area/name');
  process.exit(2);
}
const file = `server/src/rules/${id}.ts`;
if (existsSync(file)) {
  console.error(`${file} exists`);
  process.exit(2);
}
mkdirSync(dirname(file), { recursive: true });
writeFileSync(
  file,
  `import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';

export default defineRule({
  id: '${id}',
  on: kinds('source.toolkit.fluxcd.io/OCIRepository'),
  severity: 'warning',
  summary: 'What is wrong, in one line.',
  why: 'Why it is wrong, and what follows.',
  references: ['repository@tag path'],
  *check(object) {
    const field = get(object.root, 'spec', 'field');
    if (field) yield report(field, 'What is wrong with this value; what to do.');
  },
});

export const examples: Examples = {
  bad: [{ title: 'Wrong', yaml: 'kind: <|write|> an example\\n' }],
  good: [{ title: 'Right', yaml: 'kind: write an example\\n' }],
};
`,
);
spawnSync(process.execPath, ['server/tools/gen.mjs'], { stdio: 'inherit' });
console.log(`Wrote ${file}`);
