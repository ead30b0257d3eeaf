// Makes the pictures of the README from the real thing: npm run screenshots [name …]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, startServer } from './embedded.mjs';
import { openWorkbench } from './workbench.mjs';

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  'editor.fontSize': 14,
  'editor.lightbulb.enabled': 'on',
  'breadcrumbs.enabled': false,
  'files.autoSave': 'off', // what one scene types is not in the next
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.title': 'fleet on Azure',
  'explorer.compactFolders': false,
};

/** One picture each: opens what it shows. */
const scenes = {
  /** A registry that Flux will refuse, in the words of its controller, among the other mistakes of the fleet. */
  async squiggle(it) {
    await open(it, 'broken/flux-system/sources.yaml');
    await it.see('.monaco-editor .squiggly-error');
    await it.command('Problems: Focus on Problems View');
    await it.see('.markers-panel .monaco-list-row');
    await it.command('View: Focus Active Editor Group');
    await it.goto(8, 20);
    await it.page.keyboard.press('Control+K');
    await it.page.keyboard.press('Control+I');
    await it.see('.monaco-hover:not(.hidden) a.code-link');
  },
  /** What `provider: azure` means. */
  async hover(it) {
    await open(it, 'healthy/flux-system/fleet.yaml');
    await it.goto(11, 14);
    await it.page.keyboard.press('Control+K');
    await it.page.keyboard.press('Control+I');
    await it.see('.monaco-hover:not(.hidden) .hover-contents');
  },
  /** The quick fix for a scheme where none belongs. */
  async fix(it) {
    await open(it, 'broken/flux-system/images.yaml');
    await it.see('.monaco-editor .squiggly-error');
    await it.goto(8, 14);
    await it.page.keyboard.press('Control+.');
    await it.see('.action-widget .monaco-list-row');
  },
  /** What can be generated. */
  async generate(it) {
    await open(it, 'healthy/flux-system/fleet.yaml');
    await it.command('Azure GitOps: Generate');
    await it.see('.quick-input-list .monaco-list-row[aria-label*="Azure Container Registry"]');
  },
  /** The keys of an exec provider, offered inside the JSON of an Argo CD cluster Secret. The last: what it types stays. */
  async completion(it) {
    await open(it, 'healthy/argocd/cluster-west.yaml');
    await it.goto(15, 35);
    await it.page.keyboard.press('Enter');
    await it.page.keyboard.type('"",');
    await it.page.keyboard.press('ArrowLeft');
    await it.page.keyboard.press('ArrowLeft');
    await it.page.keyboard.press('Control+Space');
    await it.see('.suggest-widget.visible .monaco-list-row');
  },
};

/** Opens a file and waits until the whole folder has been read. */
async function open(it, path) {
  await it.open(path);
  await it.page.waitForFunction(known, undefined, { timeout: 30_000 });
}

/** Whether the whole folder has been read, seen from within the page: the status bar counts its mistakes. */
const known = () => /[1-9]/.test(document.querySelector('[id="status.problems"]')?.textContent ?? '');

const names = process.argv.slice(2);
execFileSync(process.execPath, [join(root, 'server/tools/build.mjs')], { stdio: 'inherit' });
const home = mkdtempSync(join(tmpdir(), 'azure-gitops-pictures-'));
const folder = join(home, 'fleet');
cpSync(join(root, 'examples'), folder, { recursive: true });
const server = await startServer({ settings, installed: true });
try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (names.length && !names.includes(name)) continue;
    const workbench = await openWorkbench({ server, folder, width: 1080, height: 680, scale: 1 });
    try {
      await scene(workbench);
      await workbench.page.waitForTimeout(1500); // what fades in or out has done so
    } finally {
      const file = join(root, `docs/images/${name}.png`);
      await workbench.screenshot(file);
      console.log(file);
      await workbench.close();
    }
  }
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
