// The server we measure ourselves against, and the Node it needs, installed into .bench/ the first time they are wanted.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve('.bench');
const PACKAGES = { 'yaml-language-server': '2.0.0', node: '24.15.0' };

/** Commands of Node 24 and of the peer; installs what is missing. */
export function installPeer() {
  const installed = Object.keys(PACKAGES).every((name) => existsSync(join(FOLDER, 'node_modules', name)));
  if (!installed) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(
      join(FOLDER, 'package.json'),
      `${JSON.stringify({ private: true, dependencies: PACKAGES }, undefined, 2)}\n`,
    );
    console.error(
      `Installing ${Object.entries(PACKAGES)
        .map(([name, version]) => `${name}@${version}`)
        .join(' and ')} into .bench/ …`,
    );
    execFileSync(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', '--no-audit', '--no-fund', '--no-package-lock'],
      { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
    );
  }
  const node = join(FOLDER, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return {
    node,
    script: join(FOLDER, 'node_modules/yaml-language-server/bin/yaml-language-server'),
    version: PACKAGES['yaml-language-server'],
  };
}
