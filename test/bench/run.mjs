// npm run bench [-- --only id,id] [--quick] [--json FILE] [--md FILE] [--no-peer] [--no-build]
//
// Measures the built server beside yaml-language-server in the same run: fresh processes in turn (A B A B …), both on the
// same Node, medians over the runs. Times are what an editor sees: from the write of the change to the parsed answer.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { flux200, huge, mixed, small, workspace } from './inputs.mjs';
import { installPeer } from './peer.mjs';
import { median, scenario } from './scenarios.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    md: { type: 'string' },
    'no-peer': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

const temporary = mkdtempSync(join(os.tmpdir(), 'azure-gitops-bench-'));
const folder = pathToFileURL(temporary).href;

const PROVIDER = { line: '  provider: azure', wrong: '  provider: azur' };
const DRIFT = { line: '    mode: enabled', wrong: '    mode: enabld' };

/** A folder of files, some with a wrong value. */
function workspaceInput(count) {
  const root = join(temporary, `workspace-${count}`);
  const uri = (path) => pathToFileURL(join(root, path)).href;
  const documents = new Map();
  const wrong = [];
  for (const [path, correct] of workspace(count)) {
    const text = path.endsWith('/flux.yaml') ? correct.replace('provider: azure', 'provider: azur') : correct;
    if (text !== correct) wrong.push(uri(path));
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    documents.set(uri(path), text);
  }
  const open = uri('clusters/dev/infrastructure.yaml');
  return { root: pathToFileURL(root).href, documents, wrong, open: { uri: open, text: documents.get(open) } };
}
const file = (text, more = {}) => ({ folder, warm: small(), text, ...more });

/** [id, what it says in the table, type, input, runs, runs with --quick] */
const SCENARIOS = [
  ['start', 'start', 'start', () => file(small()), 10, 3],
  ['keys-small', 'key → diagnostics, 12 lines', 'keys', () => file(small(), { ...PROVIDER, count: 60 }), 3, 1],
  [
    'keys-200',
    'key → diagnostics, 200 documents, 5,000 lines',
    'keys',
    () => file(flux200(), { ...PROVIDER, count: 60 }),
    3,
    1,
  ],
  [
    'keys-10k',
    'key → diagnostics, 10,000 lines, small documents',
    'keys',
    () => file(mixed(10_000), { ...PROVIDER, count: 60 }),
    3,
    1,
  ],
  [
    'keys-10k-huge',
    'key → diagnostics, 10,000 lines, huge documents',
    'keys',
    () => file(huge(10_000), { ...DRIFT, count: 60 }),
    3,
    1,
  ],
  [
    'keys-100k',
    'key → diagnostics, 100,000 lines, small documents',
    'keys',
    () => file(mixed(100_000), { ...PROVIDER, count: 16 }),
    2,
    1,
  ],
  [
    'keys-100k-huge',
    'key → diagnostics, 100,000 lines, huge documents',
    'keys',
    () => file(huge(100_000), { ...DRIFT, count: 16 }),
    2,
    1,
  ],
  ['burst-10k', 'a key every 30 ms, 10,000 lines', 'burst', () => file(mixed(10_000), PROVIDER), 3, 1],
  ['open-10k', 'open 10,000 lines, small documents', 'open', () => file(mixed(10_000)), 3, 1],
  ['open-100k', 'open 100,000 lines, small documents', 'open', () => file(mixed(100_000)), 3, 1],
  ['open-100k-huge', 'open 100,000 lines, huge documents', 'open', () => file(huge(100_000)), 3, 1],
  [
    'complete-10k',
    'completion of a value, 10,000 lines',
    'complete',
    () => file(mixed(10_000), { line: '  provider: azure', count: 100 }),
    3,
    1,
  ],
  ['open-all-1000', '1,000 files, every one opened', 'open all', () => workspaceInput(1000), 3, 1],
  ['workspace-1000', 'workspace of 1,000 files, indexed', 'workspace', () => workspaceInput(1000), 3, 1],
  ['workspace-10000', 'workspace of 10,000 files, indexed', 'workspace', () => workspaceInput(10_000), 3, 1],
];

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const round = (value) =>
  !isNumber(value) ? '–' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const medians = (runs) => {
  const keys = new Set(runs.flatMap((run) => Object.keys(run)));
  return Object.fromEntries([...keys].map((key) => [key, median(runs.map((run) => run[key]).filter(isNumber))]));
};

function table(result) {
  const rows = result.scenarios.flatMap(({ title, ours, peer }) =>
    [...new Set([...Object.keys(ours), ...Object.keys(peer)])].map((figure) => {
      const unit = figure === 'memory' ? ' MiB' : figure === 'items' ? '' : ' ms';
      const [a, b] = [peer[figure], ours[figure]];
      const show = (value) => (isNumber(value) ? round(value) + unit : '–');
      const ratio = isNumber(a) && isNumber(b) && b > 0 && unit ? `${round(a / b)}×` : '';
      return `| ${title} | ${figure} | ${show(a)} | ${show(b)} | ${ratio} |`;
    }),
  );
  return [
    `${result.cpu}, ${result.cores} cores; both servers on Node ${result.node}; ${result.peer ?? 'without the peer'}. Medians over the runs.`,
    '',
    '| work | figure | yaml-language-server | Azure GitOps | ratio |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

if (!options['no-build']) execFileSync(process.execPath, ['server/tools/build.mjs'], { stdio: 'inherit' });
const peer = options['no-peer'] ? undefined : installPeer();
const node = peer?.node ?? process.execPath;
// A value completes only by a schema: the smallest one that knows the value stands in for those a user would have.
const schema = join(temporary, 'schema.json');
writeFileSync(
  schema,
  JSON.stringify({
    type: 'object',
    properties: { spec: { type: 'object', properties: { provider: { enum: ['generic', 'azure', 'aws', 'gcp'] } } } },
  }),
);
const servers = {
  ...(peer && {
    peer: (type) => ({
      command: [node, peer.script, '--stdio'],
      settings: {
        yaml: {
          validate: true,
          hover: true,
          completion: true,
          schemaStore: { enable: false },
          kubernetesCRDStore: { enable: false },
          schemas: type === 'complete' ? { [pathToFileURL(schema).href]: '*.yaml' } : {},
        },
        http: {},
      },
    }),
  }),
  ours: () => ({
    command: [node, resolve('dist/server.js'), '--stdio'],
    settings: { azureGitops: { maxFiles: 20_000 } },
  }),
};

const result = {
  date: new Date().toISOString(),
  node: execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim(),
  peer: peer && `yaml-language-server ${peer.version} without schemas (completion: with one small schema)`,
  cpu: os.cpus()[0]?.model.trim(),
  cores: os.cpus().length,
  scenarios: [],
};
const only = options.only?.split(',');
const unknown = only?.filter((id) => !SCENARIOS.some(([known]) => known === id)) ?? [];
if (unknown.length > 0) {
  console.error(`No scenario ${unknown.join(', ')}. There are: ${SCENARIOS.map(([id]) => id).join(', ')}`);
  process.exit(2);
}
try {
  for (const [id, title, type, makeInput, runs, quickRuns] of SCENARIOS) {
    if (only && !only.includes(id)) continue;
    const run = scenario(type, makeInput());
    const figures = { peer: [], ours: [] };
    const failures = {};
    for (let i = 0; i < (options.quick ? quickRuns : runs); i++)
      for (const [name, describe] of Object.entries(servers)) {
        if (name === 'peer' && type === 'workspace') continue;
        try {
          const measured = await run(describe(type));
          figures[name].push(measured);
          console.error(
            `${id} ${name}: ${Object.entries(measured)
              .map(([key, value]) => `${key} ${round(value)}`)
              .join(', ')}`,
          );
        } catch (error) {
          failures[name] = String(error.message);
          process.exitCode = 1;
          console.error(`${id} ${name} failed: ${error.message}`);
        }
      }
    result.scenarios.push({
      id,
      title,
      ours: medians(figures.ours),
      peer: medians(figures.peer),
      runs: figures,
      failures,
    });
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(result, undefined, 1)}\n`);
if (options.md) writeFileSync(options.md, table(result));
console.log(table(result));
