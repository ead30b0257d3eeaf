import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateCommand } from '../../../server/src/bin/generate-command.ts';
import { GENERATORS } from '../../../server/src/features/generate/index.ts';

function run(...argv: string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const code = generateCommand(argv, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    color: false,
  });
  return { code, ...said };
}

const BUCKET = ['flux-blob-bucket', '--set', 'account=contosofleet', '--set', 'container=manifests'];

test('without a name the generators are listed', () => {
  const { code, out } = run();
  assert.equal(code, 0);
  assert.equal(out.trimEnd().split('\n').length, GENERATORS.length);
});

test('a file is printed as it is, its note goes to the other channel', () => {
  const { code, out, err } = run(...BUCKET);
  assert.equal(code, 0);
  assert.match(out, /^apiVersion: source\.toolkit\.fluxcd\.io\/v1\n/);
  assert.match(err, /Storage Blob Data Reader/);
});

test('several files are told apart', () => {
  const { code, out } = run(...BUCKET, '--set=auth=accountKey');
  assert.equal(code, 0);
  assert.match(out, /^# artifacts-bucket\.yaml\n/);
  assert.match(out, /---\n# artifacts-auth-secret\.yaml\n/);
});

test('what is wrong is said by key', () => {
  const { code, out, err } = run('flux-blob-bucket', '--set', 'account=A');
  assert.deepEqual([code, out], [2, '']);
  assert.match(err, /account: .*lower-case/);
  assert.match(err, /container: Container is needed\./);
});

test('options that cannot be are refused', () => {
  assert.match(run('flux-blob-bucket', '--sett', 'x=y').err, /unknown option --sett/);
  assert.match(run('flux-blob-bucket', '--set', 'x').err, /KEY=VALUE/);
  assert.match(run('flux-blob-bucket', '--set').err, /needs a value/);
  assert.match(run('flux-blob-bucket', '--flux-version', 'new').err, /version such as 2\.9/);
  assert.match(run('a', 'b').err, /takes one name/);
  assert.match(run('flux-remote-cluster', '--flux-version=2.6').err, /needs Flux 2\.7/);
  assert.equal(run('no-such-thing').code, 2);
});

test('--help asks as the answers so far have it', () => {
  const plain = run('flux-acr-oci', '--help');
  assert.equal(plain.code, 0);
  assert.match(plain.out, /registry {2}Login server/);
  assert.ok(!plain.out.includes('clientId'));
  assert.match(run('flux-acr-oci', '--help', '--set', 'auth=serviceAccount').out, /clientId/);
});

test('files are written, and never over others without a word', () => {
  const folder = mkdtempSync(join(tmpdir(), 'generate-'));
  try {
    const target = join(folder, 'new');
    assert.equal(run(...BUCKET, '--output', target).code, 0);
    assert.deepEqual(readdirSync(target), ['artifacts-bucket.yaml']);
    assert.equal(run(...BUCKET, '--output', target).code, 0, 'the same content again is no loss');
    writeFileSync(join(target, 'artifacts-bucket.yaml'), 'mine');
    const again = run(...BUCKET, '--set', 'auth=sasKey', '--output', target);
    assert.equal(again.code, 2);
    assert.match(again.err, /exists with another content/);
    assert.deepEqual(readdirSync(target), ['artifacts-bucket.yaml'], 'all files or none');
    assert.equal(readFileSync(join(target, 'artifacts-bucket.yaml'), 'utf8'), 'mine');
    assert.equal(run(...BUCKET, '--set', 'auth=sasKey', '--output', target, '--force').code, 0);
    assert.equal(readdirSync(target).length, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('--json gives path, language and content', () => {
  const files = JSON.parse(run(...BUCKET, '--json').out) as { path: string; language: string; content: string }[];
  assert.deepEqual(
    files.map(({ path, language }) => [path, language]),
    [['artifacts-bucket.yaml', 'yaml']],
  );
});

test('the settings of the folder count, the command line more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'generate-'));
  try {
    writeFileSync(join(folder, '.azure-gitops.yaml'), 'fluxVersion: "2.6"\n');
    const apiVersion = (...more: string[]) => {
      const target = join(folder, more.join('') || 'plain');
      const image = ['flux-acr-image', '--set', 'registry=contoso.azurecr.io', '--set', 'repository=app'];
      assert.equal(run(...image, '--output', target, ...more).code, 0);
      return readFileSync(join(target, 'app-image.yaml'), 'utf8').split('\n')[0];
    };
    assert.equal(apiVersion(), 'apiVersion: image.toolkit.fluxcd.io/v1beta2');
    assert.equal(apiVersion('--flux-version=2.9'), 'apiVersion: image.toolkit.fluxcd.io/v1');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
