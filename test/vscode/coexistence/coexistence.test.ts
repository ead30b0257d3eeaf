import * as vscode from 'vscode';
import { equal, eventually, ok } from '../suite/assert.ts';
import { extension, inWorkspace } from '../suite/extension.ts';

/** The document beside the schema that coexistence.mjs makes for its kind. */
const source = (provider: string, rest = ''): string => `# yaml-language-server: $schema=./schemas/OCIRepository.json
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 5m
  url: oci://contosofleet.azurecr.io/fleet
  provider: ${provider}
  ${rest}
`;

const theirs = ({ source: name }: vscode.Diagnostic): boolean => name?.startsWith('yaml-schema: ') === true;
const ours = ({ source: name }: vscode.Diagnostic): boolean => name === 'azure-gitops';
const place = ({ range: { start, end } }: vscode.Diagnostic): string =>
  `${start.line}:${start.character}-${end.line}:${end.character}`;

let count = 0;
async function show(text: string): Promise<vscode.TextDocument> {
  const uri = inWorkspace(`coexistence-${++count}.yaml`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const { document } = await vscode.window.showTextDocument(uri);
  await eventually('the client to load', () => extension().isActive && extension().exports.loaded);
  await extension().exports.ready;
  await eventually('the YAML extension', () => vscode.extensions.getExtension('redhat.vscode-yaml')?.isActive);
  return document;
}

const at = (document: vscode.TextDocument, marker: string, after = 0): vscode.Position =>
  document.positionAt(document.getText().indexOf(marker) + after);

async function labels(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const command = 'vscode.executeCompletionItemProvider';
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(command, document.uri, position);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label)).sort();
}

const doubled = (all: readonly string[]): string[] => all.filter((it, index) => it === all[index + 1]);

describe('beside the YAML extension', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('draws one squiggle a fault', async () => {
    const document = await show(source('azur', 'unknownField: 1\n  layerSelector:\n    operation: move'));
    const all = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri);
    await eventually('what the schema says', () => all().filter(theirs).length >= 2);
    const settled = await eventually('one finding a place', () => {
      const places = all().map(place);
      return new Set(places).size === places.length && all();
    });
    const fault = at(document, 'azur\n');
    ok(
      settled.some((it) => theirs(it) && it.range.contains(fault)),
      'the value that the enumeration lacks is theirs',
    );
    ok(!settled.some((it) => ours(it) && it.range.contains(fault)), 'and not ours as well');
    // That we would report it too shows where the user wants both.
    const settings = vscode.workspace.getConfiguration('azureGitops');
    await settings.update('schemaChecks', 'on', vscode.ConfigurationTarget.Workspace);
    try {
      await eventually('ours beside it', () => all().some((it) => ours(it) && it.range.contains(fault)));
    } finally {
      await settings.update('schemaChecks', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually('ours to go', () => !all().some((it) => ours(it) && it.range.contains(fault)));
  });

  it('reports beside it what no schema knows', async () => {
    const text = source('azure').replace('contosofleet.azurecr.io', 'ghcr.io');
    const document = await show(text);
    const found = await eventually('our finding', () => vscode.languages.getDiagnostics(document.uri).find(ours));
    ok(found.range.contains(at(document, 'ghcr.io')), 'the registry');
  });

  it('shows one row a label for a value', async () => {
    const document = await show(source('', ''));
    const position = at(document, 'provider: ', 'provider: '.length);
    const all = await eventually('values', async () => {
      const found = await labels(document, position);
      return found.includes('azure') && found;
    });
    equal(doubled(all), [], `doubled among ${all.join(' ')}`);
  });

  it('shows one row a label for a key', async () => {
    const document = await show(source('azure'));
    const position = at(document, 'provider: azure\n  ', 'provider: azure\n  '.length);
    const all = await eventually('keys', async () => {
      const found = await labels(document, position);
      return found.includes('serviceAccountName') && found.includes('suspend') && found;
    });
    equal(doubled(all), [], `doubled among ${all.join(' ')}`);
  });

  it('adds to the hover', async () => {
    const document = await show(source('azure'));
    const command = 'vscode.executeHoverProvider';
    const texts = await eventually('two hovers', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        command,
        document.uri,
        at(document, 'azure\n', 2),
      );
      const all = hovers.map(({ contents }) =>
        contents.map((it) => (typeof it === 'string' ? it : it.value)).join('\n'),
      );
      return all.length >= 2 && all;
    });
    const described = texts.filter((text) => text.includes('What the schema says of the provider.'));
    equal(described.length, 1, 'hovers with the text of the schema');
    ok(
      texts.some((text) => /Entra|workload identity/i.test(text) && !described.includes(text)),
      `what it means for Azure: ${texts.join(' | ')}`,
    );
  });
});
