import type { BaseLanguageClient, Location, Position } from 'vscode-languageclient';
import { explain, showReferences, suppress, typeCommand } from './act.ts';
import { toggleEncryptedValues } from './encrypted-values.ts';
import { fixFile, fixWorkspace } from './fix.ts';
import { generate } from './generate.ts';
import { openRules } from './open-rules.ts';

export interface CommandContext {
  readonly client: BaseLanguageClient;
}

/** Runs a command of the palette by the last part of its name. Its mistakes are shown by the editor. */
export async function runCommand(name: string, { client }: CommandContext, args: readonly unknown[]): Promise<void> {
  if (name === 'generate') await generate(client, typeof args[0] === 'string' ? args[0] : undefined);
  else if (name === 'fixFile') await fixFile(client);
  else if (name === 'fixWorkspace') await fixWorkspace(client);
  else if (name === 'toggleEncryptedValues') toggleEncryptedValues();
  else if (name === 'openRules') await openRules();
  else if (name === 'explain') await explain(args[0] as string);
  else if (name === 'suppress') await suppress(...(args as Parameters<typeof suppress>));
  else if (name === 'typeCommand') typeCommand(args[0] as string);
  else if (name === 'showReferences') await showReferences(client, ...(args as [string, Position, Location[]]));
}
