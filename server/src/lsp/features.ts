import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import { annotations } from './annotations.ts';
import type { ClientInfo } from './client-info.ts';
import { codeActions } from './code-actions.ts';
import { completions } from './completion.ts';
import { generators } from './generators.ts';
import type { Log } from './guard.ts';
import { hovers } from './hover.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { navigation } from './navigation.ts';
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
export const FEATURES: readonly Feature[] = [
  hovers,
  completions,
  codeActions,
  navigation,
  annotations,
  generators,
  safeFixes,
];
