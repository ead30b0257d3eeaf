import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import type { ClientInfo } from './client-info.ts';
import { completions } from './completion.ts';
import { generators } from './generators.ts';
import type { Log } from './guard.ts';
import { hovers } from './hover.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { safeFixes } from './safe-fixes.ts';

export interface FeatureContext {
  readonly connection: Connection;
  readonly log: Log;
  readonly live: LiveWorkspace;
  readonly client: ClientInfo;
}

/** Registers the handlers of a feature and answers what the client is to be told of it. */
export type Feature = (context: FeatureContext) => ServerCapabilities;

/** Every request the server answers beyond documents and diagnostics. */
export const FEATURES: readonly Feature[] = [generators, safeFixes, hovers, completions];
