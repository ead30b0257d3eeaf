// What the client says, for translators: the texts in its sources and the questions of the generators.
import { readdirSync, readFileSync } from 'node:fs';
import { load } from './load.mjs';

const call = /l10n\.t\(/g;
const literal = /l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
/** The one place that translates texts it is given: see there. */
const given = 'client/src/commands/translated.ts';

/** Every text that is a string literal in a call of l10n.t. Fails where a call has something else. */
export function clientTexts() {
  const texts = new Set();
  for (const entry of readdirSync('client/src', { recursive: true })) {
    const file = `client/src/${entry.replaceAll('\\', '/')}`;
    if (!file.endsWith('.ts') || file === given) continue;
    const source = readFileSync(file, 'utf8');
    const found = [...source.matchAll(literal)];
    if (found.length !== [...source.matchAll(call)].length) throw new Error(`${file}: l10n.t takes string literals`);
    for (const [, single, double] of found) texts.add((single ?? double).replace(/\\(.)/g, '$1'));
  }
  return texts;
}

/** The content of l10n/bundle.l10n.json: each text under itself, sorted. */
export async function englishBundle() {
  const { generatorTexts } = await load('server/src/features/generate/texts.ts');
  const texts = [...new Set([...clientTexts(), ...generatorTexts()])].sort();
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;
}
