// The configuration of docs/editors.md in a real Neovim without a screen: what it shows, offers and mends.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { test } from 'node:test';

const IMAGE = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: a
  namespace: b
spec:
  interval: 5m
  image: oci://contoso.azurecr.io/a # the image
  provider: azure
`;

/** Waits, asks and answers as a user's keys would; prints what it saw as JSON. */
const SCRIPT = `
local seen = {}
local function run()
  local function ours()
    return vim.tbl_filter(function(d) return d.source == "azure-gitops" end, vim.diagnostic.get(0))
  end
  vim.wait(20000, function() return #ours() > 0 end, 50)
  local found = ours()[1]
  seen.diagnostic = found and { message = found.message, line = found.lnum, from = found.col, to = found.end_col }
  vim.api.nvim_win_set_cursor(0, { 9, 12 })
  vim.api.nvim_buf_set_lines(0, 9, 10, false, { "  " })
  vim.api.nvim_win_set_cursor(0, { 10, 2 })
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  params.position.character = 2
  local labels = {}
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/completion", params, 20000) or {}) do
    local result = answer.result or {}
    for _, item in ipairs(result.items or result) do table.insert(labels, item.label) end
  end
  seen.labels = labels
  local range = { start = { line = 7, character = 9 }, ["end"] = { line = 7, character = 9 } }
  local about = { textDocument = params.textDocument, range = range, context = { diagnostics = {} } }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", about, 20000) or {}) do
    for _, action in ipairs(answer.result or {}) do
      if action.isPreferred and action.edit then
        seen.fix = action.title
        vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      end
    end
  end
  seen.line = vim.api.nvim_buf_get_lines(0, 7, 8, false)[1]
  seen.clean = vim.wait(20000, function() return #ours() == 0 end, 50)
end
local ok, problem = pcall(run)
if not ok then seen.problem = tostring(problem) end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd("qa!")
`;

interface Seen {
  readonly problem?: string;
  readonly diagnostic?: { readonly message: string; readonly line: number; readonly from: number; readonly to: number };
  readonly labels: readonly string[];
  readonly fix?: string;
  readonly line: string;
  readonly clean: boolean;
}

const missing = spawnSync('nvim', ['--version']).error
  ? 'nvim is not installed (Debian: apt-get install neovim)'
  : false;

test('Neovim with the configuration of the docs', { skip: missing, timeout: 120_000 }, () => {
  const [, config] = /```lua\n([\s\S]*?)```/.exec(readFileSync('docs/editors.md', 'utf8')) ?? [];
  assert.ok(config);
  const home = mkdtempSync(join(tmpdir(), 'azure-gitops-nvim-'));
  try {
    const file = (name: string, content: string): string => {
      writeFileSync(join(home, name), content);
      return join(home, name);
    };
    chmodSync(file('azure-gitops', `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`), 0o755);
    const args = ['--headless', '-n', '-i', 'NONE', '-u', file('init.lua', config)];
    const { stderr } = spawnSync(
      'nvim',
      [...args, file('image.yaml', IMAGE), '-c', `luafile ${file('script.lua', SCRIPT)}`],
      {
        cwd: home,
        encoding: 'utf8',
        timeout: 100_000,
        env: {
          ...process.env,
          PATH: `${home}${delimiter}${process.env.PATH}`,
          SEEN: join(home, 'seen.json'),
          HOME: home,
          ...Object.fromEntries(['CONFIG', 'DATA', 'STATE', 'CACHE'].map((it) => [`XDG_${it}_HOME`, home])),
        },
      },
    );
    const seen = JSON.parse(readFileSync(join(home, 'seen.json'), 'utf8')) as Seen;
    assert.equal(seen.problem, undefined, stderr);
    assert.ok(seen.diagnostic, `a diagnostic; Neovim said: ${stderr}`);
    assert.match(seen.diagnostic.message, /oci:\/\//);
    assert.equal(seen.diagnostic.line, 7);
    assert.ok(seen.labels.includes('serviceAccountName'), seen.labels.join(' '));
    assert.ok(!seen.labels.includes('provider'), 'what is there is not offered again');
    assert.equal(seen.fix, 'Remove oci://');
    assert.equal(seen.line, '  image: contoso.azurecr.io/a # the image');
    assert.equal(seen.clean, true, 'the finding goes');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
