// Renders client/media/icon.svg to the PNG that the marketplace wants. Run it after the drawing changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './embedded.mjs';
import { openBrowser } from './workbench.mjs';

const media = join(root, 'client/media');
const browser = await openBrowser({ width: 128, height: 128 });
try {
  await browser.page.setContent(`<style>body { margin: 0 }</style>${readFileSync(join(media, 'icon.svg'), 'utf8')}`);
  writeFileSync(join(media, 'icon.png'), await browser.page.screenshot({ omitBackground: true }));
} finally {
  await browser.close();
}
