// The highlighting inside strings, with the grammars and the tokenizer of the real VS Code: which scopes a text gets.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepareEmbedded, root } from './embedded.mjs';

/** @returns {Promise<(text: string) => { text: string, scopes: string }[][]>} tokens by line */
async function tokenizer(injected = true) {
  const { vscode } = await prepareEmbedded();
  const require = createRequire(join(vscode, 'package.json'));
  const { loadWASM, OnigScanner, OnigString } = require('vscode-oniguruma');
  const { Registry, parseRawGrammar, INITIAL } = require('vscode-textmate');
  const wasm = readFileSync(join(vscode, 'node_modules/vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const files = { 'azure-gitops.embedded': join(root, 'client/syntaxes/embedded.tmLanguage.json') };
  for (const name of ['yaml', 'json']) {
    const folder = join(vscode, 'extensions', name);
    for (const { scopeName, path } of JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).contributes
      .grammars)
      files[scopeName] = join(folder, path);
  }
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: async (scope) =>
      files[scope] ? parseRawGrammar(readFileSync(files[scope], 'utf8'), files[scope]) : undefined,
    getInjections: (scope) => (injected && scope === 'source.yaml' ? ['azure-gitops.embedded'] : undefined),
  });
  const grammar = await registry.loadGrammar('source.yaml');
  return (text) => {
    let state = INITIAL;
    return text.split('\n').map((line) => {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      return result.tokens.map((t) => ({ text: line.slice(t.startIndex, t.endIndex), scopes: t.scopes.join(' ') }));
    });
  };
}

const JSON_KEY = /meta\.embedded\.block\.json.*property-name\.json/;
const YAML_KEY = /meta\.embedded\.block\.yaml.*entity\.name\.tag\.yaml/;
const OUTER_KEY = /^(?!.*meta\.embedded).*entity\.name\.tag\.yaml/;
const STRING = /^(?!.*meta\.embedded).*string\.unquoted\.block\.yaml/;

/** What is written, and which scopes some of its tokens have: [line from 1, text of the token, scopes]. */
const cases = {
  'the JSON of a cluster Secret, and what follows it': [
    'stringData:\n  config: |\n    {\n      "insecure": false,\n\n      "tls": {"a": "b"}\n    }\n  server: https://x\nkind: Secret\n',
    [4, 'insecure', JSON_KEY],
    [4, 'false', /constant\.language\.json/],
    [6, 'b', /meta\.embedded\.block\.json.*string\.quoted\.double\.json/],
    [8, 'server', OUTER_KEY],
    [9, 'kind', OUTER_KEY],
  ],
  'JSON that is not finished ends with its block': [
    'stringData:\n  config: >-\n    {\n      "tls": {\n  server: https://x\n',
    [4, 'tls', JSON_KEY],
    [5, 'server', OUTER_KEY],
  ],
  'a config that is no JSON': [
    'data:\n  config: |\n    [server]\n    { "a": 1 }\n  other: x\n',
    [3, '  [server]', STRING],
    [4, '  { "a": 1 }', STRING],
    [5, 'other', OUTER_KEY],
  ],
  'a key that only ends in config': ['data:\n  my-config: |\n    { "a": 1 }\n', [3, '{ "a": 1 }', STRING]],
  'a config in another string': ['data:\n  x: "config: |"\n  y: 1\n', [3, 'y', OUTER_KEY]],
  'inline patches, of both kinds': [
    'patches:\n  - patch: |-\n      - op: add\n        path: /a\n    target:\n      kind: Pod\n  - target: {}\n    patch: |\n      apiVersion: v1\n      metadata:\n\n        name: x\n',
    [3, 'op', YAML_KEY],
    [4, 'path', YAML_KEY],
    [5, 'target', OUTER_KEY],
    [6, 'kind', OUTER_KEY],
    [9, 'apiVersion', YAML_KEY],
    [12, 'name', YAML_KEY],
  ],
  'sops.azure-kv': [
    'stringData:\n  sops.azure-kv: |\n    tenantId: a\n    clientId: b\nkind: Secret\n',
    [4, 'clientId', YAML_KEY],
    [5, 'kind', OUTER_KEY],
  ],
  'a kubeconfig': [
    'stringData:\n  value: |\n    apiVersion: v1\n    users: []\n  value.yaml: |\n    kind: Config\n  x: |\n    kind: Config\n',
    [4, 'users', YAML_KEY],
    [6, 'kind', YAML_KEY],
    [8, 'kind: Config', STRING],
  ],
  'a value that is no kubeconfig': ['data:\n  value: |\n    users: no\n', [3, 'users: no', STRING]],
};

/** @returns {Promise<number>} the exit code */
export async function testGrammars(grep = '') {
  const tokens = await tokenizer();
  const plain = await tokenizer(false);
  let failed = 0;
  for (const [title, [text, ...expected]] of Object.entries(cases)) {
    if (!title.includes(grep)) continue;
    try {
      const lines = tokens(text);
      for (const [line, token, scopes] of expected) {
        const all = lines[line - 1];
        const found = all.filter((it) => it.text.trim() === token.trim());
        assert.ok(found.length > 0, `line ${line} has no token ${token}: ${all.map((it) => it.text).join(' · ')}`);
        for (const it of found) assert.match(it.scopes, scopes, `line ${line}: ${token}`);
      }
      // Nothing but the strings may look different.
      const outside = plain(text)
        .flat()
        .filter((it) => OUTER_KEY.test(it.scopes))
        .map((it) => it.text);
      const ours = lines
        .flat()
        .filter((it) => OUTER_KEY.test(it.scopes))
        .map((it) => it.text);
      assert.deepEqual(ours, outside, 'the keys outside of the strings');
      console.log(`  ✔ ${title}`);
    } catch (error) {
      failed++;
      console.log(`  ✖ ${title}\n${error.message}`);
    }
  }
  return failed > 0 ? 1 : 0;
}
