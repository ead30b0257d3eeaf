import type { ExtensionContext } from 'vscode';
import type { Running } from './entry.ts';

/**
 * dist/client.js: the client for both hosts in one bundle, so that the extension carries it once. What a host lacks is in
 * modules that it never runs: hence `require`, which esbuild leaves lazy.
 */
export function start(context: ExtensionContext, host: 'node' | 'web'): Running {
  const client: { start(context: ExtensionContext): Running } =
    host === 'node' ? require('./client.node.ts') : require('./client.web.ts');
  return client.start(context);
}
