import { readFile } from 'node:fs/promises';
import type { FileList, FileSource } from '../lsp/file-source.ts';
import { Slices } from '../lsp/turns.ts';
import { configurationAbove, decodeText, type Scan, scanSteps, toPath } from './scan.ts';

/** Files of the machine the server runs on, for editors that do not supply them. */
export const nodeFiles: FileSource = {
  async list(folders, { maxFiles, excluded }) {
    const uris = new Set<string>();
    const problems: string[] = [];
    let capped = false;
    for (const folder of folders) {
      if (!folder.startsWith('file:')) continue;
      const path = toPath(folder);
      const scan = await inSlices(scanSteps(path, { files: Math.max(0, maxFiles - uris.size), excluded }));
      for (const { uri } of [...configurationAbove(path), ...scan.files]) uris.add(uri);
      for (const line of scan.skipped) problems.push(`Left out ${line}`);
      capped ||= scan.truncated;
    }
    return { uris: [...uris], capped, problems } satisfies FileList;
  },
  read: (uris) =>
    Promise.all(
      uris.map(async (uri) => {
        try {
          return decodeText(await readFile(toPath(uri)));
        } catch {
          return undefined;
        }
      }),
    ),
};

async function inSlices(steps: Generator<undefined, Scan>): Promise<Scan> {
  const slices = new Slices();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await slices.pause();
  }
}
