// Beside the YAML extension of Red Hat: its language server, from npm, under its id, with a schema for the same kind.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { load } from '../../server/tools/load.mjs';
import { cache, npmInstall, root } from './embedded.mjs';
import { runSuite } from './suite.mjs';

const SERVER = '2.0.0';

/** The module of the language server; installed on the first call and kept. */
function prepareServer() {
  const home = join(cache, `yaml-language-server-${SERVER}`);
  if (!existsSync(join(home, 'node_modules/yaml-language-server'))) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    npmInstall(unfinished, [`yaml-language-server@${SERVER}`]);
    rmSync(home, { recursive: true, force: true });
    renameSync(unfinished, home);
  }
  return join(home, 'node_modules/yaml-language-server/bin/yaml-language-server');
}

/** @returns {Promise<number>} the exit code of the test run */
export async function runBeside(grep) {
  execFileSync(process.execPath, [join(root, 'server/tools/build.mjs')], { stdio: 'inherit' });
  const yaml = join(root, 'out/vscode/yaml-extension');
  mkdirSync(yaml, { recursive: true });
  cpSync(join(root, 'test/vscode/yaml-extension/package.json'), join(yaml, 'package.json'));
  await build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/yaml-extension/extension.ts'],
    outfile: join(yaml, 'extension.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    external: ['vscode'],
    logLevel: 'warning',
    define: { YAML_LANGUAGE_SERVER: JSON.stringify(prepareServer()) },
  });
  const { structureOf } = await load('server/src/facts/structure.ts');
  const { toJsonSchema } = await load('server/src/facts/json-schema.ts');
  const prepare = (folder) => {
    const schema = {
      title: 'OCIRepository',
      ...toJsonSchema(structureOf('source.toolkit.fluxcd.io', 'v1', 'OCIRepository')),
    };
    schema.properties.spec.properties.provider.description = 'What the schema says of the provider.';
    mkdirSync(join(folder, 'schemas'));
    writeFileSync(join(folder, 'schemas/OCIRepository.json'), JSON.stringify(schema));
  };
  return runSuite('node', { grep, extension: yaml, installed: true, suite: 'coexistence', prepare });
}
