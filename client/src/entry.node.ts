import type { ExtensionContext } from 'vscode';
import { type Api, activateEntry, deactivateEntry, type Late } from './entry.ts';

/** The entry for desktop and remote hosts. `./client.js` is the other bundle, beside this one in dist/. */
export const activate = (context: ExtensionContext): Api =>
  activateEntry(context, 'node', async () => require('./client.js') as Late);

export const deactivate = deactivateEntry;
