import { readFile } from 'node:fs/promises';
import type { FileSource } from '../lsp/file-source.ts';
import { nextTurn } from '../lsp/turns.ts';
import { decodeText, toPath, toUri, walk } from './scan.ts';

/** Files of the machine the server runs on, for editors that do not supply them. */
export const nodeFiles: FileSource = {
  async list(folders, { maxFiles, excluded }) {
    const uris: string[] = [];
    const problems: string[] = [];
    let capped = false;
    let turn = performance.now();
    for (const folder of folders) {
      if (!folder.startsWith('file:')) continue;
      for (const step of walk(toPath(folder))) {
        if (performance.now() - turn > 5) {
          await nextTurn();
          turn = performance.now();
        }
      }
    }
    return { uris, capped, problems };
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
