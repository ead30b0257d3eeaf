// Drives the built command line as a person or a pipeline does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const cli = resolve('dist/cli.js');
let folder = '';

const BAD =
  'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nmetadata:\n  name: a\n  namespace: b\nspec:\n  interval: 5m\n  image: oci://contoso.azurecr.io/a # the image\n  provider: azure\n';

function write(path: string, content: string | Uint8Array) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'azure-gitops-'));
  write('bad/image.yaml', BAD);
  write('good/image.yaml', BAD.replace('oci://', ''));
  write('quiet/image.yaml', BAD);
  write('quiet/.azure-gitops.yaml', 'rules: { flux/image-has-scheme: off }\n');
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('lint prints findings as JSON, zero-based and relative to the current folder', () => {
  const { status, stdout } = run(['lint', '--format', 'json', 'bad']);
  assert.equal(status, 1);
  const report = JSON.parse(stdout);
  assert.equal(report.version, 1);
  assert.equal(report.findings.length, 1);
  const [finding] = report.findings;
  assert.equal(finding.rule, 'flux/image-has-scheme');
  assert.equal(finding.severity, 'error');
  assert.equal(finding.file, 'bad/image.yaml');
  assert.deepEqual(finding.range, { start: { line: 7, character: 9 }, end: { line: 7, character: 35 } });
  assert.equal(finding.fixes[0].safe, true);
  assert.equal(finding.fixes[0].edits[0].newText, 'contoso.azurecr.io/a');
});

test('exit codes: 0 clean, 1 findings, 2 could not run with one line of why', () => {
  assert.equal(run(['lint', 'good']).status, 0);
  assert.equal(run(['lint', 'bad']).status, 1);
  assert.equal(run(['lint', '--fail-on', 'never', 'bad']).status, 0);
  assert.equal(run(['lint', '--max-severity', 'info', 'bad']).status, 0);
  for (const args of [
    ['lint', 'missing'],
    ['lint', '--what'],
    ['lint', '--format', 'xml'],
    ['nonsense'],
    ['explain', 'no/rule'],
    ['lsp'],
  ]) {
    const { status, stderr } = run(args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /^azure-gitops: [^\n]+\n$/, args.join(' '));
  }
});

test('each folder is a workspace of its own, with its own settings', () => {
  const { stdout } = run(['lint', '--format', 'json', 'bad', 'good', 'quiet']);
  assert.deepEqual(
    JSON.parse(stdout).findings.map((f: { file: string }) => f.file),
    ['bad/image.yaml'],
  );
});

test('a file, and standard input under a name', () => {
  assert.equal(JSON.parse(run(['lint', '--format', 'json', 'bad/image.yaml']).stdout).findings.length, 1);
  assert.equal(JSON.parse(run(['lint', '--format', 'json', 'quiet/image.yaml']).stdout).findings.length, 0);
  const { stdout } = run(['lint', '--format', 'json', '--stdin-filename', 'x/image.yaml', '-'], BAD);
  assert.equal(JSON.parse(stdout).findings[0].file, 'x/image.yaml');
});

test('text has no colour where it goes to a file, and a summary', () => {
  const { stdout } = run(['lint', 'bad']);
  assert.ok(!stdout.includes('\u001b'));
  assert.match(
    stdout,
    /8:10 +error +image 'oci:\/\/contoso\.azurecr\.io\/a' should not include URL scheme; remove 'oci:\/\/' {2}flux\/image-has-scheme/,
  );
  assert.match(stdout, /1 file read: 1 error, 0 warnings/);
});

test('SARIF and GitHub workflow commands', () => {
  const sarif = JSON.parse(run(['lint', '--format', 'sarif', 'bad']).stdout);
  const [result] = sarif.runs[0].results;
  assert.equal(result.ruleId, 'flux/image-has-scheme');
  assert.deepEqual(result.locations[0].physicalLocation.region, {
    startLine: 8,
    startColumn: 10,
    endLine: 8,
    endColumn: 36,
  });
  assert.equal(sarif.runs[0].tool.driver.rules[0].id, 'flux/image-has-scheme');
  assert.match(
    run(['lint', '--format', 'github', 'bad']).stdout,
    /^::error file=bad\/image\.yaml,line=8,endLine=8,col=10,title=flux\/image-has-scheme::image /,
  );
});

test('fix applies what is safe and keeps comments; --dry-run changes nothing', () => {
  write('fix/image.yaml', BAD);
  assert.equal(run(['fix', '--dry-run', 'fix']).status, 1);
  assert.equal(readFileSync(join(folder, 'fix/image.yaml'), 'utf8'), BAD);
  assert.equal(run(['fix', 'fix']).status, 0);
  assert.equal(readFileSync(join(folder, 'fix/image.yaml'), 'utf8'), BAD.replace('oci://', ''));
  assert.equal(run(['fix', '-'], BAD).stdout, BAD.replace('oci://', ''));
});

test('what cannot be read is skipped and told once; nothing hangs', () => {
  mkdirSync(join(folder, 'odd/x.yaml'), { recursive: true });
  symlinkSync('..', join(folder, 'odd/loop'));
  symlinkSync('nowhere', join(folder, 'odd/dangling.yaml'));
  write('odd/bytes.yaml', Uint8Array.from([0xff, 0xfe, 0x00, 0x41, 0x80, 0xc3]));
  write('odd/utf16.yaml', Buffer.from(`\ufeff${BAD}`, 'utf16le'));
  write('odd/real.yaml', BAD);
  const { status, stdout, stderr } = run(['lint', '--format', 'json', 'odd']);
  assert.equal(status, 1);
  assert.deepEqual(
    JSON.parse(stdout).findings.map((f: { file: string }) => f.file),
    ['odd/real.yaml', 'odd/utf16.yaml'],
  );
  assert.equal(stderr.split('\n').filter((l) => l.includes('dangling.yaml')).length, 1);
});

test('a document of ours that is no YAML is said here, where no YAML extension does', () => {
  write('broken/a.yaml', 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: [GitRepository\n');
  write('broken/chart.yaml', 'apiVersion: source.toolkit.fluxcd.io/v1\n{{- if .Values.x }}\nkind: [GitRepository\n');
  const { stdout } = run(['lint', '--format', 'json', 'broken']);
  assert.deepEqual(
    JSON.parse(stdout).findings.map((f: { file: string; rule: string }) => `${f.file} ${f.rule}`),
    ['broken/a.yaml azure-gitops/invalid-yaml'],
  );
});

test('explain and rules', () => {
  const explained = run(['explain', 'flux/registry-not-acr']);
  assert.equal(explained.status, 0);
  assert.match(explained.stdout, /## Wrong[\s\S]*## Right[\s\S]*## Sources/);
  assert.match(run(['rules']).stdout, /^flux\/registry-not-acr +error /m);
});
