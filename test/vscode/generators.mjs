// Every generator, from the palette and by keyboard alone: what it makes opens in an editor and has no findings.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../../server/tools/load.mjs';
import { root } from './embedded.mjs';
import { openWorkbench } from './workbench.mjs';

/** Runs in the page: a function there that tells what the quick input shows, undefined where it is closed. */
function installReader() {
  globalThis.readQuickInput = () => {
    const widget = document.querySelector('.quick-input-widget');
    if (!widget || widget.offsetParent === null || getComputedStyle(widget).display === 'none') return undefined;
    const input = widget.querySelector('.quick-input-box input');
    return {
      title: widget.querySelector('.quick-input-title')?.textContent ?? '',
      placeholder: input?.getAttribute('placeholder') ?? '',
      value: input?.value ?? '',
      message: widget.querySelector('.quick-input-message')?.textContent ?? '',
    };
  };
}

const read = (page) => page.evaluate(() => globalThis.readQuickInput());

/** Waits until the quick input asks something else than in `old`. */
const moved = (page, old) =>
  page.waitForFunction(
    ({ title }) => {
      const now = globalThis.readQuickInput();
      return now && (now.title !== title || now.placeholder === 'Where shall it go?');
    },
    old,
    { timeout: 10_000, polling: 30 },
  );

/** Errors and warnings, as the status bar counts them. */
const problems = (page) =>
  page.evaluate(() => document.querySelector('[id="status.problems"] a')?.getAttribute('aria-label') ?? '');

/** Answers one generator's questions: what is offered, else the example that is shown. */
async function answer(page, title) {
  for (let steps = 0; steps < 40; steps++) {
    const now = await read(page);
    assert.ok(now, `${title}: closed before its last question`);
    if (now.placeholder === 'Where shall it go?') return steps;
    assert.ok(now.title.startsWith(`${title}: `), `${title}: ${JSON.stringify(now)}`);
    const [, example] = /^For example (.+)$/.exec(now.placeholder) ?? [];
    if (now.value === '' && example !== undefined) await page.keyboard.insertText(example);
    await page.keyboard.press('Enter');
    await moved(page, now).catch(async () => {
      assert.fail(`${title}: no way on from ${JSON.stringify(now)}; now ${JSON.stringify(await read(page))}`);
    });
  }
  assert.fail(`${title}: more than 40 questions`);
}

async function closeAll(it) {
  const tabs = () => it.page.evaluate(() => document.querySelectorAll('.tabs-container .tab').length);
  for (let left = await tabs(); left > 0; left = await tabs()) {
    await it.command('View: Revert and Close Editor');
    await it.page.waitForFunction((n) => document.querySelectorAll('.tabs-container .tab').length < n, left);
  }
}

/** @returns {Promise<number>} the exit code */
export async function runGenerators(grep = '') {
  execFileSync(process.execPath, [join(root, 'server/tools/build.mjs')], { stdio: 'inherit' });
  const { GENERATORS } = await load('server/src/features/generate/index.ts');
  const folder = mkdtempSync(join(tmpdir(), 'azure-gitops-generators-'));
  writeFileSync(join(folder, 'notes.yaml'), 'nothing: of ours\n');
  const it = await openWorkbench({ folder, installed: true });
  const { page } = it;
  await page.evaluate(installReader);
  let failed = 0;
  try {
    let first = true;
    for (const { name, title } of GENERATORS) {
      if (!name.includes(grep)) continue;
      const began = Date.now();
      try {
        await it.command('Azure GitOps: Generate');
        await page.waitForFunction(() =>
          document.querySelector('.quick-input-title')?.textContent?.includes('Azure GitOps: Generate'),
        );
        await page.keyboard.insertText(title);
        await page.waitForSelector(`.quick-input-list .monaco-list-row.focused[aria-label^="${title}"]`);
        const chosen = await read(page);
        await page.keyboard.press('Enter');
        await moved(page, chosen);
        const steps = await answer(page, title);
        await page.keyboard.press('Enter');
        await page.waitForSelector('.tab.active[data-resource-name^="Untitled"]');
        await page.waitForSelector('.monaco-editor.focused .view-line');
        await page.waitForTimeout(1200); // longer than the server waits for the end of typing
        assert.match(await problems(page), /^No Problems$/, title);
        if (first) {
          // That findings would show: a mistake at the end of what was generated.
          first = false;
          await page.keyboard.press('Control+End');
          await page.keyboard.insertText('---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\n');
          await page.keyboard.insertText('spec: { image: oci://contoso.azurecr.io/a }\n');
          await page.waitForFunction(
            () => /[1-9]/.test(document.querySelector('[id="status.problems"]')?.textContent ?? ''),
            undefined,
            { timeout: 10_000 },
          );
        }
        console.log(`  ✔ ${name}: ${steps} questions (${Date.now() - began} ms)`);
      } catch (error) {
        failed++;
        console.log(`  ✖ ${name}: ${error.message}`);
        await it.screenshot(join(root, `out/vscode/generators-${name}.png`));
        for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
      }
      await closeAll(it);
    }
  } finally {
    await it.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return failed > 0 ? 1 : 0;
}
