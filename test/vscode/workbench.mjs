// Drives a real workbench as a person would: opens the page, types, looks at it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { address, findChromium, startServer } from './embedded.mjs';

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--font-render-hinting=none'],
];

/**
 * A browser with a profile of its own. Ends with {@link Browser.close}.
 * @param {{ scale?: number, width?: number, height?: number }} [options]
 */
export async function openBrowser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'azure-gitops-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    args: flags,
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    deviceScaleFactor: options.scale ?? 1,
    locale: 'en-US',
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * A server, a browser, and a workbench in it that is ready for keys.
 * @param {Parameters<typeof startServer>[0] & Parameters<typeof openBrowser>[0] & Parameters<typeof address>[1]} options
 */
export async function openWorkbench(options) {
  const server = options.server ?? (await startServer(options));
  let browser;
  try {
    browser = await openBrowser(options);
    const { page } = browser;
    await page.goto(address(server.port, options));
    await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item', { timeout: 60_000 });
    await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 }).catch(() => undefined);
    return workbench(page, async () => {
      await browser.close();
      if (!options.server) await server.stop();
    });
  } catch (error) {
    await browser?.close();
    if (!options.server) await server.stop();
    throw error;
  }
}

function workbench(page, close) {
  const self = {
    page,
    close,
    /** Runs a command of the palette by its title. */
    async command(title) {
      const row = `.quick-input-list .monaco-list-row.focused[aria-label^="${title}"]`;
      // The commands of an extension come a while after the workbench, and an open palette does not take them in.
      for (let tries = 8; ; tries--) {
        await page.keyboard.press('F1');
        await page.waitForSelector('.quick-input-widget input');
        await page.keyboard.type(title);
        const found = await page.waitForSelector(row, { timeout: 3000 }).catch(() => undefined);
        if (found) break;
        if (tries === 0) throw new Error(`the palette has no ${title}`);
        await page.keyboard.press('Escape');
      }
      await page.waitForTimeout(150);
      await page.keyboard.press('Enter');
    },
    /** Opens a file of the folder by the end of its path, through quick open. */
    async open(path) {
      await page.keyboard.press('Control+P');
      await page.waitForSelector('.quick-input-widget input');
      await page.keyboard.type(path);
      await page.waitForSelector('.quick-input-list .monaco-list-row.focused .label-name', { timeout: 20_000 });
      await page.waitForTimeout(300);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.tab.active[data-resource-name="${path.split('/').at(-1)}"]`);
      await page.waitForSelector('.monaco-editor.focused .view-line');
    },
    /** Puts the cursor at a line and column, both counted from 1. */
    async goto(line, column = 1) {
      await page.keyboard.press('Control+G');
      await page.waitForSelector('.quick-input-widget input');
      await page.keyboard.type(`:${line}:${column}`.replace(/^:/, ''));
      await page.waitForTimeout(100);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
    },
    /** Waits for an element that fits. */
    see: (selector, timeout = 20_000) => page.waitForSelector(selector, { timeout }),
    async screenshot(file, clip) {
      mkdirSync(dirname(file), { recursive: true });
      await page.screenshot({ path: file, clip });
    },
  };
  return self;
}
