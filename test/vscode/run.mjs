// Runs the extension's tests in a real VS Code: in the Node extension host, in the web worker host, and the packaged
// extension as a user installs it. node test/vscode/run.mjs [node|web|grammars|coexistence|generators|vsix …] [--grep text]
import { runBeside } from './coexistence.mjs';
import { runGenerators } from './generators.mjs';
import { testGrammars } from './grammars.mjs';
import { runSuite } from './suite.mjs';
import { runInstalled } from './vsix.mjs';

const runs = {
  node: ['the checkout in the Node extension host', (grep) => runSuite('node', { grep })],
  web: ['the checkout in the web worker extension host', (grep) => runSuite('web', { grep })],
  grammars: ['its grammars, with the tokenizer of VS Code', testGrammars],
  coexistence: ['the checkout beside the YAML language server', runBeside],
  generators: ['every generator, by keyboard', runGenerators],
  vsix: ['the packaged extension, installed, in Restricted Mode', runInstalled],
};
const args = process.argv.slice(2);
const at = args.indexOf('--grep');
const grep = at >= 0 ? args.splice(at, 2)[1] : undefined;
for (const name of args.length ? args : Object.keys(runs)) {
  const [title, run] = runs[name];
  const start = Date.now();
  console.log(`▶ VS Code: ${title}`);
  let code = 1;
  try {
    code = await run(grep);
  } catch (error) {
    console.log(`✖ ${error?.stack ?? error}`);
  }
  if (code !== 0) process.exitCode = 1;
  console.log(
    `${code === 0 ? '✔' : '✖'} ${name}: exit code ${code} after ${((Date.now() - start) / 1000).toFixed(1)} s\n`,
  );
}
