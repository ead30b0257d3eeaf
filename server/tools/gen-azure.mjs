// Writes schemas/azure-roles.json from a dump of Azure's built-in roles:
//   node server/tools/gen-azure.mjs <roles.json>
// The dump has `index: [{ name, guid }]`, as `az role definition list` gives after renaming roleName and name.
// Without an argument the file in the repository is checked for shape.
import { readFileSync, writeFileSync } from 'node:fs';

const target = 'schemas/azure-roles.json';
const [source] = process.argv.slice(2);
if (source === undefined) {
  const { names, guids } = JSON.parse(readFileSync(target, 'utf8'));
  if (guids.length !== names.split('\n').length * 32) throw new Error(`${target}: names and GUIDs do not match`);
} else {
  const { index } = JSON.parse(readFileSync(source, 'utf8'));
  const roles = [...index].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const names = roles.map((role) => role.name).join('\n');
  const guids = roles.map((role) => role.guid.replaceAll('-', '').toLowerCase()).join('');
  writeFileSync(target, `${JSON.stringify({ names, guids })}\n`);
}
