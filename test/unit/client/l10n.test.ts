import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

type Texts = Readonly<Record<string, string>>;
const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const english = json<Texts>('l10n/bundle.l10n.json');
const german = json<Texts>('l10n/bundle.l10n.de.json');
const names = json<Texts>('package.nls.json');
const germanNames = json<Texts>('package.nls.de.json');
const manifest = readFileSync('package.json', 'utf8');

const placeholders = (text: string): string[] => [...text.matchAll(/\{\d+\}/g)].map(([it]) => it).sort();
const keys = (texts: Texts): string[] => Object.keys(texts).sort();
/** What must stay as it is in any language: code, links, names of settings. */
const code = (text: string): string[] => [...text.matchAll(/`[^`]+`|\]\([^)]+\)/g)].map(([it]) => it).sort();

/** As a translator would who mistakes nothing for prose: every letter outside of placeholders gets an accent. */
const pseudo = (text: string): string =>
  `[${text
    .split(/(\{\d+\})/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[aeiou]/gi, (c) => `${c}\u0301`)))
    .join('')}]`;

/** How VS Code puts arguments into a translation. */
const format = (text: string, ...args: string[]): string =>
  text.replace(/\{(\d+)\}/g, (_, n) => args[Number(n)] ?? '?');

describe('the German texts', () => {
  // `npm run gen -- --check` holds the English bundle to the sources.
  it('are complete, and none is left over', () => assert.deepEqual(keys(german), keys(english)));
  it('are complete in what package.json names', () => assert.deepEqual(keys(germanNames), keys(names)));
  it('keep every placeholder', () => {
    for (const [text, translated] of Object.entries(german))
      assert.deepEqual(placeholders(translated), placeholders(text), text);
  });
  it('keep code, links and commands', () => {
    for (const [key, text] of Object.entries(names)) assert.deepEqual(code(germanNames[key] ?? ''), code(text), key);
  });
  it('are not empty', () => {
    for (const [key, text] of [...Object.entries(german), ...Object.entries(germanNames)]) assert.ok(text.trim(), key);
  });
});

describe('package.json', () => {
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key as string);
  it('names only texts that exist, and all that exist', () => {
    assert.deepEqual([...new Set(used)].sort(), keys(names));
  });
  it('says nothing to users but by such names', () => {
    const { contributes } = JSON.parse(manifest) as {
      contributes: { commands: { title: string }[]; walkthroughs: { title: string; steps: { title: string }[] }[] };
    };
    const titles = [
      ...contributes.commands.map((it) => it.title),
      ...contributes.walkthroughs.flatMap((it) => [it.title, ...it.steps.map((step) => step.title)]),
    ];
    for (const title of titles) assert.match(title, /^%.+%$/);
  });
  it('has a walkthrough of five steps whose pictures and commands exist', () => {
    const { contributes } = JSON.parse(manifest) as {
      contributes: {
        commands: { command: string }[];
        walkthroughs: { steps: { media: { svg?: string; markdown?: string }; description: string }[] }[];
      };
    };
    const steps = contributes.walkthroughs.flatMap((it) => it.steps);
    assert.equal(steps.length, 5);
    for (const { media } of steps) {
      const file = media.svg ?? media.markdown ?? '';
      assert.ok(existsSync(file), file);
    }
    const commands = new Set(contributes.commands.map((it) => it.command));
    for (const texts of [names, germanNames])
      for (const [, command] of Object.values(texts).flatMap((t) => [...t.matchAll(/\(command:(azureGitops\.\w+)\)/g)]))
        assert.ok(commands.has(command as string), command);
  });
});

describe('a pseudo-locale', () => {
  it('puts the arguments of every text where they belong', () => {
    for (const text of Object.keys(english)) {
      const translated = pseudo(text);
      assert.deepEqual(placeholders(translated), placeholders(text), text);
      const args = ['<first>', '<second>', '<third>'];
      const shown = format(translated, ...args);
      for (const placeholder of placeholders(text)) {
        const arg = args[Number(placeholder[1])];
        assert.ok(arg !== undefined && shown.includes(arg), text);
      }
      assert.doesNotMatch(shown, /\{\d|\?<|\d\}/, text);
    }
  });
});
