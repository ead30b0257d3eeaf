import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Where the npm package is installed: put in when this is bundled. */
declare const YAML_LANGUAGE_SERVER: string;

let client: LanguageClient | undefined;

export async function activate(): Promise<void> {
  const module = YAML_LANGUAGE_SERVER;
  client = new LanguageClient(
    'yaml',
    'YAML Support',
    { module, transport: TransportKind.ipc },
    { documentSelector: [{ language: 'yaml' }], synchronize: { configurationSection: ['yaml', '[yaml]'] } },
  );
  await client.start();
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
